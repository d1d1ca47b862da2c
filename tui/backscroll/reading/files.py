"""The files that came with messages: whether they are still where the import found them, and what is in them."""

import zlib
from enum import Enum
from pathlib import Path
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile

from backscroll.model.links import is_link
from backscroll.model.message import Attachment


class FileState(Enum):
    """Where an attachment's file is."""

    THERE = "there"
    ZIPPED = "in the zip"
    GONE = "no longer there"
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
    try:
        place = Path(path)
        if not place.is_absolute():
            return FileState.IN_EXPORT
        if not place.is_file():
            return FileState.GONE
    except (OSError, ValueError):  # a name that no file can have
        return FileState.GONE
    return FileState.ZIPPED if _is_zip_of(place, attachment) else FileState.THERE


def file_content(attachment: Attachment, at_most: int) -> bytes:
    """The file's bytes, from the zip where it lies in one. Raises OSError where they cannot be read or are too many."""
    try:
        place = Path(attachment.path or "")
        if _is_zip_of(place, attachment):
            return _unzipped(place, attachment.file_name or "", at_most)
        with place.open("rb") as stream:
            return _bounded(stream.read(at_most + 1), at_most)
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        raise OSError("the file cannot be read") from error


def _unzipped(place: Path, file_name: str, at_most: int) -> bytes:
    wanted = normalize("NFC", file_name)
    with ZipFile(place) as archive:
        found = [m for m in archive.infolist() if normalize("NFC", m.filename.rpartition("/")[2]) == wanted]
        if len(found) != 1:
            raise OSError("the zip does not hold the file")
        with archive.open(found[0]) as stream:
            return _bounded(stream.read(at_most + 1), at_most)


def _bounded(content: bytes, at_most: int) -> bytes:
    if len(content) > at_most:
        raise OSError(f"the file is larger than {at_most // 10**6} MB")
    return content


def _is_zip_of(place: Path, attachment: Attachment) -> bool:
    return place.suffix.lower() == ".zip" and not (attachment.file_name or "").lower().endswith(".zip")
