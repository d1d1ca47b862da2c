"""Turns a format's records into rows: gives ids and keeps the order inside a moment. Search's words come later."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backscroll.archive.batch import (
    Batch,
    ConversationRow,
    MessageRow,
    ParticipantRow,
    ReactionRow,
    RejectedRow,
    RemarkRow,
    ThreadRow,
)
from backscroll.importing.enclosing import enclose
from backscroll.importing.records import Chat, Entry, Person, Record, Rejected, Remark, Topic
from backscroll.model import ids
from backscroll.model.message import Kind
from backscroll.model.storable import storable, storable_value

_TIE_MAX: Final = 32_767  # microseconds; what a smallint holds
_CLOCKS_KEPT: Final = (
    1_000  # moments of a chat in which equal messages are still told apart, where lines are out of order
)


@dataclass(slots=True)
class _ChatState:
    """What has to be remembered of a chat while its messages stream by."""

    id: UUID
    key: bytes  # of the id
    moment: datetime | None = None
    tie: int = 0
    clock: datetime | None = None
    written: str = ""  # the clock as it stands in names
    equals: dict[int, int] = field(default_factory=dict)  # of the clock
    clocks: OrderedDict[datetime, dict[int, int]] = field(default_factory=OrderedDict)
    people: dict[str, bytes] = field(default_factory=dict)

    def begin_again(self) -> None:
        """Another export of the chat begins: what it says again are the same messages, not more of them."""
        self.moment, self.tie = None, 0
        self.clock = None
        self.clocks.clear()

    def turn_to(self, clock: datetime) -> None:
        """Looks for equal messages among those of another clock from now on."""
        self.clock, self.written = clock, clock.isoformat()
        found = self.clocks.get(clock)
        if found is None:
            found = self.clocks[clock] = {}
            if len(self.clocks) > _CLOCKS_KEPT:
                self.clocks.popitem(last=False)
        self.equals = found


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
                self._add_message(record)
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
        chat.people[person.external_id] = identity.bytes
        self._batch.participants[identity] = ParticipantRow(
            chat.id, identity, external_id, storable(person.name), person.is_owner
        )

    def _person(self, chat_id: str, external_id: str) -> bytes:
        chat = self._chats.get(chat_id) or self._chat(chat_id)
        if external_id not in chat.people:
            self._add_person(Person(chat_id, external_id, external_id))
        return chat.people[external_id]

    def _add_thread(self, topic: Topic) -> None:
        chat = self._chat(topic.chat)
        external_id = storable(topic.external_id)
        identity = ids.thread_id(chat.id, external_id)
        root = ids.message_id(chat.id, storable(topic.root)) if topic.root else None
        self._batch.threads[identity] = ThreadRow(chat.id, identity, external_id, storable(topic.title), root)

    def _add_message(self, entry: Entry) -> None:
        chat = self._chats.get(entry.chat) or self._chat(entry.chat)
        text = storable(entry.text)
        external_id = storable(entry.external_id) if entry.external_id is not None else None
        key = ids.message_key(chat.key, external_id or self._name(chat, entry, text))
        tie = self._tie(chat, entry.sent_at)
        if key in self._batch.messages:
            self._batch.duplicates += 1
            if entry.attachments:
                enclose(self._batch, chat.id, UUID(bytes=key), entry.attachments, is_again=True)
            return
        self._batch.messages[key] = MessageRow(
            chat.key,
            entry.sent_at + timedelta(0, 0, tie) if tie else entry.sent_at,
            key,
            self._person(entry.chat, entry.person) if entry.person is not None else None,
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

    def _add_parts(self, chat: _ChatState, message: UUID, entry: Entry) -> None:
        if entry.attachments:
            enclose(self._batch, chat.id, message, entry.attachments)
        for position, reaction in enumerate(entry.reactions):
            named = reaction.person is not None
            person = UUID(bytes=self._person(entry.chat, reaction.person)) if reaction.person is not None else None
            count = None if named else max(reaction.count or 1, 1)
            self._batch.reactions.append(
                ReactionRow(chat.id, message, storable(reaction.emoji), person, count, position)
            )

    def _name(self, chat: _ChatState, entry: Entry, text: str) -> str:
        clock = entry.clock or entry.sent_at
        if clock != chat.clock:
            chat.turn_to(clock)
        key = hash((entry.person, text))
        ordinal = chat.equals.get(key, 0)
        chat.equals[key] = ordinal + 1
        return ids.message_name(chat.written, storable(entry.person) if entry.person else None, text, ordinal)

    def _tie(self, chat: _ChatState, moment: datetime) -> int:
        # Ids are random: without it, messages of one minute would stand in a random order.
        chat.tie = min(chat.tie + 1, _TIE_MAX) if moment == chat.moment else 0
        chat.moment = moment
        return chat.tie
