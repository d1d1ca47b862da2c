"""A file, a directory or a zip seen as one thing: named members that can be opened and never leave their place."""

import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from lzma import LZMAError
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Final, NamedTuple, cast
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from backscroll.archive.store import Content
from backscroll.errors import AppError
from backscroll.importing.tree import Folder, walk
from backscroll.importing.zips import open_zip

_DAMAGED: Final = (BadZipFile, EOFError, zlib.error, LZMAError)


@dataclass(frozen=True, slots=True)
class Export:
    """What a person pointed at.

    `members` are names relative to it, with `/`, sorted; a single file has one, its own name. `sizes` are their
    uncompressed sizes in bytes. A zip stays open as long as its export is used: an archive of 10,000 small members
    would otherwise have its directory read 10,000 times. Several threads may read.
    """

    path: Path
    members: tuple[str, ...]
    sizes: dict[str, int] = field(default_factory=dict)
    archive: ZipFile | None = field(default=None, repr=False, compare=False)
    entries: dict[str, ZipInfo] = field(default_factory=dict, repr=False, compare=False)
    _turn: Lock = field(default_factory=Lock, repr=False, compare=False)

    @property
    def is_zip(self) -> bool:
        """Whether the members lie in a zip."""
        return self.archive is not None

    @property
    def is_folder(self) -> bool:
        """Whether the members lie in a directory."""
        return self.archive is None and self.path.is_dir()

    @property
    def name(self) -> str:
        """The file's or the directory's own name, with its suffix."""
        return self.path.resolve().name

    def size(self, member: str) -> int:
        """The member's uncompressed size in bytes."""
        return self.sizes[member]

    def place(self, member: str) -> Path | None:
        """Where the member lies as a file of its own; None inside a zip."""
        if self.is_zip:
            return None
        return self.path / member if self.is_folder else self.path

    def beside(self, member: str, file_name: str) -> "Beside | None":
        """The file of that name beside the member, or in a folder beside it (`photos/a.jpg`); None where none is.

        `file_name` comes from inside the export: it never leads out of the member's own folder.
        """
        file_name = file_name.removeprefix("./")
        if "\\" in file_name or "\0" in file_name or any(part in ("", ".", "..") for part in file_name.split("/")):
            return None
        names = dict.fromkeys((file_name, normalize("NFC", file_name), normalize("NFD", file_name)))
        return next((found for name in names if (found := self._beside(member, name))), None)

    def _beside(self, member: str, file_name: str) -> "Beside | None":
        if not self.is_zip and not self.is_folder:
            return _in_folder(self.path.absolute().parent, file_name)
        sibling = member.rpartition("/")[0] + "/" + file_name if "/" in member else file_name
        return self.file(sibling) if sibling in self.sizes else None

    def file(self, member: str) -> "Beside":
        """A member as the file of a message."""
        return Beside(self.sizes[member], str(self.path.absolute() / member), partial(self.open, member))

    @contextmanager
    def open(self, member: str) -> Iterator[BinaryIO]:
        """The member's bytes, streamed; nothing is extracted.

        Raises AppError where the file cannot be opened, and where a zip is damaged or lies about its size.
        """
        try:
            with self._turn:  # a zip counts those who read it, and not safely
                stream = self._stream(member)
        except (OSError, NotImplementedError, RuntimeError, *_DAMAGED) as error:
            raise self._damaged() if self.is_zip else self._unreadable(member) from error
        try:
            yield stream
        except _DAMAGED as error:
            raise self._damaged() from error
        finally:
            with self._turn:
                stream.close()

    def _stream(self, member: str) -> BinaryIO:
        if self.archive is not None:
            return cast("BinaryIO", self.archive.open(self.entries[member]))
        place = self.place(member)
        assert place is not None  # noqa: S101
        return place.open("rb")

    def _unreadable(self, member: str) -> AppError:
        hint = "Check that it is still there and that you may read it."
        return AppError(f"{member} cannot be opened", hint, code="cannot_read")

    def _damaged(self) -> AppError:
        return AppError(
            f"{self.name} cannot be unpacked", "Export it again; the zip is damaged or encrypted.", code="bad_zip"
        )

    def read(self, member: str, at_most: int = 64 * 1024**2) -> bytes:
        """The member's first `at_most` bytes, for small files and for a look at a large one."""
        with self.open(member) as stream:
            return stream.read(at_most)


class Beside(NamedTuple):
    """A file that a message names: its size in bytes, its place, and what opens it.

    The place is absolute; for a file in a zip it is the zip's place with the member's name after it.
    """

    size: int
    path: str
    open: Content


def _in_folder(folder: Path, file_name: str) -> Beside | None:
    place = folder / file_name
    try:
        is_here = place.is_file() and place.resolve() == folder.resolve() / file_name  # no link leads elsewhere
        return Beside(place.stat().st_size, str(place), lambda: place.open("rb")) if is_here else None
    except (OSError, RuntimeError):  # a name too long to be a file's, a link in a circle
        return None


def open_export(path: Path) -> Export:
    """The export at a path. Raises AppError where nothing is there, or what is there is refused."""
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except OSError as error:
        raise AppError(
            f"{path} is not there, or may not be read", "Check the spelling of the path.", code="no_such_file"
        ) from error
    if kind == stat.S_IFDIR:
        return folder_export(walk(path)[0])
    if kind != stat.S_IFREG:
        raise AppError(f"{path} is a pipe or a device", "Point at a file, a zip or a folder.", code="cannot_read")
    if path.suffix.lower() == ".zip" or is_zipfile(path):
        archive, entries = open_zip(path)
        sizes = {name: entries[name].file_size for name in sorted(entries)}
        return Export(path, tuple(sizes), sizes, archive, entries)
    return Export(path, (path.name,), {path.name: path.stat().st_size})


def folder_export(folder: Folder) -> Export:
    """A directory as one export."""
    sizes = folder.sizes()
    return Export(folder.path, tuple(sorted(sizes)), sizes)
