"""Undo and redo: what was written in this sitting, and the write that takes each of them back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeAlias

from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationRestore,
    AnnotationSettle,
    AnnotationWrite,
    BookmarkRemove,
    BookmarkRestore,
    BookmarkSet,
    BookmarkSettle,
    Payload,
    Write,
)
from backscroll.writing.written import marked, settled_annotation, settled_bookmark, written

Payloads: TypeAlias = tuple[Payload, ...]


def _unset(write: Write) -> Payloads:
    mark = marked(write)
    before = write.payload.before if isinstance(write.payload, BookmarkSet) else None
    if before is None:
        return (BookmarkRemove(mark.conversation_id, mark.message, mark),)
    return (BookmarkSet(replace(mark, title=before.title, notes=before.notes), mark),)


def _unwrite(write: Write) -> Payloads:
    note = written(write)
    before = write.payload.before if isinstance(write.payload, AnnotationWrite) else None
    return (AnnotationRemove(note) if before is None else AnnotationWrite(before, note),)


def _restored(payload: Any) -> Payloads:
    return (BookmarkRestore(payload.conversation_id, payload.message, payload.before),)


def _removed(payload: Any) -> Payloads:
    return (BookmarkRemove(payload.conversation_id, payload.message),)


def _unsettle_annotation(write: Write) -> Payloads:
    """The conflict is open again: theirs stands as it did, and mine beside it."""
    settled: Any = write.payload
    standing, mine = settled_annotation(settled, write), AnnotationRestore(settled.mine)
    if standing is None:
        return (mine,)
    if standing.id == settled.mine.id:
        return AnnotationRemove(standing), mine
    return AnnotationWrite(settled.theirs, standing), mine


def _unsettle_bookmark(write: Write) -> Payloads:
    settled: Any = write.payload
    standing, copy = settled_bookmark(settled, write), settled.mine
    mine = BookmarkRestore(copy.conversation_id, copy.message, copy)
    if standing is None:
        return (mine,)
    if standing.id == copy.id:
        return BookmarkRemove(standing.conversation_id, standing.message, standing), mine
    return BookmarkSet(settled.theirs, standing), mine


OPPOSITES: Final[dict[type[Any], Callable[[Write], Payloads]]] = {
    BookmarkSet: _unset,
    BookmarkRemove: lambda write: _restored(write.payload),
    BookmarkRestore: lambda write: _removed(write.payload),
    BookmarkSettle: _unsettle_bookmark,
    AnnotationWrite: _unwrite,
    AnnotationRemove: lambda write: (AnnotationRestore(written(write)),),
    AnnotationRestore: lambda write: (AnnotationRemove(written(write)),),
    AnnotationSettle: _unsettle_annotation,
}
"""What takes a write back that itself tells what was there before, by the kind of its payload."""


class Given(NamedTuple):
    """Something whose opposite was told when it was written: `back` takes it back, `forth` writes it again."""

    forth: Payloads
    back: Payloads


class Undone(NamedTuple):
    """Something that was undone: `forth` writes it again; `given` where its opposite was told."""

    forth: Payloads
    given: Given | None


class Undoing:
    """What can be undone and redone: writes like any other, each the opposite of another one."""

    def __init__(self) -> None:
        self._done: list[Write | Given] = []
        self._undone: list[Undone] = []

    def note(self, write: Write, back: Sequence[Payload] = ()) -> None:
        """Something was written: it can be undone, and what was undone before cannot be redone any more.

        `back` takes it back, where its kind has no opposite that can be told from itself.
        """
        if back:
            self._done.append(Given((write.payload,), tuple(back)))
        elif type(write.payload) in OPPOSITES:
            self._done.append(write)
        else:
            return
        self._undone.clear()

    def forget(self, write: Write) -> None:
        """A write did nothing: there is nothing of it to be undone."""
        self._done = [done for done in self._done if isinstance(done, Given) or done.id != write.id]

    def to_undo(self) -> Payloads:
        """What takes back the last thing; nothing where there is none."""
        last = self._done[-1] if self._done else None
        return last.back if isinstance(last, Given) else _opposite(last) if last else ()

    def to_redo(self) -> Payloads:
        """What writes again the thing that was undone last; nothing where there is none."""
        return self._undone[-1].forth if self._undone else ()

    def undone(self, writes: Sequence[Write]) -> None:
        """The last thing was taken back by these writes."""
        last = self._done.pop()
        if isinstance(last, Given):
            self._undone.append(Undone(last.forth, last))
        else:
            self._undone.append(Undone(_forth(last, writes), None))

    def give_up_undoing(self) -> None:
        """The last thing cannot be taken back any more."""
        self._done.pop()

    def give_up_redoing(self) -> None:
        """What was undone last cannot be written again any more."""
        self._undone.pop()

    def redone(self, writes: Sequence[Write]) -> None:
        """What was undone last was written again by these writes."""
        self._done.append(self._undone.pop().given or writes[-1])


def _opposite(write: Write) -> Payloads:
    return OPPOSITES[type(write.payload)](write)


def _forth(write: Write, back: Sequence[Write]) -> Payloads:
    """What writes something again after it was taken back."""
    match write.payload, back[0].payload:
        # The other one is what the undo left.
        case AnnotationSettle() as settled, AnnotationWrite():
            return (replace(settled, theirs=written(back[0])),)
        case BookmarkSettle() as settled, BookmarkSet():
            return (replace(settled, theirs=marked(back[0])),)
        case (AnnotationSettle() | BookmarkSettle()) as settled, _:
            return (settled,)
    return _opposite(back[-1])


_DONE: Final[dict[str, str]] = {
    "set": "{} set",
    "write": "{} written",
    "remove": "{} removed",
    "restore": "{} restored",
    "settle": "Conflict settled",
    "make": "{} made",
    "move": "{} moved",
    "merge": "{} merged",
    "split": "{} split",
    "retire": "{} retired",
    "decide": "Decision of a review",
}


def done(write: Write) -> str:
    """What a write did, in words."""
    thing, _, deed = write.kind.partition(".")
    return _DONE.get(deed, "{} changed").format(thing.capitalize()) + "."
