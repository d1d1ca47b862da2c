"""Reactions of which a source tells only how many there were."""

from alembic import context

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
