"""What a person sees: what the archive says, with what waits in the outbox laid over it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from backscroll.errors import AppError
from backscroll.model.code import Codebook
from backscroll.model.code_rules import effect
from backscroll.model.code_writes import CodeWrite
from backscroll.model.message import Message
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.review import Decision
from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationRestore,
    AnnotationWrite,
    BookmarkRemove,
    BookmarkRestore,
    BookmarkSet,
    ReviewDecide,
    Write,
)


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

    def on_messages(self, messages: Sequence[Message]) -> list[Message]:
        """Messages with their marks as they will be."""
        return [self.on_message(message) for message in messages] if self._of_message else list(messages)

    def on_message(self, message: Message) -> Message:
        """A message with its bookmark, the number of its annotations and their codes as they will be."""
        is_bookmarked, count = message.is_bookmarked, message.annotation_count
        codes = dict.fromkeys(message.codes)
        for write in self._of_message.get(message.id, ()):
            match write.payload:
                case BookmarkSet() | BookmarkRestore():
                    is_bookmarked = True
                case BookmarkRemove():
                    is_bookmarked = False
                case AnnotationWrite(note=note, before=None) | AnnotationRestore(note=note):
                    count += 1
                    codes |= dict.fromkeys(note.codes)
                case AnnotationWrite(note=note, before=Annotation(codes=seen)):
                    codes = {code: None for code in codes if code not in seen} | dict.fromkeys(note.codes)
                case AnnotationRemove(note=note):
                    count -= 1
                    codes = {code: None for code in codes if code not in note.codes}
        if (is_bookmarked, count, tuple(codes)) == (message.is_bookmarked, message.annotation_count, message.codes):
            return message
        return replace(message, is_bookmarked=is_bookmarked, annotation_count=max(0, count), codes=tuple(codes))

    def on_codebook(self, book: Codebook) -> Codebook:
        """The codebook as it will be; what breaks a rule of it by now is left out."""
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
        return sorted(notes.values(), key=lambda note: (note.created_at, note.id))

    def on_bookmark(self, message: UUID, bookmark: Bookmark | None) -> Bookmark | None:
        """The bookmark of a message as it will be."""
        last = bookmark
        for write in self._of_message.get(message, ()):
            match write.payload:
                case BookmarkSet(mark=mark):
                    bookmark = last = _touched(mark, write)
                case BookmarkRemove():
                    bookmark, last = None, last and _touched(last, write)
                case BookmarkRestore(mark=mark):
                    last = last or mark
                    bookmark = last = last and _touched(last, write)
        return bookmark

    def on_bookmarks(self, page: Sequence[Bookmark], *, is_first: bool) -> list[Bookmark]:
        """A page of bookmarks, newest first, as they will be; new ones stand before those of the first page."""
        marks = [mark if mark.conflicts_with else self.on_bookmark(mark.message.id, mark) for mark in page]
        if is_first:
            known = {mark.message.id for mark in page}
            marks += [self.on_bookmark(message, None) for message in self._of_message if message not in known]
        return sorted(filter(None, marks), key=lambda mark: (mark.created_at, mark.id), reverse=True)


def written(write: Write) -> Annotation:
    """An annotation as a write of it leaves it."""
    match write.payload:
        case AnnotationWrite(note=note, before=before):
            version = before.version + 1 if before else 1
            return replace(note, version=version, last_write=write.id, updated_at=write.made_at)
        case AnnotationRemove(note=note) | AnnotationRestore(note=note):
            return replace(note, version=note.version + 1, last_write=write.id, updated_at=write.made_at)
    raise TypeError(write.kind)


def _touched(mark: Bookmark, write: Write) -> Bookmark:
    return replace(mark, version=mark.version + 1, last_write=write.id, updated_at=write.made_at)


def _message_of(write: Write) -> UUID | None:
    match write.payload:
        case BookmarkSet(mark=note) | AnnotationWrite(note=note) | AnnotationRemove(note=note):
            return note.message.id
        case AnnotationRestore(note=note):
            return note.message.id
        case BookmarkRemove(message=message) | BookmarkRestore(message=message):
            return message.id
    return None
