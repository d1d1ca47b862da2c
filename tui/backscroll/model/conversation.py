"""A conversation and its parts as a list shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from backscroll.model.message import Cursor, Kind


class ConversationKind(StrEnum):
    """How many may speak, and who invited them."""

    DIRECT = "direct"
    GROUP = "group"
    CHANNEL = "channel"


class Shelf(StrEnum):
    """Which list of chats a person keeps a chat in."""

    LISTED = "listed"
    ARCHIVED = "archived"
    HIDDEN = "hidden"


class ChatOrder(StrEnum):
    """Which chat comes first: the newest message, A to Z, the most messages, or the most unread ones."""

    RECENT = "recent"
    NAME = "name"
    SIZE = "size"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Listing:
    """Which chats a list shows, and in which order; None and False leave everything in.

    `match` is a part of the title, whatever its case and accents. Only the list of `Shelf.LISTED` begins with the
    pinned chats.
    """

    order: ChatOrder = ChatOrder.RECENT
    kind: ConversationKind | None = None
    source: UUID | None = None
    shelf: Shelf = Shelf.LISTED
    is_bookmarked: bool = False
    is_unread: bool = False
    match: str | None = None


class Conversation(msgspec.Struct, frozen=True):  # as a message: lists have thousands
    """A chat with the figures that its list shows; times are aware, None while it has no message.

    `last_text` is the beginning (at most 160 characters) of the newest message and `last_sender` who wrote it.
    `unread` counts messages after the place where this person last read, and stops at `UNREAD_CAP`. `is_pinned` and
    `shelf` are how this person keeps it; neither changes the other.
    """

    id: UUID
    title: str
    kind: ConversationKind
    source: str
    topic: str | None
    message_count: int
    participant_count: int
    thread_count: int
    first_message_at: datetime | None
    last_message_at: datetime | None
    last_kind: Kind | None
    last_sender: str | None
    last_text: str | None
    unread: int
    is_pinned: bool
    shelf: Shelf


UNREAD_CAP = 1000
"""Where counting unread messages stops: a list shows "999+"."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where conversations came from, as a person says it, with the number of its chats."""

    id: UUID
    name: str
    format: str
    chats: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the archive: a conversation and a cursor in it."""

    conversation_id: UUID
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class Thread:
    """A topic or reply chain; `root` is the message that it hangs on, and `starter` who wrote that."""

    conversation_id: UUID
    id: UUID
    title: str
    root: Cursor | None
    message_count: int
    first_message_at: datetime | None
    last_message_at: datetime | None
    starter: str | None = None

    @property
    def reply_count(self) -> int:
        """Its messages besides the root."""
        return self.message_count - (self.root is not None and self.message_count > 0)


@dataclass(frozen=True, slots=True)
class Participant:
    """A sender inside one conversation, with how much they wrote there; times are aware."""

    conversation_id: UUID
    id: UUID
    name: str
    is_owner: bool
    message_count: int
    first_message_at: datetime | None
    last_message_at: datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    """How many messages a conversation has on one day (UTC)."""

    day: date
    messages: int
