"""Brings an archive's schema up and down, one program at a time; the steps are the SQL files of sql/migrations."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from backscroll.archive.failures import connection_failure, failure
from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries, sql_directory
from backscroll.errors import AppError

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SQL = queries("archive")


def head() -> str:
    """The newest revision that this program carries."""
    steps = (sql_directory() / "migrations" / "versions").glob("*.up.sql")
    return max(re.split("_", step.name)[0] for step in steps)


async def revision(gateway: Gateway) -> str | None:
    """The revision that the archive is at; None for a database without one."""
    if await gateway.fetch_value(_SQL["revision_table"], {}) is None:
        return None
    found: str | None = await gateway.fetch_value(_SQL["revision"], {})
    return found


def advice(found: str | None) -> str | None:
    """What a person should still do after the schema was brought to `head` from a revision; None: nothing."""
    if found is None or found >= "0004":
        return None
    return "`backscroll db languages` lets search know the languages of the chats that are here."


def migrate(dsn: str) -> None:
    """Brings the schema to `head`. Blocks; waits while another program migrates. Raises AppError."""
    _run(dsn, up=True)


def rollback(dsn: str) -> None:
    """Takes the newest step back; the last one takes the whole archive with it. Blocks. Raises AppError."""
    _run(dsn, up=False)


def _run(dsn: str, *, up: bool) -> None:
    # Imported here: the libraries take 0.3 s, and an archive that is up to date needs neither.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import NullPool, create_engine
    from sqlalchemy.exc import DBAPIError

    engine = create_engine("postgresql+psycopg://", creator=lambda: _connect(dsn), poolclass=NullPool)
    config = Config()
    config.set_main_option("script_location", str(sql_directory() / "migrations").replace("%", "%%"))
    try:
        with engine.begin() as connection:
            _prepare(connection)
            config.attributes["connection"] = connection
            config.attributes["run_file"] = lambda step, way: _run_file(connection, Path(step), way)
            if up:
                command.upgrade(config, "head")
            else:
                command.downgrade(config, "-1")
    except DBAPIError as error:
        raise failure(error.orig or error) from None
    except psycopg.Error as error:
        raise failure(error) from None


def _connect(dsn: str) -> psycopg.Connection:
    try:
        return psycopg.connect(dsn, connect_timeout=15, application_name="backscroll migrate", prepare_threshold=None)
    except psycopg.Error as error:
        raise connection_failure(error) from None


def _prepare(connection: "Connection") -> None:
    cursor = connection.connection.cursor()
    cursor.execute(_SQL["migration_lock"])
    cursor.execute(_SQL["schema_exists"])
    row = cursor.fetchone()
    if row is not None and not row[0]:
        cursor.execute(_SQL["create_schema"])
        cursor.execute(_SQL["comment_schema"])


def _run_file(connection: "Connection", step: Path, way: str) -> None:
    file = step.with_suffix(f".{way}.sql")
    if not file.exists():
        raise AppError(f"The step {file.name} is missing", "Install Backscroll again.", code="broken_install")
    connection.connection.cursor().execute(file.read_text("utf-8"))
