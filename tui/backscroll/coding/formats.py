"""The kinds of files that a codebook is written to and read from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backscroll.coding import outline, refi, table
from backscroll.coding.entry import Read
from backscroll.errors import AppError
from backscroll.model.code import Codebook


@dataclass(frozen=True, slots=True)
class CodebookFormat:
    """A kind of file, by its endings."""

    title: str
    suffixes: tuple[str, ...]
    write: Callable[[Path, Codebook], None]
    read: Callable[[Path], Read]


FORMATS: Final = (
    CodebookFormat("REFI-QDA codebook", (".qdc",), refi.write, refi.read),
    CodebookFormat("CSV", (".csv",), table.write, table.read),
    CodebookFormat("YAML", (".yaml", ".yml"), outline.write, outline.read),
)


def format_of(path: Path) -> CodebookFormat:
    """The format that the ending of a file means. Raises AppError where it means none."""
    for one in FORMATS:
        if path.name.lower().endswith(one.suffixes):
            return one
    known = ", ".join(f"{one.suffixes[0]} ({one.title})" for one in FORMATS)
    raise AppError(
        f"The ending of {path.name} means no codebook", f"Name it with one of: {known}.", code="unknown_format"
    )
