"""Brings the notes of a file into the archive: each once, and nothing that is newer here is lost."""

from asyncio import to_thread
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.exporting.collection import Note
from backscroll.exporting.returning.codes import match
from backscroll.exporting.returning.files import open_notes
from backscroll.exporting.returning.notes_file import UNKNOWN, NotesFile, Piece, Unread
from backscroll.exporting.returning.settling import Settled, settle
from backscroll.model.conversation import Place
from backscroll.model.message import Cursor, Message
from backscroll.model.notes import QUOTED, Annotation
from backscroll.model.writes import Outcome

Tell: TypeAlias = Callable[[int, int, int], None]
"""Is told how much of how much was read (0: nobody knows), and how many notes that are so far."""
_BATCH: Final = 500
_TOLD: Final = 10
_KEPT: Final = 1000
"""Pieces that could not be read of which the report tells more than their number."""


@dataclass(slots=True)
class Brought:
    """What became of the notes of a file, counted.

    `found` came in on their messages, `gone` without these, `updated` were newer in the file, and `conflicts` stand
    beside another bookmark of their message. Left as they are here: `there` (the same), `newer`, and `removed` (taken
    away here). `unread` could not be read; the first of them are in `problems`. `codes` were made.
    """

    codes: int = 0
    found: int = 0
    gone: int = 0
    updated: int = 0
    conflicts: int = 0
    there: int = 0
    newer: int = 0
    removed: int = 0
    unread: int = 0
    problems: list[Unread] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """The same in words, a line for each count that is not 0, with the first problems (foreign text)."""
        counted = (
            (self.codes, "codes made"),
            (self.found, "brought in on their messages"),
            (self.gone, "brought in, but their messages are not here"),
            (self.updated, "changed, because the file has a newer state"),
            (self.conflicts, "bookmarks kept beside another one of their message"),
            (self.there, "there already"),
            (self.newer, "left, because they are newer here"),
            (self.removed, "left out, because they were taken away here"),
            (self.unread, "not read"),
        )
        told = [f"{count:>7,}  {words}" for count, words in counted if count]
        told += [f"         {problem.place}: {problem.reason}" for problem in self.problems[:_TOLD]]
        return told or ["The file holds no notes."]


async def bring(archive: Archive, path: Path, tell: Tell, *, author: str = "", is_dry: bool = False) -> Brought:
    """Brings in what a file holds, a batch a transaction; again, it adds nothing. Dry, it only counts.

    What bears no reviewer's name gets that of `author`. Raises AppError, also where the file breaks off: what came
    before is brought in then.
    """
    file = await to_thread(open_notes, path)
    brought, read = Brought(), 0
    codes = await _bring_codes(archive, file, brought, is_dry=is_dry)
    while True:
        batch, error = await to_thread(_next, file.pieces)
        notes = [_given(piece, codes, author) for _, piece in batch if not isinstance(piece, Unread)]
        _count_unread(brought, [piece for _, piece in batch if isinstance(piece, Unread)])
        placed = await _placed(archive, notes)
        _count_unread(brought, [note for note in placed if isinstance(note, Unread)])
        whole = [note for note in placed if not isinstance(note, Unread)]
        settled = await settle(archive, await _quoting(archive, whole) if file.quotes_texts else whole)
        outcomes = await archive.writes.bring([*settled.new, *settled.changed], is_dry=is_dry)
        _count(brought, settled, outcomes)
        read += len(batch)
        if batch:
            tell(batch[-1][0], file.total, read)
        if error:
            raise error
        if len(batch) < _BATCH:
            return brought


async def _bring_codes(archive: Archive, file: NotesFile, brought: Brought, *, is_dry: bool) -> Mapping[UUID, UUID]:
    matched = match(await archive.codes.book(), file.codes, datetime.now(UTC))
    if matched.writes and not is_dry:
        await archive.codes.take(matched.writes)
    brought.codes = matched.made
    return matched.codes


def _next(pieces: Iterator[tuple[int, Piece]]) -> tuple[list[tuple[int, Piece]], AppError | None]:
    """The next pieces, and why none can follow them."""
    batch: list[tuple[int, Piece]] = []
    try:
        for piece in pieces:
            batch.append(piece)
            if len(batch) == _BATCH:
                break
    except AppError as error:
        return batch, error
    except OSError as error:
        return batch, AppError("The file cannot be read to its end", f"{error.strerror}.", code="cannot_read")
    return batch, None


def _given(note: Note, codes: Mapping[UUID, UUID], author: str) -> Note:
    """A note with the archive's codes, and its author's name."""
    if not isinstance(note, Annotation):
        return note
    known = dict.fromkeys(codes.get(code, code) for code in note.codes)
    return replace(note, codes=tuple(known), author=note.author or author)


async def _placed(archive: Archive, notes: list[Note]) -> list[Note | Unread]:
    """The notes with the ids of messages of which a file tells only the time."""
    asked = {
        (note.conversation_id, cursor.sent_at) for note in notes for cursor in _cursors(note) if cursor.id == UNKNOWN
    }
    found = await archive.messages.sent_at(list(asked))
    known = {(place.conversation_id, place.cursor.sent_at): place.cursor.id for place in found}
    placed: list[Note | Unread] = []
    for note in notes:
        here = _with_ids(note, known)
        placed.append(here or Unread(f"selection {note.id}", "its message is not here"))
    return placed


def _cursors(note: Note) -> list[Cursor]:
    return [note.message, note.end] if isinstance(note, Annotation) and note.end else [note.message]


def _with_ids(note: Note, known: Mapping[tuple[UUID, datetime], UUID]) -> Note | None:
    def whole(cursor: Cursor) -> Cursor:
        identity = known.get((note.conversation_id, cursor.sent_at), UNKNOWN)
        return Cursor(cursor.sent_at, identity) if cursor.id == UNKNOWN else cursor

    if not isinstance(note, Annotation) or all(cursor.id != UNKNOWN for cursor in _cursors(note)):
        return note
    placed = replace(note, message=whole(note.message), end=whole(note.end) if note.end else None)
    return None if any(cursor.id == UNKNOWN for cursor in _cursors(placed)) else placed


async def _quoting(archive: Archive, notes: list[Note]) -> list[Note]:
    """The notes with what their messages say here, as far as these are here."""
    places = {Place(note.conversation_id, note.message) for note in notes}
    said = {message.cursor: message for message in await archive.messages.at(list(places))}
    return [_quoted(note, said[note.message]) if note.message in said else note for note in notes]


def _quoted(note: Note, message: Message) -> Note:
    span = note.span if isinstance(note, Annotation) else None
    quote = message.text[span.start : span.end] if span else message.text
    return replace(note, sender=message.sender, quote=quote[:QUOTED])


def _count(brought: Brought, settled: Settled, outcomes: list[Outcome]) -> None:
    """Counts a batch; the first of the outcomes are those of what is new."""
    outcomes = outcomes[: len(settled.new)]
    brought.there += settled.there
    brought.newer += settled.newer
    brought.removed += settled.removed
    brought.updated += len(settled.changed)
    brought.conflicts += outcomes.count(Outcome.CONFLICT)
    brought.gone += outcomes.count(Outcome.GONE)
    brought.found += outcomes.count(Outcome.APPLIED)


def _count_unread(brought: Brought, unread: list[Unread]) -> None:
    brought.unread += len(unread)
    brought.problems += unread[: _KEPT - len(brought.problems)]
