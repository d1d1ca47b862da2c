"""What a file of notes holds, whatever its format: a codebook, then notes one after another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.coding.entry import Entry
from backscroll.exporting.collection import Note

UNKNOWN: Final = UUID(int=0)
"""The id of a message of which a file tells only the chat and the time."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece that could not be read: where it stands, and why."""

    place: str
    reason: str


Piece: TypeAlias = Note | Unread


@dataclass(frozen=True, slots=True)
class NotesFile:
    """A file of notes, opened: its codes, and its notes, to be read once.

    Every code has an id; codes that annotations bear may be missing. Before each note comes how much was read, which
    counts against `total`, in whatever measure. Reading raises AppError where the file breaks off. `quotes_texts` where
    notes quote a text of messages, as it lies in the file, rather than the messages themselves.
    """

    codes: Sequence[Entry]
    pieces: Iterator[tuple[int, Piece]]
    total: int
    quotes_texts: bool = False
