"""The core of an archive: sources, conversations, messages and what people add to them."""

from alembic import context

revision = "0001"
down_revision = None


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
