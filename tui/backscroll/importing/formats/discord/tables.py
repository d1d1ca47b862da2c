"""The CSV of DiscordChatExporter's older releases: no ids of messages, dates as the exporting machine wrote them."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast

from backscroll.errors import AppError
from backscroll.importing.decoding import decoded_head, encoding_of
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, DateOrder
from backscroll.importing.formats.delimited.columns import sample
from backscroll.importing.formats.delimited.rows import Row, rows
from backscroll.importing.formats.discord.messages import attachment
from backscroll.importing.media import kind_of
from backscroll.importing.moments import read_moment
from backscroll.importing.reactions import reactions
from backscroll.importing.records import Chat, Entry, Person, Record, Rejected
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
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHOWN: Final = re.compile(
    r"(\d{1,4})[-/. ]{1,2}(\d{1,2}|[A-Za-z]{3})[a-z]*[-/. ]{1,2}(\d{2,4}),? "
    r"(\d{1,2}):(\d\d)(?::(\d\d))?\s?([AaPp][Mm])?"
)


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
        self._zone: tzinfo = choices.time_zone
        head = export.read(member, HEAD)
        self._separator, self._columns = columns_of(head) or (",", _COLUMNS)
        self._encoding = encoding_of(head)
        self._order = choices.date_order or self._order_in(decoded_head(head))
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
        clock, moment = self._moment(cells["date"])
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

    def _moment(self, shown: str) -> tuple[datetime, datetime]:
        found = _SHOWN.fullmatch(shown.strip())
        if found is None:
            return read_moment(shown, self._zone)
        clock = self._clock(found)
        return clock, clock.replace(tzinfo=self._zone).astimezone(UTC)

    def _clock(self, found: re.Match[str]) -> datetime:
        first, second, third = found[1], found[2], found[3]
        if second.isalpha():
            year, month, day = int(third), _MONTHS.index(second.lower()) + 1, int(first)
        elif len(first) == 4:
            year, month, day = int(first), int(second), int(third)
        else:
            day, month = (int(second), int(first)) if self._order == "mdy" else (int(first), int(second))
            year = int(third)
        hour, half = int(found[4]), (found[7] or "").lower()
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        return datetime(year + 2000 if year < 100 else year, month, day, hour, int(found[5]), int(found[6] or 0))  # noqa: DTZ001

    def _order_in(self, head: str) -> DateOrder | None:
        """The order of day and month in the dates of the first rows; None where they are written otherwise."""
        place = self._columns.index("date")
        dates = [row[place] for row in sample(head, self._separator, 1000)[1:] if len(row) > place]
        shown = [found for found in map(_SHOWN.fullmatch, dates) if found and found[2].isdigit() and len(found[1]) < 3]
        if not shown:
            return None
        if any(int(found[1]) > 12 for found in shown):
            return "dmy"
        if any(int(found[2]) > 12 for found in shown):
            return "mdy"
        raise AppError(
            f"Day and month cannot be told apart in {self._member}",
            "Say which comes first: --date-order dmy or --date-order mdy.",
            code="ambiguous_date_order",
        )
