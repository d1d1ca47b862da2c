"""Foreign SQLite files: opened read-only where they lie, or as a private copy, and read row by row without trust."""

import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote

from backscroll.errors import AppError
from backscroll.importing.export import Export, open_export
from backscroll.importing.records import Record

Row = dict[str, object]

MAGIC: Final = b"SQLite format 3\0"
VALUE_MAX: Final = 64 * 1024**2
_HEAD: Final = 4 * 1024**2
_LOGS: Final = ("-wal", "-journal")
_CREATED: Final = re.compile(rb"CREATE TABLE (?:IF NOT EXISTS )?[\"'`\[]?(\w+)", re.IGNORECASE)


def databases_in(export: Export, tables: set[str]) -> list[str]:
    """The members that are SQLite files with all of these tables."""
    return [member for member in export.members if tables <= tables_in(export, member)]


def tables_in(export: Export, member: str) -> set[str]:
    """The names of a database's tables; none where it is no database, or cannot be opened.

    What would have to be copied first (it lies in a zip, or has a log beside it) is told from its first megabytes.
    """
    try:
        if not _is_database(export, member):
            return set()
        if not _must_be_copied(export, member):
            with opened(export, member) as database:
                return database.tables
        logs = [found for suffix in _LOGS if (found := companion(export, member, suffix))]
        heads = [one.read(name, _HEAD) for one, name in ((export, member), *logs)]
    except AppError:
        return set()
    return {name.decode() for head in heads for name in _CREATED.findall(head)}


def _is_database(export: Export, member: str) -> bool:
    return export.size(member) >= 512 and export.read(member, len(MAGIC)) == MAGIC


def companion(export: Export, member: str, suffix: str = "", *, name: str = "") -> tuple[Export, str] | None:
    """The file beside a member that has its name and a suffix, or a name of its own; None where there is none."""
    folder, _, own = member.rpartition("/")
    beside = name or own + suffix
    if export.is_zip or export.is_folder:
        sibling = f"{folder}/{beside}" if folder else beside
        return (export, sibling) if sibling in export.sizes else None
    place = export.path.with_name(beside)
    return (open_export(place), beside) if place.is_file() and not place.is_symlink() else None


def _must_be_copied(export: Export, member: str) -> bool:
    return export.is_zip or any(
        found[0].size(found[1]) for suffix in _LOGS if (found := companion(export, member, suffix))
    )


@contextmanager
def opened(export: Export, member: str) -> Iterator["Database"]:
    """A member as a database. The file is never written to, and no lock of its owner's is waited for.

    A member of a zip, or one with a log beside it (what the app wrote last is only there), is copied into a private
    folder first, which is removed in the end. Raises AppError.
    """
    if not _is_database(export, member):
        raise AppError(
            f"{member} is not an SQLite database",
            "An encrypted backup (.crypt15, SQLCipher) has to be decrypted first; then point at what that gave.",
            code="not_recognised",
        )
    place = export.place(member)
    if place is not None and not _must_be_copied(export, member):
        with closing(_connect(place, "mode=ro&immutable=1")) as connection:
            yield Database(connection, member)
        return
    with TemporaryDirectory(prefix="backscroll-") as folder:
        copy = Path(folder) / "database"
        _copy(export, member, copy)
        for suffix in _LOGS:
            log = companion(export, member, suffix)
            if log is not None:
                _copy(*log, Path(f"{copy}{suffix}"))
        with closing(_connect(copy, "mode=rw")) as connection:
            yield Database(connection, member)


def _copy(export: Export, member: str, place: Path) -> None:
    try:
        with export.open(member) as source, place.open("wb") as target:
            shutil.copyfileobj(source, target, 1024**2)
    except OSError as error:
        raise AppError(
            f"{member} cannot be copied to be read",
            f"{error.strerror}. It takes {export.size(member):,} bytes of the folder for temporary files (TMPDIR).",
            code="cannot_read",
        ) from error


def _connect(place: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(place.resolve()))}?{mode}"
    try:
        # The batches of an import are read by one thread after another.
        connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    except sqlite3.Error as error:
        raise _damaged(place.name) from error
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_MAX)
    return connection


def _damaged(name: str) -> AppError:
    return AppError(
        f"{name} cannot be read as a database any further",
        "It is damaged or incomplete: copy it again while the app is closed, with the -wal file beside it. "
        "What was read before stays; importing again goes on from there.",
        code="damaged_database",
    )


