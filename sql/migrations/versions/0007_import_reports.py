"""The report of an import, kept with its run."""

from alembic import context

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
