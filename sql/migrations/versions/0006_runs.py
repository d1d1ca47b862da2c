"""What each import run brought, so that it can be taken back."""

from alembic import context

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
