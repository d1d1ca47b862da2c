"""What an import stores together: rows in the order of their columns, and what became of them."""

from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Struct

from backscroll.archive.store import Content
from backscroll.model.import_report import Reported
from backscroll.model.instants import moment_at


class ConversationRow(NamedTuple):
    """A conversation as the importer knows it."""

    id: UUID
    external_id: str
    title: str
    kind: str
    topic: str | None


class ParticipantRow(NamedTuple):
    """A participant as the importer knows it."""

    conversation_id: UUID
    id: UUID
    external_id: str
    name: str
    is_owner: bool


class ThreadRow(NamedTuple):
    """A thread as the importer knows it."""

    conversation_id: UUID
    id: UUID
    external_id: str
    title: str
    root_id: UUID | None


class MessageRow(Struct, gc=False):
    """A message; every id is its 16 bytes, and `sent_at` the server's count of microseconds (see `model.instants`),
    because they are cheap to make, compare and send.

    `search_text` and `stems` are for search (see `model.words` and `model.stems`), and come last; `raw` is a JSON value
    or None.
    """

    conversation_id: bytes
    sent_at: int
    id: bytes
    sender_id: bytes | None
    thread_id: bytes | None
    parent_id: bytes | None
    kind: str
    tie: int
    is_edited: bool
    is_deleted: bool
    edited_at: datetime | None
    external_id: str | None
    body: str
    raw: object = None
    search_text: str | None = None
    stems: str | None = None


class AttachmentRow(NamedTuple):
    """An attachment in the order of `copy_attachments`."""

    conversation_id: UUID
    message_id: UUID
    position: int
    file_name: str | None
    mime_type: str | None
    size: int | None
    sha256: str | None
    path: str | None


class ReactionRow(NamedTuple):
    """A reaction in the order of `copy_reactions`."""

    conversation_id: UUID
    message_id: UUID
    emoji: str
    participant_id: UUID | None
    counted: int | None
    position: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a batch comes from; `is_live`: from a database that is mirrored, what it says of a message is right."""

    id: UUID
    identity: str
    format: str
    name: str
    time_zone: str
    date_order: str | None
    is_live: bool = False


class DayRow(NamedTuple):
    """A day (UTC) of a chat of a live source that was read whole, with the source's mark of it."""

    chat: str
    day: date
    messages: int
    digest: Decimal


class RejectedRow(NamedTuple):
    """Something that could not be read."""

    place: str
    reason: str
    data: str


class RemarkRow(NamedTuple):
    """What a person should know of how something was read."""

    place: str
    about: str
    text: str


@dataclass(slots=True)
class Batch:
    """What is stored together. `messages` names no id twice; `duplicates` counts those that were read and left out.

    `languages` has the chats of the messages, each with the language whose stems they bear (None: no stems); `words`
    are words of the messages, those that batches before had may be left out. `claimed` are ids of messages that were
    left out because the archive has them, where others of the same minute are here. `days` of a live source end with
    this batch. `has_answers`: some of its messages answer others. `reported` is what the run says of itself up to the
    end of this batch.
    """

    conversations: dict[UUID, ConversationRow] = field(default_factory=dict)
    participants: dict[UUID, ParticipantRow] = field(default_factory=dict)
    threads: dict[UUID, ThreadRow] = field(default_factory=dict)
    messages: dict[bytes, MessageRow] = field(default_factory=dict)
    attachments: list[AttachmentRow] = field(default_factory=list)
    contents: dict[tuple[UUID, int], tuple[AttachmentRow, Content]] = field(default_factory=dict)
    fills: list[AttachmentRow] = field(default_factory=list)
    reactions: list[ReactionRow] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    remarks: list[RemarkRow] = field(default_factory=list)
    languages: dict[UUID, str | None] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    claimed: list[UUID] = field(default_factory=list)
    days: list[DayRow] = field(default_factory=list)
    file_size: int = 0
    has_answers: bool = False
    duplicates: int = 0
    reported: Reported = field(default_factory=Reported)

    def span(self) -> tuple[datetime, datetime]:
        """When the first and the last of its messages, of which there must be one, were sent."""
        counts = [message.sent_at for message in self.messages.values()]
        return moment_at(min(counts)), moment_at(max(counts))


@dataclass(frozen=True, slots=True)
class Stored:
    """What a batch added.

    `duplicates` were there already or stood twice in the export; `updated` were there with another text, or not yet
    edited or deleted; `conflicts`, which are counted among these too, are there at another time than the export says.
    `doubles` are messages added that say word for word what another sender says in the same minute.
    """

    chats: int = 0
    messages: int = 0
    participants: int = 0
    duplicates: int = 0
    skipped: int = 0
    updated: int = 0
    conflicts: int = 0
    doubles: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


ATTACHMENT_TYPES: Final = ("uuid", "uuid", "int2", "text", "text", "int8", "text", "text")
"""The types of an AttachmentRow."""
REACTION_TYPES: Final = ("uuid", "uuid", "text", "uuid", "int4", "int2")
"""The types of a ReactionRow."""
