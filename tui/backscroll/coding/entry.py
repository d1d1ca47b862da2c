"""A codebook as a file has it: codes in their order, each after the one that it stands under."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from backscroll.errors import AppError
from backscroll.model.code import Codebook

LARGEST: Final = 16 * 1024**2
"""Bytes; a codebook of thousands of codes with long descriptions takes a few of these."""
MOST: Final = 20_000
DEEPEST: Final = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """A code of a file; `above` is the place of its parent in the file's list. None: the file does not say."""

    name: str
    id: UUID | None = None
    above: int | None = None
    colour: str | None = None
    key: str | None = None
    description: str | None = None
    examples: str | None = None
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds, and what of it has no place here, in words."""

    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()


def entries_of(book: Codebook, *, with_retired: bool) -> Iterator[tuple[int, Entry]]:
    """The codes of a codebook as entries, with how deep they stand."""
    places: dict[UUID, int] = {}
    for depth, code in book.walk(with_retired=with_retired):
        above = places.get(code.parent_id) if code.parent_id else None
        places[code.id] = len(places)
        yield (
            depth,
            Entry(
                code.name,
                code.id,
                above,
                code.colour,
                code.key,
                code.description,
                code.examples,
                is_retired=not code.is_alive,
            ),
        )


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises AppError where it cannot be read or is larger than any codebook."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise AppError(f"{path.name} cannot be read", f"{error.strerror}.", code="cannot_read") from None
    if len(content) > LARGEST:
        raise AppError(f"{path.name} is too large", f"A codebook has at most {LARGEST:,} bytes.", code="bad_codebook")
    return content


def identity_of(text: str) -> UUID | None:
    """The id that a text is, in braces or not; None where it is none."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def unreadable(path: Path, why: str) -> AppError:
    """The error of a file that is no codebook."""
    return AppError(f"{path.name} is no codebook that can be read", why, code="bad_codebook")
