"""What a list of many chats needs: how each person keeps each chat, and an index for each order."""

from alembic import context

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
