"""Reads notes from our JSON lines, and nothing else: each line is checked against what the format says."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from msgspec import MsgspecError

from backscroll.coding.entry import MOST, Entry
from backscroll.errors import AppError
from backscroll.exporting.records import (
    FORMAT,
    VERSION,
    BookmarkLine,
    CodeLine,
    End,
    Header,
    Line,
    annotation_in,
    bookmark_in,
    decode,
)
from backscroll.exporting.returning.notes_file import NotesFile, Piece, Unread

_LONGEST: Final = 8 * 1024**2
"""Bytes of a line: a remark of millions of characters is none."""


def is_notes(path: Path) -> bool:
    """Whether the first line of a file says that it holds notes."""
    try:
        with path.open("rb") as file:
            return isinstance(_decoded(file.readline(4096)), Header)
    except OSError:
        return False


def open_lines(path: Path) -> NotesFile:
    """The notes of a file. Raises AppError where it holds none, or those of a newer version; OSError."""
    return _opened(path.open("rb"), path.name, path.stat().st_size)


def _opened(file: BinaryIO, name: str, total: int) -> NotesFile:
    header = _decoded(file.readline(_LONGEST))
    if not isinstance(header, Header) or header.format != FORMAT:
        raise AppError(
            f"{name} holds no notes of Backscroll", "`backscroll export notes` writes them.", code="no_notes"
        )
    if header.version > VERSION:
        raise AppError(f"{name} was made by a newer Backscroll", "Install the newest version.", code="newer_notes")
    lines = _lines(file)
    codes: list[Entry] = []
    places: dict[UUID, int] = {}
    for position, number, line in lines:
        if not isinstance(line, CodeLine):
            lines = chain([(position, number, line)], lines)
            break
        if len(codes) == MOST:
            raise AppError(f"{name} has too many codes", f"At most {MOST:,} are taken.", code="bad_notes")
        places[line.id] = len(codes)
        codes.append(_entry(line, places))
    return NotesFile(codes, _pieces(lines, name), total)


def _entry(line: CodeLine, places: dict[UUID, int]) -> Entry:
    return Entry(
        line.name,
        line.id,
        places.get(line.parent_id) if line.parent_id else None,
        line.colour,
        line.key,
        line.description,
        line.examples,
        is_retired=line.retired_at is not None,
    )


def _pieces(lines: Iterator[tuple[int, int, "Line | str"]], name: str) -> Iterator[tuple[int, Piece]]:
    for position, number, line in lines:
        if isinstance(line, End):
            return
        yield position, _piece(line, f"line {number}")
    hint = "What was there before its end was brought in; export it again for the rest."
    raise AppError(f"{name} breaks off", hint, code="broken_notes")


def _piece(line: "Line | str", place: str) -> Piece:
    if isinstance(line, str):
        return Unread(place, line)
    if isinstance(line, BookmarkLine):
        return bookmark_in(line)
    if isinstance(line, (CodeLine, Header, End)):
        return Unread(place, "it is neither a bookmark nor an annotation")
    try:
        return annotation_in(line)
    except ValueError as error:
        return Unread(place, str(error))


def _lines(file: BinaryIO) -> Iterator[tuple[int, int, "Line | str"]]:
    """The lines after the header with where they end and their numbers; instead of one that is none, the reason."""
    number, position = 1, file.tell()
    while line := file.readline(_LONGEST):
        number, position = number + 1, position + len(line)
        if line.strip():
            yield position, number, _decoded(line) if len(line) < _LONGEST else "it is too long"


def _decoded(line: bytes) -> "Line | str":
    try:
        return decode(line)
    except (MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return str(error)
