"""Earlier texts of messages that were changed, and when they were."""

from alembic import context

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
