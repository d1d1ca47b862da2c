"""Turns what Postgres says into what a person can do, without a password or a message's text in it."""

import re
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from backscroll.errors import AppError

_PASSING_CLASSES: Final = ("08", "53", "57")
_PASSING_STATES: Final = {"40001", "40P01", "25006", "55P03"}
_CANCELLED: Final = "57014"


def is_transient(error: Exception) -> bool:
    """Whether trying again may help: a lost connection, a restart, a deadlock; never a mistake in what was asked."""
    if isinstance(error, PoolTimeout | TimeoutError):
        return True
    if not isinstance(error, psycopg.Error):
        return False
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | psycopg.InternalError)
    if error.sqlstate == "0A000":
        return "cached plan" in str(error)
    passing = error.sqlstate.startswith(_PASSING_CLASSES) and error.sqlstate != _CANCELLED
    return passing or error.sqlstate in _PASSING_STATES


def is_passing(error: AppError) -> bool:
    """Whether an error of `failure` was made of one that may pass."""
    return isinstance(error.__cause__, Exception) and is_transient(error.__cause__)


_STATES: Final = (
    (
        "42501",
        "This database user may not do that",
        "Ask the archive's owner for the right on schema backscroll, or connect as another user.",
        "no_right",
    ),
    (
        "42P01|3F000|42703|42883",
        "The archive is not set up for this version",
        "Run `backscroll db migrate`.",
        "not_migrated",
    ),
    ("25006", "The database is read-only", "Connect to the primary server, or ask its owner.", "read_only"),
    (
        "53100|53200",
        "The database server has run out of room",
        "Free disk space or memory on the server, then try again.",
        "server_full",
    ),
    (
        "2201B",
        "The regular expression cannot be read",
        "Check its brackets and signs; a backslash before a sign takes it as it is.",
        "bad_regex",
    ),
    (
        _CANCELLED,
        "The query was cancelled",
        "It took longer than the server allows; narrow it, or try again.",
        "cancelled",
    ),
    (
        "none|08...|57...|53...",
        "The database does not answer",
        "It was tried for a minute. Check that the server runs and can be reached.",
        "no_answer",
    ),
)


def failure(error: BaseException) -> AppError:
    """The error of a statement, in a person's words."""
    state = (error.sqlstate if isinstance(error, psycopg.Error) else None) or "none"
    for states, title, hint, code in _STATES:
        if re.fullmatch(states, state):
            return AppError(title, hint, code=code)
    title = f"The database refused a statement (SQLSTATE {state})"
    return AppError(title, "Please report it with that number.", code="database")


# What libpq says of a connection that failed: it carries no SQLSTATE, so the words are looked at, in this order.
_CONNECTION_WORDS: Final = (
    (
        "password authentication failed|no password supplied",
        "The password was not accepted",
        "Check the user and the password in the DSN; percent-encode special characters.",
        "wrong_password",
    ),
    (
        "no pg_hba.conf entry|[Pp]eer authentication failed|[Ii]dent authentication failed",
        "The server does not let this user in from here",
        "Ask its owner for an entry in pg_hba.conf, or use another user or address.",
        "not_let_in",
    ),
    (
        'database ".*" does not exist',
        "There is no such database on the server",
        "Check the name at the end of the DSN, or create it with `createdb`.",
        "no_such_database",
    ),
    ('role ".*" does not exist', "There is no such user on the server", "Check the user in the DSN.", "no_such_user"),
    (
        "could not translate host name|failed to resolve host|[Nn]ame or service not known|nodename nor servname",
        "There is no such host",
        "Check the host in the DSN.",
        "no_such_host",
    ),
    (
        "Connection refused|No such file or directory",
        "No server answers at that address",
        "Check host and port in the DSN, and that the server runs.",
        "no_server",
    ),
    (
        "time(d)? ?out",
        "The server did not answer in time",
        "Check host and port in the DSN, your network, and that the server is not asleep.",
        "no_answer",
    ),
    (
        "SSL|sslmode|certificate",
        "The connection could not be encrypted",
        "Add sslmode=require to the DSN for a server that wants TLS, or sslmode=disable for one without.",
        "tls",
    ),
    (
        "too many clients|remaining connection slots",
        "The server has no connection left",
        "Close other programs that use it, or raise max_connections.",
        "no_connection_left",
    ),
    (
        "starting up|shutting down|not yet accepting",
        "The server is starting or stopping",
        "Try again in a moment.",
        "server_busy",
    ),
)


def connection_failure(error: psycopg.Error) -> AppError:
    """The error of a first connection, in a person's words."""
    said = str(error)
    for words, title, hint, code in _CONNECTION_WORDS:
        if re.search(words, said):
            return AppError(title, hint, code=code)
    hint = "Check the DSN, and that the server runs and lets you in."
    return AppError("The database cannot be reached", hint, code="no_server")


_AWAY: Final = frozenset({"no_server", "no_such_host", "no_answer", "server_busy", "no_connection_left"})


def is_away(error: AppError) -> bool:
    """Whether a connection failed in a way that may pass by itself: the server, or the way to it, is away."""
    return error.code in _AWAY
