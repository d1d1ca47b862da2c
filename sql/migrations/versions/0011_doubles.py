"""How many messages of a run are perhaps there under another sender's name."""

from alembic import context

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
