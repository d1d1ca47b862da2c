"""Reading a table: each row a message, each chat and person told when they are first met."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast

from backscroll.errors import AppError
from backscroll.importing.decoding import decoded_head, encoding_of
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, DateOrder, Reading, reading
from backscroll.importing.formats.delimited.columns import SKIP, checked, header_in, sample, separator_in
from backscroll.importing.formats.delimited.rows import Row, rows
from backscroll.importing.records import Chat, Entry, Person, Record, Rejected, Topic
from backscroll.importing.shown_dates import ShownDates, is_time, order_in
from backscroll.model.message import Kind

HEAD: Final = 64 * 1024
RAW_MAX: Final = 10_000
SUFFIXES: Final = (".csv", ".tsv", ".tab", ".txt", ".psv")


@dataclass(frozen=True, slots=True)
class _Table:
    """How one member is laid out."""

    member: str
    encoding: str
    separator: str
    columns: tuple[str, ...]
    has_header: bool
    date_order: DateOrder | None = None


class Delimited:
    """CSV, TSV and other tables."""

    name = "delimited"
    title = "Table (CSV, TSV)"
    carries = "columns for chat, time, sender, id, text, thread, answered message and kind"
    recognised = "by its header, or `--format delimited --columns ...`"

    def recognises(self, export: Export) -> bool:
        """Whether a table opens with a row that names the columns; a bare table is never guessed at."""
        return not export.is_folder and any(_layout(export, member, None) for member in _tables_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every table of the export. Raises AppError where columns are wrong, missing, or do not fit the file."""
        columns = checked(choices.columns) if choices.columns is not None else None
        members = list(export.members) if len(export.members) == 1 else _tables_in(export)
        found = [(member, _layout(export, member, columns)) for member in members]
        tables = [table for _, table in found if table is not None]
        unread = [member for member, table in found if table is None and export.size(member)]
        if unread and (columns is not None or not tables):
            raise _does_not_fit(unread[0], columns)
        if choices.date_order is None:
            tables = [replace(table, date_order=_order_in(export, table)) for table in tables]
        total = sum(export.size(table.member) for table in tables)
        order = choices.date_order or next((table.date_order for table in tables if table.date_order), None)
        found_in = reading(self.name, "Table", choices, total, _records(export, tables, choices))
        return replace(found_in, date_order=order)


def _tables_in(export: Export) -> list[str]:
    return [member for member in export.members if member.lower().endswith(SUFFIXES)]


def _layout(export: Export, member: str, columns: tuple[str, ...] | None) -> _Table | None:
    raw = export.read(member, HEAD)
    head = decoded_head(raw)
    separator = separator_in(head, columns)
    if separator is None:
        return None
    first = next(iter(sample(head, separator)), [])
    named = header_in(first)
    if columns is not None:
        return _Table(member, encoding_of(raw), separator, columns, named is not None or _is_header(first, columns))
    return _Table(member, encoding_of(raw), separator, named, has_header=True) if named else None


def _is_header(row: list[str], columns: tuple[str, ...]) -> bool:
    """Whether a first row says what is in the columns: it has a word, and no time, where the others have a time."""
    if len(row) != len(columns):
        return False
    words = [cell.strip().lower() for cell in row]
    same = all(column in (SKIP, word) for column, word in zip(columns, words, strict=True))
    time = row[columns.index("sent_at")]
    return same or (time.strip().replace("_", " ").replace(" ", "").isalpha() and not is_time(time))


def _order_in(export: Export, table: _Table) -> DateOrder | None:
    place = table.columns.index("sent_at")
    rows = sample(decoded_head(export.read(table.member, HEAD)), table.separator, 1000)[table.has_header :]
    return order_in((row[place] for row in rows if len(row) > place), table.member)


def _does_not_fit(member: str, columns: tuple[str, ...] | None) -> AppError:
    if columns is None:
        return AppError(
            f"{member} does not say what its columns mean",
            "Name them in order: --columns chat_id,chat,sent_at,sender_id,sender,id,text; - skips one.",
            code="bad_columns",
        )
    return AppError(
        f"{member} does not have {len(columns)} columns",
        "Name every column of the file in --columns, in order; - skips one.",
        code="bad_columns",
    )


def _records(export: Export, tables: list[_Table], choices: Choices) -> Iterator[tuple[int, Record]]:
    done = 0
    told: set[tuple[str, ...]] = set()
    for table in tables:
        reader = _Reader(table, choices, told)
        with export.open(table.member) as stream:
            for position, row in _rows(stream, table):
                for record in reader.records(row):
                    yield done + min(position, export.size(table.member)), record
        done += export.size(table.member)


def _rows(stream: BinaryIO, table: _Table) -> Iterator[tuple[int, Row]]:
    text = io.TextIOWrapper(cast("io.BufferedReader", stream), table.encoding, "replace", newline="")
    first = table.has_header
    position = 0
    try:
        for number, row in enumerate(rows(text, table.separator, len(table.columns))):
            if number % 200 == 0:
                position = stream.tell()
            if not first:
                yield position, row
            first = False
    finally:
        text.detach()


class _Reader:
    """Turns rows of one table into records; `told` holds what was said already, over all tables of the export."""

    def __init__(self, table: _Table, choices: Choices, told: set[tuple[str, ...]]) -> None:
        self._table = table
        self._choices = choices
        self._told = told
        self._dates = ShownDates(choices.time_zone, choices.date_order or table.date_order)
        self._fallback = choices.title or PurePosixPath(table.member).stem
        self._places = {name: place for place, name in enumerate(table.columns) if name != SKIP}

    def records(self, row: Row) -> Iterator[Record]:
        """The records that one row makes: the message, and before it whatever was not told yet."""
        if row.cells is None:
            yield self._rejected(row, row.raw, row.reason)
            return
        cells = {name: row.cells[place] for name, place in self._places.items()}
        try:
            entry = self._entry(cells)
        except ValueError as error:
            yield self._rejected(row, self._table.separator.join(row.cells), str(error) or "it cannot be read")
            return
        yield from self._introduced(entry, cells)
        yield entry

    def _rejected(self, row: Row, raw: str, reason: str) -> Rejected:
        return Rejected(raw[:RAW_MAX], reason, f"{self._table.member}:{row.line}")

    def _entry(self, cells: dict[str, str]) -> Entry:
        clock, moment = self._dates.read(cells["sent_at"])
        kind = Kind(cells.get("kind") or Kind.TEXT)
        person = (cells.get("sender_id") or cells.get("sender") or None) if kind is not Kind.SYSTEM else None
        kind = Kind.SYSTEM if person is None else kind
        identity = cells.get("id") or None
        return Entry(
            cells.get("chat_id") or cells.get("chat") or self._fallback,
            moment,
            person,
            cells["text"],
            kind,
            external_id=identity,
            clock=None if identity else clock,
            thread=cells.get("thread") or None,
            parent=cells.get("parent") or None,
        )

    def _introduced(self, entry: Entry, cells: dict[str, str]) -> Iterator[Record]:
        if self._is_new(entry.chat):
            named = cells.get("chat") or (cells.get("chat_id") if "chat" not in self._places else None)
            yield Chat(entry.chat, named or self._fallback)
        if entry.person is not None and self._is_new(entry.chat, "person", entry.person):
            yield Person(entry.chat, entry.person, cells.get("sender") or entry.person)
        if entry.thread is not None and self._is_new(entry.chat, "thread", entry.thread):
            yield Topic(entry.chat, entry.thread, entry.thread)

    def _is_new(self, *key: str) -> bool:
        if key in self._told:
            return False
        self._told.add(key)
        return True