class Database:
    """An open database. Tables and columns that a version of the app does not have are empty, never an error."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self._known: dict[str, set[str]] = {}
        list(self._run("PRAGMA trusted_schema = OFF"))
        list(self._run("PRAGMA query_only = ON"))
        named = self._run("SELECT m.name FROM sqlite_master AS m WHERE m.type = 'table'")
        self.tables = {name for (name,) in named if isinstance(name, str)}

    def rows(
        self, table: str, columns: Sequence[str], order: str | None = None, *, where: tuple[str, object] | None = None
    ) -> Iterator[Row]:
        """The columns of rows by their names, in the order of one of them; `where` is one that has a value.

        Raises AppError where the database is damaged.
        """
        known = self._columns(table)
        if not known:
            return
        shown = ", ".join(quoted(c) if c.lower() in known else f"NULL AS {quoted(c)}" for c in columns)
        choice = f" WHERE {quoted(where[0])} = ?" if where else ""
        sorting = f" ORDER BY {quoted(order)}" if order and order.lower() in known else ""
        values = (where[1],) if where else ()
        for row in self._run(f"SELECT {shown} FROM {quoted(table)}{choice}{sorting}", *values):  # noqa: S608
            yield dict(zip(columns, row, strict=True))

    def select(self, query: str, *values: object) -> Iterator[tuple[object, ...]]:
        """The rows of a query of the program's own. Raises AppError where the database is damaged."""
        return self._run(query, *values)

    def has(self, table: str, *columns: str) -> bool:
        """Whether there is a table with these columns."""
        return {column.lower() for column in columns} < self._columns(table)

    def last(self, table: str, key: str) -> int:
        """The greatest number of a key; at least 1."""
        if not self.has(table, key):
            return 1
        found = next(self._run(f"SELECT max({quoted(key)}) FROM {quoted(table)}"), (1,))[0]  # noqa: S608
        return found if isinstance(found, int) and found > 1 else 1

    def _columns(self, table: str) -> set[str]:
        """The names in small letters; `rowid` is one of every table that is there."""
        if table in self.tables and table not in self._known:
            named = {str(row[1]).lower() for row in self._run(f"PRAGMA table_info({quoted(table)})")}
            self._known[table] = named | {"rowid"} if named else set()
        return self._known.get(table, set())

    def _run(self, query: str, *values: object) -> Iterator[tuple[object, ...]]:
        try:
            # Not the cursor itself: a stream that is left early would close it after its connection.
            yield from iter(self._connection.execute(query, values).fetchone, None)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise _damaged(self._name) from error


def shown(row: Row) -> Row:
    """What of a row can be told: everything that is there and no bytes."""
    return {name: value for name, value in row.items() if value is not None and not isinstance(value, bytes)}


def quoted(name: str) -> str:
    """A name as SQLite wants it between other words."""
    return '"' + name.replace('"', '""') + '"'


def positioned(records: Iterator[tuple[int, Record]], start: int, size: int, last: int) -> Iterator[tuple[int, Record]]:
    """Records that come with the number of their row, with the bytes that this is about: rows are as long as others.

    `start` and `size` are where the database begins among all that is read, and how long it is; `last` is the number
    of the last row. What comes never falls, even where a damaged table is out of order.
    """
    position = start
    for number, record in records:
        position = max(position, start + min(size, size * max(number, 0) // last))
        yield position, record


class Beside:
    """Rows of a second table, handed out to the rows that they belong to; both are walked once, in one order.

    No index is needed for that, and no more is in memory than what belongs to one row.
    """

    def __init__(self, rows: Iterator[Row], key: str) -> None:
        self._rows = rows
        self._key = key
        self._next: tuple[int, Row] | None = None
        self._advance()

    @property
    def soonest(self) -> float:
        """The number to which the next rows belong; infinite at the end."""
        return self._next[0] if self._next is not None else inf

    def of(self, number: int) -> list[Row]:
        """The rows that belong to a number; numbers are asked for in growing order."""
        found = []
        while self._next is not None and self._next[0] <= number:
            if self._next[0] == number:
                found.append(self._next[1])
            self._advance()
        return found

    def one(self, number: int) -> Row:
        """The first of them, or an empty one."""
        return next(iter(self.of(number)), {})

    def _advance(self) -> None:
        for row in self._rows:
            key = row[self._key]
            if isinstance(key, int):
                self._next = (key, row)
                return
        self._next = None


def beside(database: Database, table: str, key: str, *columns: str) -> Beside:
    """A table to be walked beside another, in the order of its key."""
    return Beside(database.rows(table, (key, *columns), key), key)
