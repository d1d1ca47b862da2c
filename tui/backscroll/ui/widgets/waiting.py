"""What waits in the outbox, in a person's words: a line for each write."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Final

from textual.content import Content

from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationRestore,
    AnnotationSettle,
    AnnotationWrite,
    BookmarkRemove,
    BookmarkRestore,
    BookmarkSet,
    BookmarkSettle,
    Write,
)
from backscroll.text import safe_line
from backscroll.ui.widgets.moments import short_time
from backscroll.writing.outbox import Kept
from backscroll.writing.undoing import done

_MOST: Final = 200
_LONGEST: Final = 100


def waiting_lines(kept: Sequence[Kept], now: datetime, zone: tzinfo | None) -> list[Content]:
    """The first of them in their order, and how many more there are."""
    lines = [_line(each, now, zone) for each in kept[:_MOST]]
    return [*lines, Content(f"… and {len(kept) - _MOST:,} more")] if len(kept) > _MOST else lines


def _line(kept: Kept, now: datetime, zone: tzinfo | None) -> Content:
    write = kept.write()
    deed = done(write).removesuffix(".") if write else kept.kind
    return Content.assemble(
        (f"{short_time(kept.made_at, now, zone):<8} ", "$foreground-muted"),
        safe_line(deed),
        (" · refused", "$text-error") if kept.is_parked else "",
        (f" · {about}", "$foreground-muted") if (about := _about(write)) else "",
    )


def _about(write: Write | None) -> str:
    """What was written, and what was said in the message that it is about."""
    note = _note(write) if write else None
    if note is None:
        return ""
    words = note.text if isinstance(note, Annotation) else note.title or note.notes
    said = f"{note.sender or ''}: {note.quote}"
    return " · ".join(safe_line(part)[:_LONGEST] for part in (words, said) if part)


def _note(write: Write) -> Bookmark | Annotation | None:
    match write.payload:
        case BookmarkSet(mark=note) | BookmarkSettle(mine=note) | AnnotationSettle(mine=note):
            return note
        case AnnotationWrite(note=note) | AnnotationRemove(note=note) | AnnotationRestore(note=note):
            return note
        case BookmarkRemove(before=note) | BookmarkRestore(mark=note):
            return note
    return None
