"""What a file can be written as: a name, the endings that mean it, and what writes it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from backscroll.errors import AppError
from backscroll.exporting.target import whole_file

S = TypeVar("S")
Tell: TypeAlias = Callable[[int, int], None]
"""Is told how many are written, and of how many; 0: nobody knows."""


@dataclass(frozen=True, slots=True)
class Format(Generic[S]):
    """A kind of file; `write` fills a path with what is exported, one piece after another."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    write: Callable[[Path, S], Awaitable[None]]

    async def export(self, place: Path, what: S, *, overwrite: bool = False) -> None:
        """Writes a whole file, or none: see `whole_file`. Raises AppError."""
        async with whole_file(place, overwrite=overwrite) as part:
            await self.write(part, what)


def format_for(formats: Sequence[Format[S]], path: Path, name: str | None) -> Format[S]:
    """The format of this name, or the one that a file's ending means. Raises AppError where there is none."""
    if name is not None:
        found = [one for one in formats if one.name == name]
    else:
        longest = max(_fit(one, path) for one in formats)
        found = [one for one in formats if longest and _fit(one, path) == longest]
    if not found:
        known = ", ".join(one.name for one in formats)
        title = f"There is no format {name}" if name else f"The ending of {path.name} means no format"
        raise AppError(title, f"Choose one by --format: {known}.", code="unknown_format")
    return found[0]


def _fit(form: Format[S], path: Path) -> int:
    """How long the ending of a file is that means a format; 0: none does."""
    return max((len(end) for end in form.suffixes if path.name.lower().endswith(end)), default=0)
