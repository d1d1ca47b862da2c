"""Keeps what a summary is about, up to where it was made, and the messages that its sentences lean on."""

from alembic import context

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
