"""Rows of a table as a stream, each with its line; one broken quotation does not swallow the rest of the file."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

ROW_MAX: Final = 4 * 1024**2
ROW_LINES_MAX: Final = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, or None with the raw line and the reason why it cannot be read; `line` counts from 1."""

    line: int
    cells: list[str] | None
    raw: str = ""
    reason: str = ""


class _Lines:
    """Lines for the CSV reader, with the lines of the row at hand kept so that they can be read again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._size = 0
        self.at_hand: list[str] = []
        self.number = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._size > ROW_MAX or len(self.at_hand) > ROW_LINES_MAX:
            raise csv.Error("a quotation does not end")
        line = self._again.popleft() if self._again else next(self._lines)
        self.at_hand.append(line)
        self._size += len(line)
        return line

    def row_is_done(self) -> None:
        self.number += len(self.at_hand)
        self.at_hand.clear()
        self._size = 0

    def keep_only_first(self) -> str:
        """Gives back all lines of the row at hand but the first, and tells that one."""
        first, *others = self.at_hand
        self._again.extendleft(reversed(others))
        self.at_hand = [first]
        return first


def rows(text: Iterable[str], separator: str, width: int) -> Iterator[Row]:
    """Every row that is not blank. Cells may hold line breaks inside quotation marks, which are doubled inside a cell.

    Where the quotation marks of a row do not fit together, its first line is cut at the separators alone.
    """
    csv.field_size_limit(2 * ROW_MAX)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        number = lines.number
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raw = lines.keep_only_first().rstrip("\r\n")
            cells = raw.split(separator)
            row = Row(number, cells) if len(cells) == width else Row(number, None, raw, str(error))
            reader = csv.reader(lines, delimiter=separator, strict=True)
        else:
            row = Row(number, cells)
        lines.row_is_done()
        if row.cells is None or len(row.cells) == width:
            yield row
        elif row.cells:
            reason = f"{len(row.cells)} cells instead of {width}"
            yield Row(number, None, separator.join(row.cells), reason)
