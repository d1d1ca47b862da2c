"""Counts what is read of each chat while its records pass by: the figures of an import's report."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from backscroll.importing.enclosing import Enclosed
from backscroll.importing.records import Chat, Entry, Person, Record, Remark
from backscroll.model import ids
from backscroll.model.import_report import ChatReport, Remarked, Sample, gaps_among
from backscroll.model.storable import storable

SAMPLES: Final = 3
"""Messages that are shown of a chat, its first ones."""
_SAMPLE_MAX: Final = 400  # characters of a text
_REMARKS_MAX: Final = 1_000
_EVER: Final = datetime.min.replace(tzinfo=UTC)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Tally:
    """The figures of one source, by chat, and what its format remarked."""

    def __init__(self, identity: str) -> None:
        self._identity = identity
        self._chats: dict[str, _ChatTally] = {}
        self.remarks: list[Remarked] = []

    def see(self, record: Record) -> None:
        """Takes in a record."""
        if isinstance(record, Entry):
            chat = self._chats.get(record.chat)
            (chat or self._chat(record.chat)).see(record)
        elif isinstance(record, Person):
            self._chat(record.chat).names[record.external_id] = record.name
        elif isinstance(record, Chat):
            self._chat(record.external_id).title = record.title
        elif isinstance(record, Remark) and len(self.remarks) < _REMARKS_MAX:
            self.remarks.append(Remarked(record.about, storable(record.text), storable(record.place)))

    def _chat(self, external_id: str) -> "_ChatTally":
        found = self._chats.get(external_id)
        if found is None:
            identity = ids.conversation_id(self._identity, storable(external_id))
            found = self._chats[external_id] = _ChatTally(identity, external_id)
        return found

    def reports(self) -> tuple[ChatReport, ...]:
        """What was read so far, in the order in which the chats came; those without messages are left out."""
        return tuple(chat.report() for chat in self._chats.values() if chat.messages)


@dataclass(slots=True)
class _ChatTally:
    """What was seen of one chat; it is looked at for each message of an import, so it does little."""

    id: UUID
    title: str
    messages: int = 0
    missing_files: int = 0
    first: datetime = _NEVER
    last: datetime = _EVER
    day: int = 0  # of the last message
    days: set[int] = field(default_factory=set)
    writers: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    reported: ChatReport | None = None

    def see(self, entry: Entry) -> None:
        self.messages += 1
        moment = entry.sent_at
        # min() and max() take three times as long.
        if moment > self.last:  # noqa: PLR1730
            self.last = moment
        if moment < self.first:  # noqa: PLR1730
            self.first = moment
        day = moment.toordinal()
        if day != self.day:  # most are of the same day as the one before
            self.day = day
            self.days.add(day)
        if entry.person is not None:
            self.writers.add(entry.person)
        if entry.attachments:
            self.missing_files += sum(f.path is None and not isinstance(f, Enclosed) for f in entry.attachments)
        if self.messages <= SAMPLES:
            self.samples.append(self._sample(entry))

    def _sample(self, entry: Entry) -> Sample:
        sender = self.names.get(entry.person, entry.person) if entry.person is not None else None
        return Sample(entry.sent_at, sender, entry.text[:_SAMPLE_MAX])

    def report(self) -> ChatReport:
        """The figures so far; an import of many chats asks for them with every batch."""
        if self.reported is None or self.reported.messages != self.messages:
            self.reported = self._report()
        return self.reported

    def _report(self) -> ChatReport:
        return ChatReport(
            self.id,
            storable(self.title),
            self.messages,
            len(self.writers),
            self.first,
            self.last,
            self.missing_files,
            gaps_among(self.days),
            samples=tuple(self.samples),
        )
