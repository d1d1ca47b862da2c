"""The files that came with messages: whether they are still where the import found them, and what is in them."""

import zlib
from enum import Enum
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from backscroll.archive.store import is_stored
from backscroll.model.links import is_link
from backscroll.model.message import Attachment
from backscroll.model.zip_names import entry_name


class FileState(Enum):
    """Where an attachment's file is."""

    THERE = "there"
    ZIPPED = "in the zip"
    GONE = "no longer there"
    ELSEWHERE = "not among the files of this machine"
    ADDRESS = "on the net"
    IN_EXPORT = "somewhere in the export"
    UNKNOWN = "the export came without it"


def file_state(attachment: Attachment) -> FileState:
    """Where the file is now. Asks the file system, so it may take a while."""
    path = attachment.path
    if not path:
        return FileState.UNKNOWN
    if is_link(path):
        return FileState.ADDRESS
    if not Path(path).is_absolute():
        return FileState.IN_EXPORT
    absent = FileState.ELSEWHERE if is_stored(path, attachment.sha256) else FileState.GONE
    try:
        is_zipped = not Path(path).is_file() and zip_of(path) is not None
        return FileState.ZIPPED if is_zipped else FileState.THERE if Path(path).is_file() else absent
    except (OSError, ValueError):  # a name that no file can have
        return absent


def zip_of(path: str) -> tuple[Path, str] | None:
    """The zip that a place leads into, and the name of the file in it; None for any other place."""
    for above in Path(path).parents:
        if above.is_file():
            return (above, Path(path).relative_to(above).as_posix()) if is_zipfile(above) else None
    return None


def file_content(attachment: Attachment, at_most: int) -> bytes:
    """The file's bytes, from the zip where it lies in one. Raises OSError where they cannot be read or are too many."""
    path = attachment.path or ""
    try:
        packed = zip_of(path)
        if packed is not None:
            return _unpacked(*packed, at_most)
        with Path(path).open("rb") as stream:
            return _bounded(stream.read(at_most + 1), at_most)
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        raise OSError("the file cannot be read") from error


def _unpacked(place: Path, name: str, at_most: int) -> bytes:
    with ZipFile(place) as archive:
        found = next((entry for entry in archive.infolist() if entry_name(entry) == name), None)
        if found is None:
            raise OSError("the zip does not hold the file any more")
        with archive.open(found) as stream:
            return _bounded(stream.read(at_most + 1), at_most)


def _bounded(content: bytes, at_most: int) -> bytes:
    if len(content) > at_most:
        raise OSError(f"the file is larger than {at_most // 10**6} MB")
    return content
