"""A file, a directory or a zip seen as one thing: named members that can be opened and never leave their place."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile, is_zipfile

from backscroll.archive.store import Content
from backscroll.errors import AppError

MEMBERS_MAX = 100_000
BYTES_MAX = 5 * 1024**3
RATIO_MAX = 200


@dataclass(frozen=True, slots=True)
class Export:
    """What a person pointed at.

    `members` are names relative to it, with `/`, sorted; a single file has one, its own name. `sizes` are their
    uncompressed sizes in bytes. A zip stays open as long as its export is used: an archive of 10,000 small members
    would otherwise have its directory read 10,000 times.
    """

    path: Path
    members: tuple[str, ...]
    sizes: dict[str, int] = field(default_factory=dict)
    archive: ZipFile | None = field(default=None, repr=False, compare=False)

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
            stream = self._stream(member)
        except OSError as error:
            raise AppError(
                f"{member} cannot be opened",
                "Check that it is still there and that you may read it.",
                code="cannot_read",
            ) from error
        except (BadZipFile, NotImplementedError, RuntimeError, KeyError) as error:
            raise self._damaged() from error
        try:
            with stream:
                yield stream
        except (BadZipFile, zlib.error) as error:
            raise self._damaged() from error

    def _stream(self, member: str) -> BinaryIO:
        if self.archive is not None:
            return cast("BinaryIO", self.archive.open(member))
        place = self.place(member)
        assert place is not None  # noqa: S101
        return place.open("rb")

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
    """The export at a path. Raises AppError where nothing is there or where a zip is not what it should be."""
    if not path.exists():
        raise AppError(f"{path} is not there", "Check the spelling of the path.", code="no_such_file")
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
        sizes = {p.relative_to(path).as_posix(): p.stat().st_size for p in found}
        sizes = {name: size for name, size in sizes.items() if not is_clutter(name)}
        return Export(path, tuple(sorted(sizes)), sizes)
    if is_zipfile(path) or path.suffix.lower() == ".zip":
        return _open_zip(path)
    return Export(path, (path.name,), {path.name: path.stat().st_size})


def is_clutter(name: str) -> bool:
    """Whether a member's name is one that an operating system leaves behind, or hidden."""
    return name.startswith("__MACOSX/") or any(part.startswith(".") for part in name.split("/"))


def _open_zip(path: Path) -> Export:
    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise AppError(
            f"{path.name} cannot be unpacked",
            "Export it again; the zip is damaged or only a part of one.",
            code="bad_zip",
        ) from error
    entries = [e for e in archive.infolist() if not e.is_dir() and not is_clutter(e.filename)]
    hint = "Unpack it yourself after a look at what it holds, then import the folder."
    if len(entries) > MEMBERS_MAX or sum(e.file_size for e in entries) > BYTES_MAX:
        raise AppError(f"{path.name} holds too much to be read as a zip", hint, code="bad_zip")
    if any(e.file_size > 10 * 1024**2 and e.file_size > RATIO_MAX * max(e.compress_size, 1) for e in entries):
        raise AppError(f"{path.name} unpacks to an absurd size", hint, code="bad_zip")
    if any(e.flag_bits & 0x1 for e in entries):
        hint = "Unpack it with its password, then import the folder."
        raise AppError(f"{path.name} is encrypted", hint, code="bad_zip")
    sizes = {e.filename: e.file_size for e in sorted(entries, key=lambda e: e.filename)}
    return Export(path, tuple(sizes), sizes, archive)
