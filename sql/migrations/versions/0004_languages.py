"""What search needs to know of languages: each chat's, the stems of its words, and the words of the archive."""

from alembic import context

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    context.config.attributes["run_file"](__file__, "up")


def downgrade() -> None:
    context.config.attributes["run_file"](__file__, "down")
