"""What people add to messages: bookmarks and annotations, each with the words that it was written about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backscroll.model.message import Cursor


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place worth coming back to; `quote` keeps the message's text as it was (at most 400 characters).

    `is_gone` says that the message is not in the archive any more; `conversation` is then what its chat was called.
    """

    id: UUID
    conversation_id: UUID
    conversation: str
    message: Cursor
    sender: str | None
    quote: str
    title: str
    notes: str
    created_at: datetime
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark on a message, with an optional category and tags; `quote` and `is_gone` as for a bookmark."""

    id: UUID
    conversation_id: UUID
    conversation: str
    message: Cursor
    sender: str | None
    quote: str
    text: str
    category: str | None
    tags: tuple[str, ...]
    created_at: datetime
    is_gone: bool = False
