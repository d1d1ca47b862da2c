"""What people add to messages: bookmarks and annotations, each with the words that it was written about."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from backscroll.model.message import Cursor

QUOTED: Final = 400
"""Characters of a message that a note keeps."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place worth coming back to; `quote` keeps the message's text as it was (at most 400 characters).

    `is_gone` says that the message is not in the archive any more; `conversation` is then what its chat was called.
    `version` grows with every change, of which `last_write` was the last one. `conflicts_with` is the bookmark that
    was changed elsewhere at the same time.
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
    updated_at: datetime
    is_gone: bool = False
    version: int = 1
    last_write: UUID | None = None
    conflicts_with: UUID | None = None


def both(mine: Bookmark, theirs: Bookmark) -> Bookmark:
    """One bookmark that says what two say, theirs first."""
    title = " · ".join(dict.fromkeys(filter(None, (theirs.title, mine.title))))
    notes = "\n\n".join(dict.fromkeys(filter(None, (theirs.notes, mine.notes))))
    return replace(theirs, title=title, notes=notes, updated_at=mine.updated_at)


class NotedChat(NamedTuple):
    """A chat (also one that is gone), its title, and how many notes of one kind it has."""

    conversation_id: UUID
    title: str
    notes: int


class Span(NamedTuple):
    """A part of a message's text: characters `start` to `end` (exclusive), from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark on a message, with an optional category, tags and codes; `quote` and `is_gone` as for a bookmark.

    It is about a `span` of the message's text where there is one, and then `quote` is that span; or about the run of
    messages from `message` to `end`. `author` is a reviewer's name, '' for the archive's own user. `version` grows with
    every change, of which `last_write` was the last one. `conflicts_with` is the annotation that somebody else
    changed at the same time.
    """

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
    updated_at: datetime
    is_gone: bool = False
    span: Span | None = None
    end: Cursor | None = None
    codes: tuple[UUID, ...] = ()
    author: str = ""
    version: int = 1
    last_write: UUID | None = None
    conflicts_with: UUID | None = None
