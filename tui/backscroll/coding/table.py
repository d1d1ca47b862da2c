"""Codebooks as CSV, for spreadsheets: one code a row, each below the one that it stands under."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from uuid import UUID

from backscroll.coding.entry import MOST, Entry, Read, content_of, entries_of, identity_of, unreadable
from backscroll.model.code import Codebook
from backscroll.spreadsheets import armed, table

COLUMNS: Final = ("id", "path", "colour", "key", "description", "examples", "retired", "annotations")
_SLASH: Final = re.compile(r"(?<!\\)/")


def write(path: Path, book: Codebook) -> None:
    """Writes all codes, retired ones too; `annotations` is how many bear the code itself."""
    line: list[str] = []
    with table(path, COLUMNS) as add_row:
        for depth, entry in entries_of(book, with_retired=True):
            line[depth:] = [entry.name.replace("/", "\\/")]
            retired = "yes" if entry.is_retired else ""
            uses = book.uses(entry.id).own if entry.id else 0
            fields = (entry.colour, entry.key, entry.description, entry.examples)
            add_row([str(entry.id), "/".join(line), *fields, retired, uses])


def read(path: Path) -> Read:
    """Reads a table with a column `path` (Theme/Part) or `name`; the others may be missing. Raises AppError."""
    try:
        text = content_of(path).decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        columns = {name.strip().lower(): name for name in rows.fieldnames or ()}
        if not columns.keys() & {"path", "name"}:
            raise unreadable(path, f"Its first line names no column path. Columns: {', '.join(COLUMNS)}.")
        cells = ({name: armed(row.get(column) or "") for name, column in columns.items()} for row in rows)
        return Read(tuple(_entries(path, cells, set(columns))))
    except UnicodeDecodeError:
        raise unreadable(path, "It is not in UTF-8: save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise unreadable(path, f"It is not CSV: {error}.") from None


def _entries(path: Path, rows: Iterator[Mapping[str, str]], columns: set[str]) -> Iterator[Entry]:
    places: dict[tuple[str, ...], int] = {}
    made = 0
    for row in rows:
        names = [part.replace("\\/", "/").strip() for part in _SLASH.split(row.get("path") or row.get("name") or "")]
        if not any(names):
            continue
        for depth in range(1, len(names) + 1):
            line = tuple(name.casefold() for name in names[:depth])
            is_whole = depth == len(names)
            if line in places and not is_whole:
                continue
            if made >= MOST:
                raise unreadable(path, f"It has more than {MOST:,} codes.")
            above = places.get(line[:-1])
            places[line] = made
            made += 1
            yield _entry(names[-1], above, row, columns) if is_whole else Entry(names[depth - 1], above=above)


def _entry(name: str, above: int | None, row: Mapping[str, str], columns: set[str]) -> Entry:
    said = {field: row[field] for field in ("colour", "key", "description", "examples") if field in columns}
    identity: UUID | None = identity_of(row.get("id", ""))
    return Entry(name, identity, above, **said, is_retired=bool(row.get("retired", "").strip()))
