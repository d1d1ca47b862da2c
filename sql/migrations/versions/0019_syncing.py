"""Keeps what is known of live sources, and lets messages be deleted that their source has no more."""

from alembic import context

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
