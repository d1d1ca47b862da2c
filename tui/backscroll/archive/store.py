"""The files of attachments on this machine: what they hold is kept once, under its sha256."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, TypeAlias
from uuid import uuid4

from backscroll.archive.server import locks
from backscroll.errors import AppError

_CHUNK: Final = 1024**2
_FOLDER: Final = "attachments"
_COMING: Final = "coming"
_DAMAGED: Final = "damaged"
_ARCHIVES: Final = "archives"
_NAMED: Final = "named"
_NAME_MAX: Final = 80
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")

Content: TypeAlias = Callable[[], AbstractContextManager[BinaryIO]]
"""Opens the bytes of a file, as often as it is called. Raises OSError or AppError where they cannot be read."""


class Digest(NamedTuple):
    """What a file holds, in short: its sha256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


def digest_of(
    stream: BinaryIO, told: Callable[[int], None] = lambda _: None, into: Callable[[bytes], None] = lambda _: None
) -> Digest:
    """The digest of what a stream holds. `told` is given the bytes of each step, `into` the bytes themselves."""
    hashed, size = sha256(), 0
    while chunk := stream.read(_CHUNK):
        hashed.update(chunk)
        into(chunk)
        size += len(chunk)
        told(len(chunk))
    return Digest(hashed.hexdigest(), size)


def stored_path(digest: str) -> str:
    """Where a store keeps what has this sha256, relative to its home: the path that the database holds."""
    return f"{_FOLDER}/{digest[:2]}/{digest[2:]}"


def is_stored(path: str | None, digest: str | None) -> bool:
    """Whether a path is that of a store, on this machine or another one."""
    return bool(path and digest and _DIGEST.fullmatch(digest) and path.endswith(stored_path(digest)))


def named(place: Path, file_name: str) -> Path:
    """A link to a stored file that bears the file's own name, by which other programs know what it is.

    Raises OSError.
    """
    folder = place.parent.parent / _NAMED / (place.parent.name + place.name)
    link = folder / (file_name.replace("/", "_").replace("\0", "_").lstrip(".")[-_NAME_MAX:] or "file")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(place)
    return link


class Store:
    """The folder of files in an archive's home, its owner's alone. All of it blocks: nothing for an event loop.

    `archive` tells apart the archives that keep their files in one home; there is no secret in it.
    """

    def __init__(self, home: Path, archive: str) -> None:
        self._home = home.absolute()
        self._archive = archive
        self.folder = self._home / _FOLDER

    def place(self, digest: str) -> Path:
        """Where what has this sha256 lies, or would lie."""
        return self._home / stored_path(digest)

    def located(self, path: str | None, digest: str | None) -> str | None:
        """A path of the database as one of this machine: what is stored lies in this home."""
        if digest is None or not is_stored(path, digest) or path != stored_path(digest):
            return path
        return str(self.place(digest))

    def has(self, digest: str, size: int | None = None) -> bool:
        """Whether a file with this sha256 is there; with a size in bytes, in this size."""
        try:
            found = self.place(digest).lstat().st_size
        except (OSError, ValueError):
            return False
        return size is None or found == size

    @contextmanager
    def adding(self) -> Iterator[None]:
        """The block may put files; what an import that was killed left unfinished goes first. Raises AppError."""
        with self._writing():
            for name in ("", _COMING, _ARCHIVES):
                (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / _ARCHIVES / self._archive).touch(mode=0o600)
            alone = locks.try_exclusive(self._lock)
            if alone is not None:
                for left in (self.folder / _COMING).iterdir():
                    left.unlink()
                os.close(alone)
            held = locks.shared(self._lock)
        try:
            yield
        finally:
            os.close(held)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody puts files during the block. Raises AppError where somebody does."""
        if not self.folder.is_dir():
            yield
            return
        held = locks.try_exclusive(self._lock)
        if held is None:
            raise AppError("An import is bringing files in", "Do it again when the import is over.", code="busy")
        try:
            yield
        finally:
            os.close(held)

    def put(self, content: Content, told: Callable[[int], None] = lambda _: None) -> Digest:
        """Copies a file into the store; what is there already stays. `told` is given the bytes of each step.

        It gets its name when all of it is on the disk, not before. Raises AppError where it cannot be written (code
        `cannot_keep`), and whatever `content` raises.
        """
        coming = self.folder / _COMING / uuid4().hex
        try:
            with content() as stream:
                with self._writing():
                    file = coming.open("xb")
                with file:
                    digest = digest_of(stream, told, self._writer(file))
                    if not self.has(*digest):
                        self._name(file, coming, digest.sha256)
        finally:
            coming.unlink(missing_ok=True)
        return digest

    def _writer(self, file: BinaryIO) -> Callable[[bytes], None]:
        def write(chunk: bytes) -> None:
            with self._writing():
                file.write(chunk)

        return write

    def _name(self, file: BinaryIO, coming: Path, digest: str) -> None:
        place = self.place(digest)
        with self._writing():
            file.flush()
            os.fchmod(file.fileno(), 0o400)
            os.fsync(file.fileno())
            if not place.parent.is_dir():
                place.parent.mkdir(mode=0o700, exist_ok=True)
                _sync(self.folder)
            coming.replace(place)
            _sync(place.parent)

    def stored(self) -> Iterator[Digest]:
        """The name and the size of every file that is there, in the order of their names."""
        for folder in _listed(self.folder):
            if len(folder.name) == 2 and folder.is_dir():
                for file in _listed(folder):
                    yield Digest(folder.name + file.name, file.lstat().st_size)

    def is_sound(self, digest: str) -> bool:
        """Whether a stored file holds what its name says; reads all of it."""
        try:
            with self.place(digest).open("rb") as stream:
                return digest_of(stream).sha256 == digest
        except OSError:
            return False

    def others(self) -> int:
        """How many other archives keep files here."""
        return sum(marked.name != self._archive for marked in _listed(self.folder / _ARCHIVES))

    def remove(self, digest: str) -> None:
        """Deletes a file for good. Raises AppError."""
        with self._writing():
            self.place(digest).unlink(missing_ok=True)

    def set_aside(self, digest: str) -> None:
        """Moves a damaged file to the folder of those, so that an import can bring the right one. Raises AppError."""
        with self._writing():
            (self.folder / _DAMAGED).mkdir(mode=0o700, exist_ok=True)
            self.place(digest).replace(self.folder / _DAMAGED / digest)

    @property
    def _lock(self) -> Path:
        return self.folder / "lock"

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise AppError(
                f"Files cannot be kept in {self.folder}",
                f"{error.strerror}. Make room there, or import with --link: files then stay where they are.",
                code="cannot_keep",
            ) from error


def _listed(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
