"""The CSV of DiscordChatExporter's older releases: no ids of messages, dates as the exporting machine wrote them."""

import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast

from backscroll.importing.decoding import decoded_head, encoding_of
from backscroll.importing.export import Export
from backscroll.importing.format import Choices
from backscroll.importing.formats.delimited.columns import sample
from backscroll.importing.formats.delimited.rows import Row, rows
from backscroll.importing.formats.discord.messages import attachment
from backscroll.importing.media import kind_of
from backscroll.importing.reactions import reactions
from backscroll.importing.records import Chat, Entry, Person, Record, Rejected
from backscroll.importing.shown_dates import ShownDates, order_in
from backscroll.importing.streaming import HEAD
from backscroll.importing.telling import Told
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind

_COLUMNS: Final = ("authorid", "author", "date", "content", "attachments", "reactions")
_NEEDED: Final = ("author", "date", "content", "attachments")
_CHANNEL: Final = re.compile(r" ?\[\d{15,20}\]$")
_NUMBER: Final = re.compile(r"#(?:0|\d{4})$")
_FILES: Final = re.compile(r",(?=https?://)")
_COUNTED: Final = re.compile(r"([^,()]+) \((\d{1,9})\)", re.ASCII)


def columns_of(head: bytes) -> tuple[str, tuple[str, ...]] | None:
    """The separator and the columns of the header row; None where it is not this table's."""
    for separator in ",;":
        first = next(iter(sample(decoded_head(head), separator)), [])
        names = tuple(cell.strip().lower() for cell in first)
        if set(_NEEDED) <= set(names) <= set(_COLUMNS):
            return separator, names
    return None


class Table:
    """One CSV: a chat called by its file."""

    def __init__(self, export: Export, member: str, choices: Choices) -> None:
        self._export = export
        self._member = member
        head = export.read(member, HEAD)
        self._separator, self._columns = columns_of(head) or (",", _COLUMNS)
        self._encoding = encoding_of(head)
        place = self._columns.index("date")
        dates = (row[place] for row in sample(decoded_head(head), self._separator, 1000)[1:] if len(row) > place)
        self._dates = ShownDates(choices.time_zone, choices.date_order or order_in(dates, member))
        self._stem = PurePosixPath(member).stem
        self._title = choices.title or _CHANNEL.sub("", self._stem) or self._stem

    def records(self) -> Iterator[tuple[int, Record]]:
        """The chat, then its messages, with the bytes read so far."""
        yield 0, Chat(self._stem, self._title, ConversationKind.CHANNEL)
        told = Told()
        with self._export.open(self._member) as stream:
            for position, row in self._rows(stream):
                try:
                    if row.cells is None:
                        raise ValueError(row.reason)
                    entry, person = self._entry(dict(zip(self._columns, row.cells, strict=True)))
                except ValueError as error:
                    raw = row.raw or self._separator.join(row.cells or [])
                    yield position, Rejected(raw[:10_000], str(error), f"{self._member}:{row.line}")
                    continue
                for record in told.once(person):
                    yield position, record
                yield position, entry

    def _rows(self, stream: BinaryIO) -> Iterator[tuple[int, Row]]:
        text = io.TextIOWrapper(cast("io.BufferedReader", stream), self._encoding, "replace", newline="")
        position = 0
        try:
            for number, row in enumerate(rows(text, self._separator, len(self._columns))):
                position = stream.tell() if number % 200 == 0 else position
                if number:  # the first is the header
                    yield position, row
        finally:
            text.detach()

    def _entry(self, cells: dict[str, str]) -> tuple[Entry, Person]:
        clock, moment = self._dates.read(cells["date"])
        name = _NUMBER.sub("", cells["author"]) or "unknown"
        person = Person(self._stem, cells.get("authorid") or name, name)
        files = tuple(
            attachment(address, self._export, self._member) for address in _FILES.split(cells["attachments"]) if address
        )
        kind = kind_of(files[0].mime_type) if files else Kind.TEXT
        counts = _COUNTED.findall(cells.get("reactions", ""))
        entry = Entry(
            self._stem,
            moment,
            person.external_id,
            cells["content"],
            kind,
            clock=clock,
            attachments=files,
            reactions=reactions((emoji.strip(), (), int(count)) for emoji, count in counts),
        )
        return entry, person
