"""Keeps statistics of chats, month by month, and the jobs that count them."""

from alembic import context

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
