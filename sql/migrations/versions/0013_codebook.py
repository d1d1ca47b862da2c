"""Adds a codebook, and writes that may be sent again."""

from alembic import context

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
