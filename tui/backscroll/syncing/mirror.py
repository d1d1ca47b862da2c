"""A live source as a run of an import reads it: what of it is due, as a stream of records."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from backscroll.archive.batch import DayRow, SourceRow
from backscroll.archive.live import LiveDatabase
from backscroll.archive.recognised import Recognised
from backscroll.archive.source_message import SourceMessage
from backscroll.importing.groups import Text
from backscroll.importing.records import DayEnd, Record
from backscroll.importing.tally import Tally
from backscroll.model.import_report import Reported
from backscroll.syncing import rows


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be read: days of chats as the source has them; `is_all`: there is nothing else.

    `expected` is how many messages that are, where the days are not known. `has_new_chats` and `has_new_people` say
    whether these lists are read whole. `excluded` chats are left out.
    """

    days: Mapping[tuple[str, date], DayRow] = field(default_factory=dict)
    is_all: bool = False
    has_new_chats: bool = True
    has_new_people: bool = True
    excluded: tuple[str, ...] = ()
    expected: int = 0

    @property
    def messages(self) -> int:
        """How many messages that are."""
        return sum(day.messages for day in self.days.values()) or self.expected

    @property
    def chats(self) -> set[str]:
        """The chats of these days."""
        return {chat for chat, _ in self.days}


@dataclass(slots=True)
class Mirror:
    """What a run reads of a live source; `due` is another for each pass."""

    database: LiveDatabase
    found: Recognised
    row: SourceRow
    skipped: tuple[tuple[datetime, datetime], ...] = ()
    due: Due = field(default_factory=Due)
    _tally: Tally | None = None

    @property
    def name(self) -> str:
        """The source as a person says it."""
        return self.row.name

    @property
    def format_name(self) -> str:
        """The system."""
        return self.row.format

    @property
    def time_zone_name(self) -> str:
        """The zone of the source's moments that name none."""
        return self.row.time_zone

    @property
    def identity(self) -> str:
        """The source's stable name."""
        return self.row.identity

    @property
    def total(self) -> int:
        """Messages that will be read."""
        return self.due.messages

    @property
    def text(self) -> Text | None:
        """A database is not told by its bytes."""
        return None

    def source(self) -> SourceRow:
        """The source as the archive keeps it."""
        return self.row

    def tally(self) -> Tally:
        """One for all passes, because they are one run."""
        if self._tally is None:
            self._tally = Tally(self.identity)
        return self._tally

    def reported(self, tally: Tally | None = None) -> Reported:
        """What is to be told of it so far."""
        return Reported(tally.reports() if tally else (), tuple(tally.remarks) if tally else ())

    def records(self) -> Iterator[tuple[int, Record]]:
        """Chats and people first, then messages by time; each day ends with its mark. Raises AppError."""
        reader = rows.Reader()
        for row in self._chats():
            yield 0, rows.chat(row)
        if self.due.has_new_people:
            for row in self._list("people"):
                person = rows.person(row)
                reader.know(person)
                yield 0, person
        if self.due.days or self.due.is_all:
            yield from self._messages(reader)

    def _chats(self) -> Iterable[Mapping[str, Any]]:
        if self.due.has_new_chats:
            return self._list("chats")
        return self._list("chats", self.due.chats) if self.due.days else ()

    def _list(self, name: str, chats: Collection[str] | None = None) -> Iterator[Mapping[str, Any]]:
        if name not in self.found.queries:
            return
        wrapper, given = ("list", {}) if chats is None else ("list_of_chats", {"chats": list(chats)})
        excluded = set(self.due.excluded)
        for row in self.database.stream(self.found, wrapper, name, given):
            if row["chat"] not in excluded:
                yield row

    def _messages(self, reader: rows.Reader) -> Iterator[tuple[int, Record]]:
        ends = sorted(self.due.days.values(), key=lambda end: end.day, reverse=True)
        done, day, skipped = 0, date.min, self.skipped
        for row in self._rows():
            moment = row.sent_at
            if moment is not None and moment.astimezone(UTC).date() > day:
                day = moment.astimezone(UTC).date()
                for end in _taken(ends, day):
                    yield done, end
            if not (skipped and moment is not None and rows.is_skipped(moment, skipped)):
                *named, message = reader.records(row)
                for record in named:
                    yield done, record
                yield done + 1, message
            done += 1
        for end in _taken(ends, date.max):
            yield done, end

    def _rows(self) -> Iterator[SourceMessage]:
        if self.due.is_all:
            return self.database.messages(self.found, "all_messages", {"excluded": list(self.due.excluded)})
        days = [day for _, day in self.due.days]
        given = {
            "chats": [chat for chat, _ in self.due.days],
            "days": days,
            "since": datetime.combine(min(days), time(), UTC),
            "until": datetime.combine(max(days), time(), UTC) + timedelta(days=1),
        }
        return self.database.messages(self.found, "messages_of_days", given)


def _taken(ends: list[DayRow], day: date) -> Iterator[DayEnd]:
    """Takes the days before one off the end of the list."""
    while ends and ends[-1].day < day:
        yield DayEnd(*ends.pop())


def joined(days: Iterable[DayRow]) -> dict[tuple[str, date], DayRow]:
    """Days by chat and date."""
    return {(day.chat, day.day): day for day in days}
