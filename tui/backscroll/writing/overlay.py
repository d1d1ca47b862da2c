"""What a person sees: what the archive says, with what waits in the outbox laid over it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from msgspec import structs

from backscroll.errors import AppError
from backscroll.model.code import Codebook
from backscroll.model.code_writes import CodeWrite
from backscroll.model.message import Message
from backscroll.model.note_listing import NoteListing, NoteOrder
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.review import Decision
from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationRestore,
    AnnotationSettle,
    AnnotationWrite,
    BookmarkRemove,
    BookmarkRestore,
    BookmarkSet,
    BookmarkSettle,
    Keep,
    ReviewDecide,
    Write,
)
from backscroll.writing.written import marked, settled_annotation, settled_bookmark, touched, written

N = TypeVar("N", Annotation, Bookmark)


class Overlay:
    """What waits, by the messages that it is about. Whatever is laid over twice looks as if it were once."""

    def __init__(self, waiting: Iterable[Write]) -> None:
        self._of_message: dict[UUID, list[Write]] = defaultdict(list)
        self._of_codebook: list[tuple[CodeWrite, datetime]] = []
        self._decided: dict[UUID, list[Decision]] = defaultdict(list)
        for write in waiting:
            if isinstance(write.payload, CodeWrite):
                self._of_codebook.append((write.payload, write.made_at))
            elif isinstance(write.payload, ReviewDecide):
                self._decided[write.payload.review].append(write.payload.decision)
            about = _message_of(write)
            if about is not None:
                self._of_message[about].append(write)

    @property
    def messages(self) -> frozenset[UUID]:
        """The messages that something waits about."""
        return frozenset(self._of_message)

    def decided_in(self, review: UUID) -> list[Decision]:
        """What was decided in a review and waits, in its order."""
        return list(self._decided.get(review, ()))

    @property
    def notes(self) -> frozenset[UUID]:
        """The bookmarks and annotations that are not in the archive as they are shown."""
        return frozenset(
            found for writes in self._of_message.values() for write in writes if (found := _note_of(write))
        )

    def on_messages(self, messages: Sequence[Message]) -> list[Message]:
        """Messages with their marks as they will be."""
        return [self.on_message(message) for message in messages] if self._of_message else list(messages)

    def on_message(self, message: Message) -> Message:
        """A message with its bookmark, the number of its annotations and their codes as they will be."""
        for write in self._of_message.get(message.id, ()):
            message = _after(message, write)
        return message

    def on_codebook(self, book: Codebook) -> Codebook:
        """The codebook as it will be; what breaks a rule of it by now is left out."""
        from backscroll.model.code_rules import effect  # here, because the first frame need not wait for it

        for write, made_at in self._of_codebook:
            with suppress(AppError):
                book = effect(book, write, made_at).on(book)
        return book

    def on_annotations(self, message: UUID, annotations: Sequence[Annotation]) -> list[Annotation]:
        """The annotations of a message as they will be, oldest first."""
        notes = {note.id: note for note in annotations}
        for write in self._of_message.get(message, ()):
            match write.payload:
                case AnnotationWrite() | AnnotationRestore():
                    note = written(write)
                    notes[note.id] = note
                case AnnotationRemove(note=note):
                    notes.pop(note.id, None)
                case AnnotationSettle(mine=mine) as settled:
                    notes.pop(mine.id, None)
                    standing = settled_annotation(settled, write)
                    notes |= {standing.id: standing} if standing else {}
        return sorted(notes.values(), key=lambda note: (note.created_at, note.id))

    def on_annotation_page(
        self, page: Sequence[Annotation], listing: NoteListing, *, is_first: bool
    ) -> list[Annotation]:
        """A page of a list of annotations as they will be; new ones stand on the first page."""
        if not self._of_message:
            return list(page)
        by_message: dict[UUID, list[Annotation]] = defaultdict(list)
        for note in page:
            by_message[note.message.id].append(note)
        messages = {**dict.fromkeys(by_message), **(dict.fromkeys(self._of_message) if is_first else {})}
        shown = [note for message in messages for note in self.on_annotations(message, by_message[message])]
        known = {note.id for note in page}
        return _in_order([note for note in shown if note.id in known or (is_first and listing.fits(note))], listing)

    def on_bookmark(self, message: UUID, bookmark: Bookmark | None) -> Bookmark | None:
        """The bookmark of a message as it will be."""
        last = bookmark
        for write in self._of_message.get(message, ()):
            match write.payload:
                case BookmarkSet():
                    bookmark = last = marked(write)
                case BookmarkRemove():
                    bookmark, last = None, last and touched(last, write)
                case BookmarkSettle() as settled:
                    bookmark = last = settled_bookmark(settled, write) or bookmark
                case BookmarkRestore(mark=mark) if not _is_copy(mark):
                    last = last or mark
                    bookmark = last = last and touched(last, write)
        return bookmark

    def on_bookmarks(self, page: Sequence[Bookmark], listing: NoteListing, *, is_first: bool) -> list[Bookmark]:
        """A page of a list of bookmarks as they will be; new ones stand on the first page."""
        if not self._of_message:
            return list(page)
        copies = self._copies()
        living = [mark for mark in page if mark.id not in copies]
        marks = [mark if mark.conflicts_with else self.on_bookmark(mark.message.id, mark) for mark in living]
        if is_first:
            known = {mark.message.id for mark in living if not mark.conflicts_with}
            new = [self.on_bookmark(message, None) for message in self._of_message if message not in known]
            marks += [mark for mark in (*new, *copies.values()) if mark is not None and listing.fits(mark)]
        return _in_order([mark for mark in marks if mark is not None], listing)

    def _copies(self) -> dict[UUID, Bookmark | None]:
        """What was kept in conflicts that are settled (None), or open again."""
        found: dict[UUID, Bookmark | None] = {}
        for write in (write for writes in self._of_message.values() for write in writes):
            match write.payload:
                case BookmarkSettle(mine=mine):
                    found[mine.id] = None
                case BookmarkRestore(mark=Bookmark(id=identity) as mark) if _is_copy(mark):
                    found[identity] = marked(write)
        return found


def _is_copy(mark: Bookmark | None) -> bool:
    return mark is not None and mark.conflicts_with is not None


def _in_order(notes: list[N], listing: NoteListing) -> list[N]:
    if listing.order is NoteOrder.PLACE:
        return sorted(notes, key=lambda note: (note.message.sent_at, note.conversation_id, note.message.id, note.id))
    return sorted(notes, key=lambda note: (note.created_at, note.id), reverse=True)


def _after(message: Message, write: Write) -> Message:
    match write.payload:
        case BookmarkSet() | BookmarkRestore():
            message = structs.replace(message, is_bookmarked=True)
        case BookmarkRemove():
            message = structs.replace(message, is_bookmarked=False)
        case AnnotationWrite(note=note, before=None) | AnnotationRestore(note=note):
            message = _noted(message, 1, note.codes)
        case AnnotationWrite(note=note, before=Annotation(codes=seen)):
            message = _noted(message, 0, note.codes, seen)
        case AnnotationRemove(note=note) | AnnotationSettle(mine=note, keep=Keep.THEIRS):
            message = _noted(message, -1, (), note.codes)
        case AnnotationSettle(mine=mine, theirs=Annotation(codes=seen), keep=Keep.MINE):
            message = _noted(message, -1, mine.codes, seen)
    return message


def _noted(message: Message, more: int, codes: Sequence[UUID], instead_of: Sequence[UUID] = ()) -> Message:
    borne = list(message.codes)
    for code in instead_of:
        if code in borne:
            borne.remove(code)  # once: another annotation may bear it too
    return structs.replace(message, annotation_count=max(0, message.annotation_count + more), codes=(*borne, *codes))


def _note_of(write: Write) -> UUID | None:
    match write.payload:
        case BookmarkSet(mark=note) | AnnotationWrite(note=note) | AnnotationRestore(note=note):
            return note.id
        case BookmarkRestore(mark=Bookmark(id=identity)):
            return identity
    return None


def _message_of(write: Write) -> UUID | None:
    match write.payload:
        case BookmarkSet(mark=note) | AnnotationWrite(note=note) | AnnotationRemove(note=note):
            return note.message.id
        case AnnotationRestore(note=note) | AnnotationSettle(mine=note) | BookmarkSettle(mine=note):
            return note.message.id
        case BookmarkRemove(message=message) | BookmarkRestore(message=message):
            return message.id
    return None
