"""Turns what Postgres says into what a person can do, without a password or a message's text in it."""

from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from backscroll.errors import AppError

_PASSING_CLASSES: Final = ("08", "53", "57")
_PASSING_STATES: Final = {"40001", "40P01", "25006", "55P03"}
_CANCELLED: Final = "57014"


def is_transient(error: Exception) -> bool:
    """Whether trying again may help: a lost or refused connection, a restart, a deadlock; never a mistake in what was asked."""
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


def failure(error: BaseException) -> AppError:
    """The error of a statement, in a person's words."""
    state = error.sqlstate if isinstance(error, psycopg.Error) else None
    if state == "42501":
        return AppError("This database user may not do that", "Ask the archive's owner for the right on schema backscroll, or "
                        "connect as another user.", code="no_right")
    if state in {"42P01", "3F000", "42703", "42883"}:
        return AppError("The archive is not set up for this version", "Run `backscroll db migrate`.", code="not_migrated")
    if state == "25006":
        return AppError("The database is read-only", "Connect to the primary server, or ask its owner.", code="read_only")
    if state in {"53100", "53200"}:
        return AppError("The database server has run out of room", "Free disk space or memory on the server, then try again.",
                        code="server_full")
    if state == _CANCELLED:
        return AppError("The query was cancelled", "It took longer than the server allows; narrow it, or try again.", code="cancelled")
    if state is None or state.startswith(("08", "57", "53")):
        return AppError("The database does not answer", "It was tried for a minute. Check that the server runs and can be reached.",
                        code="no_answer")
    return AppError(f"The database refused a statement (SQLSTATE {state})", "Please report it with that number.", code="database")


# What libpq says of a connection that failed: it carries no SQLSTATE, so the words are looked at.
_CONNECTION_WORDS: Final[tuple[tuple[tuple[str, ...], AppError], ...]] = tuple(
    (words, AppError(title, hint, code=code))
    for words, title, hint, code in (
        (("password authentication failed", "no password supplied", "fe_sendauth"), "The password was not accepted",
         "Check the user and the password in the DSN; percent-encode special characters.", "wrong_password"),
        (("database \"",), "There is no such database on the server",
         "Check the name at the end of the DSN, or create it with `createdb`.", "no_such_database"),
        (("role \"",), "There is no such user on the server", "Check the user in the DSN.", "no_such_user"),
        (("no pg_hba.conf entry", "Peer authentication failed", "peer authentication failed"),
         "The server does not let this user in from here",
         "Ask its owner for an entry in pg_hba.conf, or use another user or address.", "not_let_in"),
        (("could not translate host name", "failed to resolve host", "Name or service not known", "nodename nor servname"),
         "There is no such host", "Check the host in the DSN.", "no_such_host"),
        (("Connection refused", "No such file or directory"), "No server answers at that address",
         "Check host and port in the DSN, and that the server runs.", "no_server"),
        (("timeout expired", "timed out", "connection timeout"), "The server did not answer in time",
         "Check host and port in the DSN, your network, and that the server is not asleep.", "no_answer"),
        (("SSL", "sslmode", "certificate"), "The connection could not be encrypted",
         "Add sslmode=require to the DSN for a server that wants TLS, or sslmode=disable for one without.", "tls"),
        (("too many clients", "remaining connection slots"), "The server has no connection left",
         "Close other programs that use it, or raise max_connections.", "no_connection_left"),
        (("starting up", "shutting down", "not yet accepting"), "The server is starting or stopping", "Try again in a moment.",
         "server_busy"),
    )
)


def connection_failure(error: psycopg.Error) -> AppError:
    """The error of a first connection, in a person's words."""
    said = str(error)
    for words, known in _CONNECTION_WORDS:
        if any(word in said for word in words):
            return AppError(known.title, known.hint, code=known.code)
    return AppError("The database cannot be reached", "Check the DSN, and that the server runs and lets you in.", code="no_server")
