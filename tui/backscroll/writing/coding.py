"""Which write gives a code to a message or takes it away: codes given by a key gather in one annotation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from backscroll.model.message import Message
from backscroll.model.notes import Annotation
from backscroll.model.writes import AnnotationRemove, AnnotationWrite
from backscroll.writing.noting import new_annotation


def toggled(
    message: Message, chat: str, notes: Sequence[Annotation], code: UUID, author: str
) -> AnnotationWrite | AnnotationRemove:
    """Takes a code from the reviewer's annotation of the whole message that bears it; where none does, gives it.

    `notes` are all annotations of the message. A code goes to the annotation that says nothing but codes, else to a
    new one; one that says nothing any more is taken away.
    """
    own = [note for note in notes if _is_of_whole(note) and note.author == author]
    bearing = next((note for note in own if code in note.codes), None)
    if bearing is not None:
        left = _with(bearing, [one for one in bearing.codes if one != code])
        return AnnotationWrite(left, bearing) if left.codes or _says(left) else AnnotationRemove(bearing)
    home = next((note for note in own if not _says(note)), None)
    if home is not None:
        return AnnotationWrite(_with(home, [*home.codes, code]), home)
    return AnnotationWrite(replace(new_annotation(message, chat, ""), codes=(code,), author=author))


def _is_of_whole(note: Annotation) -> bool:
    return note.span is None and note.end is None and note.conflicts_with is None


def _says(note: Annotation) -> bool:
    return bool(note.text or note.category or note.tags)


def _with(note: Annotation, codes: Sequence[UUID]) -> Annotation:
    return replace(note, codes=tuple(codes), updated_at=datetime.now(UTC))
