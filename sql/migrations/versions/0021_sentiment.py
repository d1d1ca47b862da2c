"""Keeps beside the statistics of a month how its messages sound."""

from alembic import context

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
