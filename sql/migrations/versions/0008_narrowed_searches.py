"""Saved searches keep what they were narrowed to."""

from alembic import context

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
