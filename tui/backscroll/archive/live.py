"""A connection to somebody else's database, which is only ever read: what a live source is mirrored from."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from typing import Any, Final, TypeVar

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import RowFactory, class_row, dict_row

from backscroll.archive.failures import connection_failure, failure
from backscroll.archive.gateway import bad_dsn
from backscroll.archive.queries import queries
from backscroll.archive.recognised import Column, Recognised
from backscroll.archive.source_message import SourceMessage, source_message_row
from backscroll.errors import AppError

# What psycopg warns of names host, user and database, and nobody asked for it.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

Row = TypeVar("Row")

_SQL = queries("foreign")
_TIMEOUT: Final = 600_000  # milliseconds that one statement may take there
_TOGETHER: Final = 5_000  # rows that come at once: some megabytes
_OLDEST: Final = 110000
CHANNEL: Final = "backscroll"
"""What a source may NOTIFY, where its owner wants syncs that follow it to look at once."""

_STATES: Final = {
    "42501": (
        "The source's database user may not read all that is needed",
        "Ask its owner for SELECT on the tables of the chat system and USAGE on their schema.",
        "no_right",
    ),
    "57014": (
        "The source took too long to answer",
        "Its owner may make the indexes that the sync names, or it is busy: try again later.",
        "source_too_slow",
    ),
    "42P01": ("The source's tables have changed", "Sync again; it looks at them anew.", "source_changed"),
    "42703": ("The source's columns have changed", "Sync again; it looks at them anew.", "source_changed"),
    "42883": (
        "A column of the source has another type than is known",
        "Please report it with `backscroll sync URL --dry-run --json`.",
        "source_unknown",
    ),
    "40001": ("The source's server broke the reading off", "Sync again; it goes on.", "source_broke_off"),
}


class LiveDatabase:
    """One connection, used by one thread at a time. It cannot write: the session and each transaction are read-only."""

    def __init__(self, url: str) -> None:
        """Nothing is connected yet. Raises AppError where the URL cannot be read."""
        try:
            parts = conninfo_to_dict(url)
        except psycopg.ProgrammingError:
            raise bad_dsn() from None
        self._parts = {name: str(value) for name, value in parts.items() if value}
        self.is_pooled = "-pooler" in self._parts.get("host", "")
        self._url = url
        self._connection: psycopg.Connection[Any] | None = None
        self.is_listening = False

    @property
    def place(self) -> str:
        """A digest of where it is: the same from every user, and nothing can be read from it."""
        place = "\n".join(self._parts.get(name, "") for name in ("hostaddr", "host", "port", "dbname"))
        return sha256(place.replace("-pooler", "").encode()).hexdigest()[:16]

    def open(self) -> None:
        """Connects. Raises AppError."""
        try:
            connection = self._connected()
        except psycopg.Error as error:
            raise connection_failure(error) from None
        self._connection = connection
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        if connection.info.server_version < _OLDEST:
            version = connection.info.server_version // 10000
            self.close()
            raise AppError(
                f"PostgreSQL {version} is too old", "A source needs PostgreSQL 11 or newer.", code="old_server"
            )

    def _connected(self) -> psycopg.Connection[Any]:
        """A pooler refuses options; each transaction says the same anyhow."""
        options = {} if self.is_pooled else {"options": self._options()}
        try:
            return psycopg.connect(
                make_conninfo(self._url, **options),
                autocommit=True,
                prepare_threshold=None,
                connect_timeout=15,
                application_name="backscroll sync",
                keepalives_idle=30,
            )
        except psycopg.OperationalError as error:
            if self.is_pooled or "startup parameter" not in str(error):
                raise
            self.is_pooled = True
            return self._connected()

    def _options(self) -> str:
        given = self._parts.get("options", "")
        return f"{given} -c default_transaction_read_only=on -c statement_timeout={_TIMEOUT}".strip()

    def close(self) -> None:
        """Lets go of the source; a statement that is under way is cancelled."""
        connection, self._connection, self.is_listening = self._connection, None, False
        if connection is not None:
            if connection.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                with suppress(psycopg.Error):
                    connection.cancel_safe(timeout=2)
            connection.close()

    @property
    def name(self) -> str:
        """The database's name."""
        return self._open.info.dbname

    @property
    def server_version(self) -> str:
        """The server's version as a person says it."""
        return ".".join(str(part) for part in divmod(self._open.info.server_version, 10000))

    @property
    def _open(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            raise AppError("The source is not connected", "Sync again.", code="no_answer")
        return self._connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment. Raises AppError."""
        with _in_words(), self._open.transaction():
            self._open.execute(_SQL["settings"], {"timeout": str(_TIMEOUT)})
            yield

    def zone(self) -> str:
        """The zone in which the server takes moments that name none."""
        return str(self._rows(_SQL["zone"], {})[0]["current_setting"])

    def catalog(self) -> list[Column]:
        """Every column that may be read."""
        with _in_words(), self._open.cursor(row_factory=class_row(Column)) as cursor:
            return cursor.execute(_SQL["columns"]).fetchall()

    def indexes(self, schema: str) -> list[tuple[str, list[str]]]:
        """The tables of a schema with the columns of each of their indexes."""
        return [(row["relation"], row["columns"]) for row in self._rows(_SQL["indexes"], {"schema": schema})]

    def ask(
        self, found: Recognised, wrapper: str, query: str, parameters: Mapping[str, object]
    ) -> list[dict[str, Any]]:
        """The rows of one of a system's queries, narrowed by a wrapper of sql/queries/foreign.sql."""
        return self._rows(_wrapped(found, wrapper, query), parameters)

    def sum_up(
        self, found: Recognised, wrapper: str, query: str, parameters: Mapping[str, object]
    ) -> list[dict[str, Any]]:
        """The same of a wrapper that sums up all that the source has, inside of a snapshot."""
        with _in_words(), self._open.transaction(force_rollback=True):
            self._open.execute(_SQL["by_all_workers"])
            return self.ask(found, wrapper, query, parameters)

    def plain(self, found: Recognised, query: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
        """The rows of one of a system's queries as it stands."""
        return self._rows(found.queries[query], parameters)

    def stream(
        self, found: Recognised, wrapper: str, query: str, parameters: Mapping[str, object]
    ) -> Iterator[dict[str, Any]]:
        """The same, some thousands at a time, inside of a snapshot. Raises AppError."""
        return self._streamed(_wrapped(found, wrapper, query), parameters, dict_row)

    def messages(self, found: Recognised, wrapper: str, parameters: Mapping[str, object]) -> Iterator[SourceMessage]:
        """The same of the system's messages."""
        return self._streamed(_wrapped(found, wrapper, "messages"), parameters, source_message_row)

    def _streamed(
        self, query: sql.Composed, parameters: Mapping[str, object], row_factory: RowFactory[Row]
    ) -> Iterator[Row]:
        with _in_words(), closing(self._open.cursor("backscroll", row_factory=row_factory, binary=True)) as cursor:
            cursor.execute(query, parameters)
            while rows := cursor.fetchmany(_TOGETHER):
                yield from rows

    def _rows(self, query: sql.SQL | sql.Composed, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
        with _in_words(), self._open.cursor(row_factory=dict_row, binary=True) as cursor:
            return cursor.execute(query, parameters).fetchall()

    def listen(self) -> None:
        """Lets `wait` end early when the source says something on `CHANNEL`, where no pooler stands between."""
        if not self.is_pooled:
            with _in_words():
                self._open.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            self.is_listening = True

    def wait(self, seconds: float) -> None:
        """Waits so long, or until the source has said something. Raises AppError where the connection is lost."""
        with _in_words():
            for _ in self._open.notifies(timeout=seconds, stop_after=1):
                pass


def _wrapped(found: Recognised, wrapper: str, query: str) -> sql.Composed:
    name = {"chat_marks": "marks", "day_marks": "marks", "touched": "touched"}.get(wrapper, "messages")
    name = "list" if wrapper.startswith("list") else name
    return _SQL[wrapper].format(**{name: found.queries[query]})


@contextmanager
def _in_words() -> Iterator[None]:
    """Says what went wrong in a person's words, and nothing of what stands in the address."""
    try:
        yield
    except psycopg.Error as error:
        known = _STATES.get(error.sqlstate or "")
        if known is not None:
            title, hint, code = known
            raise AppError(title, hint, code=code) from error
        if isinstance(error, psycopg.DataError) and error.sqlstate is None:
            hint = "A moment before the year 1 or after 9999, or an infinite one, can be neither shown nor stored."
            raise AppError("The source holds a value that cannot be read", hint, code="source_unreadable") from error
        if error.sqlstate is None or error.sqlstate.startswith(("08", "57", "53")):
            hint = "What was stored stays; sync again, and it goes on."
            raise AppError("The source does not answer", hint, code="no_answer") from error
        raise failure(error) from error
