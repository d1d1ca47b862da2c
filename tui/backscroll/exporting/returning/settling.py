"""What has to be written of the notes of a file, beside those that the archive has already."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from backscroll.archive.opening import Archive
from backscroll.exporting.collection import Note
from backscroll.model.conversation import Place
from backscroll.model.ids import new_id
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.writes import AnnotationWrite, BookmarkSet, Write


@dataclass(slots=True)
class Settled:
    """The writes of notes that are not here, of those that the file has newer, and how many notes need none.

    Of these the same is here (`there`), or a newer one, or it was taken away here.
    """

    new: list[Write] = field(default_factory=list)
    changed: list[Write] = field(default_factory=list)
    there: int = 0
    newer: int = 0
    removed: int = 0


async def settle(archive: Archive, notes: Sequence[Note]) -> Settled:
    """Compares notes with the archive by their ids, bookmarks by their messages too, which have one each.

    Raises AppError.
    """
    settled = Settled()
    annotations = {note.id: note for note in notes if isinstance(note, Annotation)}
    bookmarks = {note.id: note for note in notes if isinstance(note, Bookmark)}
    settled.there += len(notes) - len(annotations) - len(bookmarks)
    if annotations:
        await _settle_annotations(archive, list(annotations.values()), settled)
    if bookmarks:
        await _settle_bookmarks(archive, list(bookmarks.values()), settled)
    return settled


async def _settle_annotations(archive: Archive, notes: list[Annotation], settled: Settled) -> None:
    others = [(note.conversation_id, note.conflicts_with) for note in notes if note.conflicts_with]
    found, removed = await archive.annotations.some([*((note.conversation_id, note.id) for note in notes), *others])
    here = {note.id: note for note in found}
    known = here.keys() | {note.id for note in notes}
    now = datetime.now(UTC)
    for given in notes:
        # A conflict with an annotation that is not here could never be settled.
        note = given if given.conflicts_with in known else replace(given, conflicts_with=None)
        before = here.get(note.id)
        if note.id in removed:
            settled.removed += 1
        elif before is not None and _words(before) == _words(note):
            settled.there += 1
        elif before is not None and before.updated_at >= note.updated_at:
            settled.newer += 1
        else:
            write = Write(new_id(), AnnotationWrite(note, before), now)
            (settled.changed if before else settled.new).append(write)


async def _settle_bookmarks(archive: Archive, marks: list[Bookmark], settled: Settled) -> None:
    found, removed = await archive.bookmarks.some([(mark.conversation_id, mark.id) for mark in marks])
    here = {mark.id: mark for mark in found}
    beside = await archive.bookmarks.of_messages([Place(mark.conversation_id, mark.message) for mark in marks])
    living = {mark.message.id: mark for mark in beside}
    now = datetime.now(UTC)
    for mark in marks:
        before, other = here.get(mark.id), living.get(mark.message.id)
        says = (mark.title, mark.notes)
        if mark.id in removed:
            settled.removed += 1
        elif any(one is not None and (one.title, one.notes) == says for one in (before, other)):
            settled.there += 1
        elif before is not None and before.updated_at >= mark.updated_at:
            settled.newer += 1
        elif before is None and other is not None and not any(says):
            settled.there += 1
        else:
            # A bookmark that stands beside another one is kept under the write's id: so it is found again.
            write = Write(mark.id, BookmarkSet(mark, before), now)
            (settled.changed if before else settled.new).append(write)


def _words(note: Annotation) -> tuple[object, ...]:
    """What a person wrote and about what; codes in any order."""
    return note.text, note.category, note.tags, frozenset(note.codes), note.span, note.end and note.end.id
