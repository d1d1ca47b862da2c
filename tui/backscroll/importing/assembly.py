"""Turns a format's records into rows: gives ids and keeps the order inside a moment. Search's words come later."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from backscroll.archive.batch import (
    Batch,
    ConversationRow,
    DayRow,
    MessageRow,
    ParticipantRow,
    ReactionRow,
    RejectedRow,
    RemarkRow,
    ThreadRow,
)
from backscroll.importing.enclosing import enclose
from backscroll.importing.records import Chat, DayEnd, Entry, Person, Record, Rejected, Remark, Topic
from backscroll.model import ids
from backscroll.model.instants import microseconds
from backscroll.model.message import Kind
from backscroll.model.storable import storable, storable_value

_TIE_MAX: Final = 32_767  # microseconds; what a smallint holds
_EQUALS_KEPT: Final = 20_000
"""Messages of a chat among which equal ones are told apart at least, where lines are out of order."""


def _nobody() -> dict[str | None, tuple[bytes | None, str]]:
    return {None: (None, "")}


@dataclass(slots=True)
class _ChatState:
    """What has to be remembered of a chat while its messages stream by."""

    id: UUID
    key: bytes  # of the id
    moment: datetime | None = None
    tie: int = 0
    clock: datetime | None = None
    written: str = ""  # the clock as it stands in names
    equals: dict[int, int] = field(default_factory=dict)  # how often a clock, a sender and a text were met
    equals_before: dict[int, int] = field(default_factory=dict)
    people: dict[str | None, tuple[bytes | None, str]] = field(default_factory=_nobody)  # ids, and names in names

    def begin_again(self) -> None:
        """Another export of the chat begins: what it says again are the same messages, not more of them."""
        self.moment, self.tie = None, 0
        self.clock = None
        self.equals.clear()
        self.equals_before.clear()

    def turn_to(self, clock: datetime) -> None:
        """The next message has another clock than the last one."""
        self.clock, self.written = clock, clock.isoformat()
        if len(self.equals) > _EQUALS_KEPT:
            self.equals_before, self.equals = self.equals, {}

    def name(self, clock: datetime, person: str | None, said_by: str, text: str) -> str:
        """A name for a message whose format has no ids."""
        if clock != self.clock:
            self.turn_to(clock)
        key = hash((clock, person, text))
        ordinal = self.equals.get(key)
        if ordinal is None:
            ordinal = self.equals_before.get(key, 0)
        self.equals[key] = ordinal + 1
        return ids.message_name(self.written, said_by, text, ordinal)


class Assembly:
    """Gathers records of one source into batches, whose messages then get their words (`Wording`)."""

    def __init__(self, identity: str) -> None:
        self._identity = identity
        self._chats: dict[str, _ChatState] = {}
        self._batch = Batch()

    @property
    def file_size(self) -> int:
        """Bytes of the files that the batch has to bring."""
        return self._batch.file_size

    def take(self) -> Batch:
        """The batch so far; the next record begins another."""
        batch, self._batch = self._batch, Batch()
        return batch

    def add(self, record: Record) -> None:
        """Puts a record into the batch."""
        match record:
            case Entry():
                self.add_message(record)
            case Person():
                self._add_person(record)
            case Chat():
                self._add_chat(record)
            case Topic():
                self._add_thread(record)
            case Rejected():
                row = RejectedRow(storable(record.place), storable(record.reason), storable(record.raw[:10_000]))
                self._batch.rejected.append(row)
            case Remark():
                self._batch.remarks.append(RemarkRow(storable(record.place), record.about, storable(record.text)))
            case DayEnd():
                self._batch.days.append(DayRow(record.chat, record.day, record.messages, record.digest))

    def _chat(self, external_id: str) -> _ChatState:
        if external_id not in self._chats:
            self._add_chat(Chat(external_id, external_id))
        return self._chats[external_id]

    def _add_chat(self, chat: Chat) -> None:
        external_id = storable(chat.external_id)
        identity = ids.conversation_id(self._identity, external_id)
        if chat.external_id not in self._chats:
            self._chats[chat.external_id] = _ChatState(identity, identity.bytes)
        else:
            self._chats[chat.external_id].begin_again()
        topic = storable(chat.topic) if chat.topic else None
        self._batch.conversations[identity] = ConversationRow(
            identity, external_id, storable(chat.title), chat.kind, topic
        )

    def _add_person(self, person: Person) -> None:
        chat = self._chat(person.chat)
        external_id = storable(person.external_id)
        identity = ids.participant_id(chat.id, external_id)
        chat.people[person.external_id] = identity.bytes, external_id
        self._batch.participants[identity] = ParticipantRow(
            chat.id, identity, external_id, storable(person.name), person.is_owner
        )

    def _person(self, chat: _ChatState, chat_id: str, external_id: str | None) -> tuple[bytes | None, str]:
        if external_id is not None and external_id not in chat.people:
            self._add_person(Person(chat_id, external_id, external_id))
        return chat.people[external_id]

    def _add_thread(self, topic: Topic) -> None:
        chat = self._chat(topic.chat)
        external_id = storable(topic.external_id)
        identity = ids.thread_id(chat.id, external_id)
        root = ids.message_id(chat.id, storable(topic.root)) if topic.root else None
        self._batch.threads[identity] = ThreadRow(chat.id, identity, external_id, storable(topic.title), root)

    def add_message(self, entry: Entry) -> None:
        """Puts a message into the batch; there are millions of them."""
        chat = self._chats.get(entry.chat) or self._chat(entry.chat)
        person, text, moment, messages = entry.person, storable(entry.text), entry.sent_at, self._batch.messages
        sender, said_by = chat.people.get(person) or self._person(chat, entry.chat, person)
        external_id = storable(entry.external_id) if entry.external_id is not None else None
        key = ids.message_key(chat.key, external_id or chat.name(entry.clock or moment, person, said_by, text))
        # Ids are random: without it, messages of one minute would stand in a random order.
        tie = chat.tie = min(chat.tie + 1, _TIE_MAX) if moment == chat.moment else 0
        chat.moment = moment
        if key in messages:
            self._meet_again(chat, messages[key], entry, text)
            return
        if entry.parent:
            self._batch.has_answers = True
        messages[key] = MessageRow(
            chat.key,
            microseconds(moment) + tie,
            key,
            sender,
            ids.thread_id(chat.id, storable(entry.thread)).bytes if entry.thread else None,
            ids.message_key(chat.key, storable(entry.parent)) if entry.parent else None,
            # Search finds files among what is not text.
            Kind.DOCUMENT if entry.attachments and entry.kind is Kind.TEXT else entry.kind,
            tie,
            entry.is_edited,
            entry.is_deleted,
            entry.edited_at,
            external_id,
            text,
            storable_value(entry.raw) if entry.raw else None,
        )
        if entry.attachments or entry.reactions:
            self._add_parts(chat, UUID(bytes=key), entry)

    def _meet_again(self, chat: _ChatState, row: MessageRow, entry: Entry, text: str) -> None:
        """The export has a message twice: the later state stays, as where another batch has it."""
        self._batch.duplicates += 1
        if row.external_id is not None and _is_later(entry, text, row):
            row.body, row.is_edited, row.is_deleted = text, entry.is_edited, entry.is_deleted
            row.edited_at = entry.edited_at
            row.raw = storable_value(entry.raw) if entry.raw else row.raw
        if entry.attachments:
            enclose(self._batch, chat.id, UUID(bytes=row.id), entry.attachments, is_again=True)

    def _add_parts(self, chat: _ChatState, message: UUID, entry: Entry) -> None:
        if entry.attachments:
            enclose(self._batch, chat.id, message, entry.attachments)
        for position, reaction in enumerate(entry.reactions):
            key, _ = self._person(chat, entry.chat, reaction.person)
            person, count = (UUID(bytes=key), None) if key else (None, max(reaction.count or 1, 1))
            self._batch.reactions.append(
                ReactionRow(chat.id, message, storable(reaction.emoji), person, count, position)
            )


def _is_later(entry: Entry, text: str, row: MessageRow) -> bool:
    """Whether a message that was met again is in a later state; the rule of `compared` in sql/queries/updating.sql."""
    if entry.is_deleted != row.is_deleted:
        return entry.is_deleted
    if entry.edited_at is not None and row.edited_at is not None:
        return entry.edited_at > row.edited_at
    if entry.is_edited != row.is_edited:
        return entry.is_edited
    return text != row.body and not (entry.is_deleted and not text)
