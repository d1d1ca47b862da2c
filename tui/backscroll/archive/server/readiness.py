"""Waiting until a server answers, and what is told when it does not."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backscroll.archive.server import locks, process, sockets
from backscroll.archive.server.place import Place
from backscroll.archive.server.process import Postmaster
from backscroll.errors import AppError
from backscroll.text import safe_line

if TYPE_CHECKING:
    import psycopg

RECOVERING = "Recovering what the last server left"
_ONLY_TO_A_CLIENT = ("the database system is", "terminating connection", "authentication failed", "too many clients")


def is_reachable(server: Postmaster) -> bool:
    """Whether the socket is still where the server made it: a runtime directory goes with the login session."""
    return server.socket is not None and (server.socket / sockets.NAME).exists()


def wait(place: Place, was_unclean: bool, status: Callable[[str], None]) -> Postmaster | None:
    """The server once it takes statements, however long its recovery takes; None if it is gone or refuses us."""
    began, told = time.monotonic(), 1
    while (server := process.living(place)) or locks.held(place.server_lock):
        if server and server.is_ready:
            _check_private(server)
            with suppress(_NotYetError):
                return server if _greet(server) else None
        if (passed := int(time.monotonic() - began)) > told:
            told = passed
            status(f"{RECOVERING if was_unclean else 'Waiting for the server'} ({passed} s)")
        time.sleep(process.PAUSE)
    return None


class _NotYetError(Exception):
    """The server is recovering, or on its way down."""


def _check_private(server: Postmaster) -> None:
    if server.socket is None or not sockets.is_private(server.socket):
        raise AppError(
            "The directory of the server's socket is open to other people",
            f"Stop the server with `backscroll db stop`, then look at {server.socket}: it has to be yours, mode 0700.",
            code="no_private_directory",
        )


def _greet(server: Postmaster) -> bool:
    """Connect once and make the archive's database where it is missing; False if the server does not take us."""
    import psycopg

    try:
        with _connection(server, "postgres") as connection:
            known = "SELECT FROM pg_catalog.pg_database WHERE datname = %s"
            if not connection.execute(known, (sockets.DATABASE,)).rowcount:
                # Another Backscroll may be a moment faster.
                with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                    connection.execute(f'CREATE DATABASE "{sockets.DATABASE}"')
    except psycopg.OperationalError as refused:
        if "the database system is" in str(refused):
            raise _NotYetError from None
        return False
    return True


def ask(server: Postmaster) -> tuple[str | None, int | None]:
    """The version of a server and how many connections it has besides ours; None where it does not answer."""
    import psycopg

    try:
        with _connection(server, "postgres") as connection:
            row = connection.execute(
                "SELECT current_setting('server_version'), count(*)::int FROM pg_catalog.pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
    except psycopg.OperationalError:
        return None, None
    return row or (None, None)


def failure(place: Place, since: int) -> AppError:
    """What the log says about a start that failed; `since` is the log's size in bytes before it."""
    lines = _log(place.log, since).splitlines()
    last = next((line for line in reversed(lines) if _is_reason(line)), lines[-1] if lines else "it said nothing")
    reason = re.sub(r"^.*?(FATAL|PANIC):\s*", "", last)
    return AppError(
        "The archive's server could not be started",
        safe_line(f"It said: {reason} (log: {place.log})"),
        code="server_failed",
    )


def log_size(place: Place) -> int:
    """Bytes in the log now."""
    try:
        return place.log.stat().st_size
    except FileNotFoundError:
        return 0


def _is_reason(line: str) -> bool:
    return bool(re.search("FATAL|PANIC", line)) and not any(words in line for words in _ONLY_TO_A_CLIENT)


def _log(log: Path, since: int) -> str:
    try:
        with log.open("rb") as file:
            if since <= log.stat().st_size:
                file.seek(since)
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def _connection(server: Postmaster, database: str) -> "psycopg.Connection[Any]":
    import psycopg

    if server.socket is None:
        raise psycopg.OperationalError
    return psycopg.connect(sockets.conninfo(server.socket, database), autocommit=True, connect_timeout=30)
