"""Searches that a person keeps by a name, and the queries that she asked lately."""

from alembic import context

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
