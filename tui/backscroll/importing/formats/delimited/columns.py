"""Which column means what, and by which character the columns are separated."""

import csv
from collections.abc import Sequence
from typing import Final

from backscroll.errors import AppError

MEANINGS: Final = ("chat_id", "chat", "sent_at", "sender_id", "sender", "id", "text", "thread", "parent", "kind")
SKIP: Final = "-"
SEPARATORS: Final = "\t,;|"
_SAMPLE_ROWS = 20


def checked(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns as they are, or AppError where a word is unknown, stands twice or an indispensable one is missing."""
    hint = f"Known are {', '.join(MEANINGS)}, and {SKIP} for a column to skip; sent_at, text and a sender are needed."
    names = tuple(column.strip() for column in columns)
    used = [name for name in names if name != SKIP]
    unknown = [name for name in used if name not in MEANINGS]
    if unknown:
        raise AppError(f"No column can mean {unknown[0]!r}", hint, code="bad_columns")
    if len(set(used)) < len(used):
        raise AppError("Two columns have the same meaning", hint, code="bad_columns")
    if not is_enough(used):
        raise AppError("These columns do not make a message", hint, code="bad_columns")
    return names


def is_enough(names: Sequence[str]) -> bool:
    """Whether the meanings suffice for a message: when, what and by whom."""
    return {"sent_at", "text"} <= set(names) and bool({"sender", "sender_id"} & set(names))


def header_in(row: Sequence[str]) -> tuple[str, ...] | None:
    """The columns that a header row names, `-` for words that mean nothing here; None where the row is no header."""
    words = tuple(cell.strip().lower().replace(" ", "_") for cell in row)
    names = tuple(word if word in MEANINGS else SKIP for word in words)
    used = [name for name in names if name != SKIP]
    return names if len(set(used)) == len(used) and is_enough(used) else None


def separator_in(head: str, columns: Sequence[str] | None) -> str | None:
    """The character between cells: the one that cuts most rows into the columns, or finds a header row.

    None where none of tab, comma, semicolon and bar does.
    """
    fits = {separator: _fit(head, separator, columns) for separator in SEPARATORS}
    best = max(fits, key=lambda separator: fits[separator])
    return best if fits[best] else None


def _fit(head: str, separator: str, columns: Sequence[str] | None) -> int:
    rows = sample(head, separator)
    if columns is None:
        return 1 if rows and header_in(rows[0]) else 0
    return sum(len(row) == len(columns) for row in rows)


def sample(head: str, separator: str, count: int = _SAMPLE_ROWS) -> list[list[str]]:
    """The first rows of a file, as far as they can be read at all."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(head.splitlines(keepends=True), delimiter=separator):
            if row:
                rows.append(row)
            if len(rows) == count:
                break
    except csv.Error:
        pass
    return rows
