"""Tables that a spreadsheet opens without running anything that is in them."""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from backscroll.text import safe

Cell: TypeAlias = str | int | None
AddRow: TypeAlias = Callable[[Iterable[Cell]], None]
_FORMULAS: Final = tuple("=+-@\t\r＝＋－＠")


@contextmanager
def table(path: Path, columns: Iterable[str]) -> Iterator[AddRow]:
    """Adds rows to a CSV file with headings while the block lasts; texts are cleaned as for a screen, and `defused`.

    The file is UTF-8 with a byte order mark, by which spreadsheets know it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        yield lambda cells: rows.writerow([defused(cell) if isinstance(cell, str) else cell for cell in cells])


def defused(cell: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before = + - @, a tab or a carriage return."""
    is_formula = cell.startswith(_FORMULAS) or cell.lstrip().startswith(_FORMULAS)
    return f"'{safe(cell)}" if is_formula else safe(cell)


def armed(cell: str) -> str:
    """The text that was `defused` into a cell."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip().startswith(_FORMULAS) else cell
