"""How a live source is followed, and what it keeps besides messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

NOTES: Final = ("bookmarks", "annotations")
"""What people wrote in a source about messages: the queries that give it, and the areas of its records."""
NOTE_AREAS: Final = frozenset({*NOTES, "notes on chats"})
"""The areas of all that people wrote there: where notes are hidden, these are, too."""


@dataclass(frozen=True, slots=True)
class Sync:
    """What the archive knows of a live source; times are aware, None where it never came to that.

    `found` is what the last sync saw there, `lists` digests of its lists as they were mirrored last, `cursor` where it
    was then in its own count. `excluded` chats (their external ids) are never read. What was written during a pause is
    left out where it was resumed `from_now`: `skipped` are the bounds of such pauses. `has_messages`: the archive has
    some of it; `chats` and `messages` are how many, where that was asked for.
    """

    source_id: UUID
    name: str
    identity: str
    system: str
    found: Mapping[str, Any]
    lists: Mapping[str, str]
    cursor: str | None
    excluded: tuple[str, ...]
    is_paused: bool
    paused_at: datetime | None
    resumed_at: datetime | None
    resume_mode: str
    skipped: tuple[tuple[datetime, datetime], ...]
    synced_at: datetime | None
    compared_at: datetime | None
    has_messages: bool
    chats: int = 0
    messages: int = 0


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Something that a live source keeps of a message, of its chat, or of itself; `data` is a JSON value.

    `chat` is the title of the chat that it is about, where that was asked for.
    """

    area: str
    external_id: str
    data: object
    is_of_message: bool = field(default=False)
    chat: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A kind of such records: how many there are, and the first of them."""

    name: str
    count: int
    first: list[SourceRecord]
