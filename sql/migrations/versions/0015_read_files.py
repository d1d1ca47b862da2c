"""Keeps which text an import run read whole, and how."""

from alembic import context

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
