"""What people write, as operations: each has an id, is applied once, and can wait, be sent again and be undone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.model.code_writes import KINDS as CODE_KINDS
from backscroll.model.code_writes import CodeWrite
from backscroll.model.message import Cursor
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.review import Decision

REMEMBERED: Final = timedelta(days=90)
"""How long an archive knows a write by its id, so that sending it again does nothing."""


class Outcome(StrEnum):
    """How a write ended: done; kept beside what somebody else wrote meanwhile; kept, but its message is gone."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class BookmarkSet:
    """Sets a bookmark, or changes its title and notes; `before` is what the person saw of it, None where nothing."""

    mark: Bookmark
    before: Bookmark | None = None


@dataclass(frozen=True, slots=True)
class BookmarkRemove:
    """Takes the bookmark of a message away; `before` as above, None: whatever it says."""

    conversation_id: UUID
    message: Cursor
    before: Bookmark | None = None


@dataclass(frozen=True, slots=True)
class BookmarkRestore:
    """Brings back the bookmark that was last taken away from a message; `mark` is what it said, where that is known.

    A mark that conflicts with another one comes back beside that.
    """

    conversation_id: UUID
    message: Cursor
    mark: Bookmark | None = None


@dataclass(frozen=True, slots=True)
class AnnotationWrite:
    """Writes an annotation as it shall be; `before` is what the person saw of it, None for a new one."""

    note: Annotation
    before: Annotation | None = None


@dataclass(frozen=True, slots=True)
class AnnotationRemove:
    """Takes an annotation away, as the person saw it."""

    note: Annotation


@dataclass(frozen=True, slots=True)
class AnnotationRestore:
    """Brings back an annotation that was taken away."""

    note: Annotation


class Keep(StrEnum):
    """How a conflict is settled: what was kept beside, what stands, or both."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class BookmarkSettle:
    """Settles a conflict of a bookmark: `mine` was kept beside `theirs` (None: that is gone)."""

    mine: Bookmark
    theirs: Bookmark | None
    keep: Keep


@dataclass(frozen=True, slots=True)
class AnnotationSettle:
    """Settles a conflict of an annotation: `mine` was kept beside `theirs` (None: that is gone)."""

    mine: Annotation
    theirs: Annotation | None
    keep: Keep


@dataclass(frozen=True, slots=True)
class ReviewDecide:
    """Decides on a message of a review; its `seconds` are added to those of earlier decisions on it."""

    review: UUID
    decision: Decision


Payload: TypeAlias = (
    BookmarkSet
    | BookmarkRemove
    | BookmarkRestore
    | BookmarkSettle
    | AnnotationWrite
    | AnnotationRemove
    | AnnotationRestore
    | AnnotationSettle
    | ReviewDecide
    | CodeWrite
)

KINDS: Final[dict[str, type[Payload]]] = {
    "bookmark.set": BookmarkSet,
    "bookmark.remove": BookmarkRemove,
    "bookmark.restore": BookmarkRestore,
    "bookmark.settle": BookmarkSettle,
    "annotation.write": AnnotationWrite,
    "annotation.remove": AnnotationRemove,
    "annotation.restore": AnnotationRestore,
    "annotation.settle": AnnotationSettle,
    **CODE_KINDS,
    "review.decide": ReviewDecide,
}
"""The name of every operation, as the outbox and the archive keep it."""
_NAMES: Final = {payload: name for name, payload in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Write:
    """One thing that a person did; `id` is a UUIDv7."""

    id: UUID
    payload: Payload
    made_at: datetime

    @property
    def kind(self) -> str:
        """Its name of `KINDS`."""
        return _NAMES[type(self.payload)]
