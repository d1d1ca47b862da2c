"""Adds review sessions."""

from alembic import context

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
