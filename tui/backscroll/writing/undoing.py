"""Undo and redo: what was written in this sitting, and the write that takes each of them back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationRestore,
    AnnotationWrite,
    BookmarkRemove,
    BookmarkRestore,
    BookmarkSet,
    Payload,
    Write,
)
from backscroll.writing.overlay import marked, written


def _unset(write: Write) -> Payload:
    mark = marked(write)
    before = write.payload.before if isinstance(write.payload, BookmarkSet) else None
    if before is None:
        return BookmarkRemove(mark.conversation_id, mark.message, mark)
    return BookmarkSet(replace(mark, title=before.title, notes=before.notes), mark)


def _unwrite(write: Write) -> Payload:
    note = written(write)
    before = write.payload.before if isinstance(write.payload, AnnotationWrite) else None
    return AnnotationRemove(note) if before is None else AnnotationWrite(before, note)


OPPOSITES: Final[dict[type[Any], Callable[[Write], Payload]]] = {
    BookmarkSet: _unset,
    BookmarkRemove: lambda write: _restored(write.payload),
    BookmarkRestore: lambda write: _removed(write.payload),
    AnnotationWrite: _unwrite,
    AnnotationRemove: lambda write: AnnotationRestore(written(write)),
    AnnotationRestore: lambda write: AnnotationRemove(written(write)),
}
"""What takes a write back that itself tells what was there before, by the kind of its payload."""


def _restored(payload: Any) -> Payload:
    return BookmarkRestore(payload.conversation_id, payload.message, payload.before)


def _removed(payload: Any) -> Payload:
    return BookmarkRemove(payload.conversation_id, payload.message)


class Given(NamedTuple):
    """Something whose opposite was told when it was written: `back` takes it back, `forth` writes it again."""

    forth: tuple[Payload, ...]
    back: tuple[Payload, ...]


class Undoing:
    """What can be undone and redone: writes like any other, each the opposite of another one."""

    def __init__(self) -> None:
        self._done: list[Write | Given] = []
        self._undone: list[Write | Given] = []

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

    def to_undo(self) -> tuple[Payload, ...]:
        """What takes back the last thing; nothing where there is none."""
        last = self._done[-1] if self._done else None
        return last.back if isinstance(last, Given) else (_opposite(last),) if last else ()

    def to_redo(self) -> tuple[Payload, ...]:
        """What writes again the thing that was undone last; nothing where there is none."""
        last = self._undone[-1] if self._undone else None
        return last.forth if isinstance(last, Given) else (_opposite(last),) if last else ()

    def undone(self, write: Write) -> None:
        """The last thing was taken back; `write` is the last of what did so."""
        last = self._done.pop()
        self._undone.append(last if isinstance(last, Given) else write)

    def redone(self, write: Write) -> None:
        """What was undone last was written again; `write` is the last of what did so."""
        last = self._undone.pop()
        self._done.append(last if isinstance(last, Given) else write)


def _opposite(write: Write) -> Payload:
    return OPPOSITES[type(write.payload)](write)


_DONE: Final[dict[str, str]] = {
    "set": "{} set",
    "write": "{} written",
    "remove": "{} removed",
    "restore": "{} restored",
}


def done(write: Write) -> str:
    """What an undoing did, in words."""
    thing, _, deed = write.kind.partition(".")
    return _DONE.get(deed, "{} changed").format(thing.capitalize()) + "."
