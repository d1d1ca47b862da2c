"""What a person may do to the codebook: every change as a value, to be kept, sent and taken back.

`author` is the reviewer's name, empty for the archive's own user.
"""

from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.model.code import Codebook


@dataclass(frozen=True, slots=True)
class MakeCode:
    """Makes a code; `position` is its place among those below `parent` (None: behind them)."""

    code: UUID
    name: str
    parent: UUID | None = None
    colour: str = ""
    key: str = ""
    description: str = ""
    examples: str = ""
    position: int | None = None
    author: str = ""


@dataclass(frozen=True, slots=True)
class ChangeCode:
    """Changes some of a code's fields (`code_fields.FIELDS`) to `now`.

    `seen` is what the person saw in them: where that is no longer so, somebody else's change would be lost.
    """

    code: UUID
    seen: dict[str, str]
    now: dict[str, str]
    author: str = ""


@dataclass(frozen=True, slots=True)
class MoveCode:
    """Puts a code with all below it under another one (None: to the top), at a place among those there."""

    code: UUID
    parent: UUID | None
    position: int | None = None
    author: str = ""


@dataclass(frozen=True, slots=True)
class MergeCode:
    """Gives the annotations of a code to another one, and those below it too; the code is retired."""

    code: UUID
    into: UUID
    author: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A code that comes of a split."""

    code: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SplitCode:
    """Makes several codes of one. One that is kept has them below it; else it is retired, and they stand in its place.

    Annotations keep the old code: which of the new ones they should bear, a person has to say.
    """

    code: UUID
    parts: tuple[Part, ...]
    is_kept: bool = False
    author: str = ""


@dataclass(frozen=True, slots=True)
class RetireCode:
    """Takes a code and all below it out of use."""

    code: UUID
    author: str = ""


@dataclass(frozen=True, slots=True)
class RestoreCode:
    """Takes a code into use again with what was retired with it; one that was merged gets its annotations back."""

    code: UUID
    author: str = ""


CodeWrite: TypeAlias = MakeCode | ChangeCode | MoveCode | MergeCode | SplitCode | RetireCode | RestoreCode

KINDS: Final[dict[str, type[CodeWrite]]] = {
    "code.make": MakeCode,
    "code.change": ChangeCode,
    "code.move": MoveCode,
    "code.merge": MergeCode,
    "code.split": SplitCode,
    "code.retire": RetireCode,
    "code.restore": RestoreCode,
}
"""The kinds of writes by their names in the outbox."""


def opposite(book: Codebook, write: CodeWrite) -> tuple[CodeWrite, ...]:
    """The writes that take one back, in their order and by the same author; `book` is the codebook from before it."""
    back: tuple[CodeWrite, ...]
    match write:
        case MakeCode():
            back = (RetireCode(write.code),)
        case ChangeCode():
            back = (ChangeCode(write.code, seen=write.now, now=write.seen),)
        case MoveCode():
            back = _moved_back(book, [write.code])
        case MergeCode():
            back = RestoreCode(write.code), *_moved_back(book, _ids_below(book, write.code))
        case SplitCode():
            back = _joined_again(book, write)
        case RetireCode():
            back = (RestoreCode(write.code),)
        case RestoreCode():
            back = (_away_again(book, write.code),)
    return tuple(replace(one, author=write.author) for one in back)


def _joined_again(book: Codebook, write: SplitCode) -> tuple[CodeWrite, ...]:
    away = tuple(RetireCode(part.code) for part in write.parts)
    if write.is_kept:
        return away
    return *away, RestoreCode(write.code), *_moved_back(book, _ids_below(book, write.code))


def _away_again(book: Codebook, identity: UUID) -> CodeWrite:
    code = book.get(identity)
    if code is not None and code.merged_into is not None:
        return MergeCode(identity, code.merged_into)
    return RetireCode(identity)


def _ids_below(book: Codebook, code: UUID) -> list[UUID]:
    return [child.id for child in book.below(code)]


def _moved_back(book: Codebook, codes: list[UUID]) -> tuple[CodeWrite, ...]:
    known = (code for identity in codes if (code := book.get(identity)))
    return tuple(MoveCode(code.id, code.parent_id, book.below(code.parent_id).index(code)) for code in known)
