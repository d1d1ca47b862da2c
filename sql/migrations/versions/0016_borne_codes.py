"""Tells how often a message's codes are borne, so that one that goes from an annotation stays with the others."""

from alembic import context

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
