"""A conversation and its parts as a list shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from backscroll.model.message import Cursor, Kind


class ConversationKind(StrEnum):
    """How many may speak, and who invited them."""

    DIRECT = "direct"
    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A chat with the figures that its list shows; times are aware, None while it has no message.

    `last_text` is the beginning (at most 160 characters) of the newest message and `last_sender` who wrote it.
    `unread` counts messages after the place where this person last read, and stops at `UNREAD_CAP`.
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


UNREAD_CAP = 1000
"""Where counting unread messages stops: a list shows "999+"."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the archive: a conversation and a cursor in it."""

    conversation_id: UUID
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class Thread:
    """A topic or reply chain; `root` is its first message."""

    conversation_id: UUID
    id: UUID
    title: str
    root: Cursor | None
    message_count: int
    first_message_at: datetime | None
    last_message_at: datetime | None


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
