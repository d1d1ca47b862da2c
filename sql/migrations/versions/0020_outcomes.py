"""Lets the database check how a write ended."""

from alembic import context

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
