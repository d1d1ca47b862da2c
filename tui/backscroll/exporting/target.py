"""A file that is written beside its place and takes it once it is whole: until then nothing of it is to be seen."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TextIO

from backscroll.errors import AppError


@asynccontextmanager
async def whole_file(place: Path, *, overwrite: bool = False) -> AsyncIterator[Path]:
    """A path to write to while the block lasts; when it ends well, the file stands at `place`, readable by its owner.

    Where the block fails or is cancelled nothing is left. Raises AppError where a file is there already and must not
    be overwritten (also one that came meanwhile), and where it cannot be written.
    """
    refuse(place, overwrite=overwrite)
    try:
        with tempfile.NamedTemporaryFile(
            dir=place.parent, prefix=f".{place.name[:80]}.", suffix=".part", delete=False
        ) as made:
            part = Path(made.name)
        try:
            yield part
            await asyncio.to_thread(_take_place, part, place, overwrite=overwrite)
        finally:
            _remove(part)
    except FileExistsError:
        raise _exists(place) from None
    except OSError as error:
        raise AppError(f"{place.name} cannot be written", f"{error.strerror}.", code="cannot_write") from error


def refuse(place: Path, *, overwrite: bool = False) -> None:
    """Raises AppError where a file cannot come to this place, as far as can be told before anything is read for it."""
    if not place.parent.is_dir():
        raise AppError(f"There is no folder {place.parent}", "Make it first.", code="no_such_folder")
    if place.exists() and not place.is_file():
        raise AppError(f"{place.name} is not a file", "Name a file to write to.", code="cannot_write")
    if place.exists() and not overwrite:
        raise _exists(place)


def _exists(place: Path) -> AppError:
    return AppError(
        f"{place.name} is there already", "Name another file, or overwrite it: --force.", code="file_exists"
    )


def _remove(part: Path) -> None:
    """At once, not in a thread: what was cancelled may not wait again."""
    part.unlink(missing_ok=True)


def _take_place(part: Path, place: Path, *, overwrite: bool) -> None:
    with part.open("rb") as written:
        os.fsync(written.fileno())
    if overwrite:
        part.replace(place)
        return
    try:
        place.hardlink_to(part)  # unlike a rename it fails where a file came meanwhile
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        refuse(place)
        part.replace(place)


@contextmanager
def text_file(path: Path) -> Iterator[TextIO]:
    """A text file to write to while the block lasts: UTF-8, lines ended by a newline."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yield file
