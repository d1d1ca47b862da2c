"""What search needs beside words: indexes for senders, kinds, states and answers, and when reactions were left."""

from alembic import context

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
