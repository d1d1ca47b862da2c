"""Says where the file of an attachment lies now that files are stored."""

from alembic import context

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
