"""A message as it is read: its place in the conversation, its words and what hangs on it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec


class Kind(StrEnum):
    """What a message is made of."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    CALL = "call"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in the order of messages: `(sent_at, id)`, total and stable, with full microseconds."""

    sent_at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.sent_at.isoformat()}_{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The cursor that `str(cursor)` wrote. Raises ValueError where the text is not one."""
        moment, _, identity = text.rpartition("_")
        cursor = cls(datetime.fromisoformat(moment), UUID(identity))
        if cursor.sent_at.tzinfo is None:
            raise ValueError("a cursor's time needs an offset")
        return cursor


OLDEST = Cursor(datetime.min.replace(tzinfo=UTC), UUID(int=0))
"""Before every message."""
NEWEST = Cursor(datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))
"""After every message."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; size in bytes, sha256 and path only where the file itself is known.

    `path` is where the file lies, the zip that holds it, or its address.
    """

    file_name: str | None
    mime_type: str | None
    size: int | None
    sha256: str | None
    path: str | None


@dataclass(frozen=True, slots=True)
class Reaction:
    """One emoji on a message and the names of those who left it, in the source's order.

    `counted` is how many left it where the source counts more than it names, otherwise 0.
    """

    emoji: str
    senders: tuple[str, ...]
    counted: int = 0

    @property
    def count(self) -> int:
        """How many people left it."""
        return max(self.counted, len(self.senders))


@dataclass(frozen=True, slots=True)
class Quote:
    """The message that another one replies to: who wrote it and how it begins (at most 200 characters)."""

    cursor: Cursor
    sender: str | None
    text: str


class Message(msgspec.Struct, frozen=True):  # a dataclass of so many fields takes fifteen times as long to make
    """One message of a conversation, complete enough to be drawn.

    `sent_at` is the key that history is ordered and paged by. Where a source repeats a moment, `tie` microseconds
    were added to it so that messages keep the order of their source; `clock` is the time as the source knows it.
    Both are aware. `sender` is None for a system message; a direct answer has a `quote` where its parent is known.
    `codes` are those of its annotations, each as often as it is borne.
    """

    conversation_id: UUID
    sent_at: datetime
    id: UUID
    tie: int
    kind: Kind
    text: str
    sender_id: UUID | None
    sender: str | None
    is_owner: bool
    thread_id: UUID | None
    parent_id: UUID | None
    quote: Quote | None
    is_edited: bool
    is_deleted: bool
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    is_bookmarked: bool = False
    annotation_count: int = 0
    codes: tuple[UUID, ...] = ()

    @property
    def cursor(self) -> Cursor:
        """Where the message stands in its conversation."""
        return Cursor(self.sent_at, self.id)

    @property
    def clock(self) -> datetime:
        """The time as the source knows it, with no more precision than the source has."""
        return self.sent_at - timedelta(microseconds=self.tie)
