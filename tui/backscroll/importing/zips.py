"""Zips from anywhere: what each holds, or why it is refused. Nothing is ever unpacked to the disk."""

import re
import stat
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from backscroll.errors import AppError
from backscroll.model.zip_names import entry_name

ENTRIES_MAX: Final = 100_000
BYTES_MAX: Final = 5 * 1024**3
"""What a zip may unpack to however small it is; beyond that, only to ten times its size."""
RATIO_MAX: Final = 200
"""How much larger an entry may become, if it becomes larger than 10 MB."""
DEPTH_MAX: Final = 64

_BROKEN: Final = (BadZipFile, OSError, NotImplementedError, ValueError, OverflowError, EOFError, struct.error)
_PACKED: Final = (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)
_ENCRYPTED: Final = 0x1 | 0x40
_AES: Final = 99
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_UNPACK: Final = "Unpack it yourself after a look at what it holds, then import the folder."


def open_zip(path: Path) -> tuple[ZipFile, dict[str, ZipInfo]]:
    """The zip, open, and its files by their names. Raises AppError where it is refused; the title says why."""
    try:
        archive = ZipFile(path)
        size = path.stat().st_size
    except _BROKEN as error:
        raise _refused(path, "cannot be unpacked", "Export it again; it is damaged or only a part of a zip.") from error
    entries = [entry for entry in archive.infolist() if not is_clutter(entry.filename)]
    refusal = _size_refusal(entries, size) or _name_refusal(archive.namelist()) or _kind_refusal(entries)
    if refusal is not None:
        archive.close()
        raise _refused(path, *refusal)
    return archive, {entry_name(entry): entry for entry in entries if not entry.is_dir()}


def is_clutter(name: str) -> bool:
    """Whether a name is one that an operating system leaves behind, or hidden."""
    parts = name.split("/")
    return (
        "__MACOSX" in parts
        or any(part.startswith(".") and part not in (".", "..") for part in parts)
        or (parts[-1].lower() in ("thumbs.db", "desktop.ini"))
    )


def _refused(path: Path, what: str, hint: str) -> AppError:
    return AppError(f"{path.name} {what}", hint, code="bad_zip")


def _size_refusal(entries: Sequence[ZipInfo], size: int) -> tuple[str, str] | None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES_MAX or unpacked > max(BYTES_MAX, 10 * size):
        return "holds too much to be read as a zip", _UNPACK
    if sum(entry.compress_size for entry in entries) > size:  # entries that share their bytes
        return "says that it holds more than it does", _UNPACK
    if any(e.file_size > 10 * 1024**2 and e.file_size > RATIO_MAX * max(e.compress_size, 1) for e in entries):
        return "unpacks to an absurd size", _UNPACK
    return None


def _name_refusal(names: Sequence[str]) -> tuple[str, str] | None:
    if any(_leads_out(name) for name in names):
        return "holds names that lead out of it", _UNPACK
    if any(name.count("/") > DEPTH_MAX for name in names):
        return "holds folders in folders without end", _UNPACK
    return None


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or _DRIVE.match(name) is not None


def _kind_refusal(entries: Sequence[ZipInfo]) -> tuple[str, str] | None:
    kinds = {stat.S_IFMT(entry.external_attr >> 16) for entry in entries}
    if kinds - {0, stat.S_IFREG, stat.S_IFDIR}:
        return "holds links or devices", _UNPACK
    if any(entry.flag_bits & _ENCRYPTED or entry.compress_type == _AES for entry in entries):
        return "is encrypted", "Unpack it with its password, then import the folder."
    if any(entry.compress_type not in _PACKED for entry in entries):
        return "is packed in a way that is not known here", "Unpack it yourself, then import the folder."
    return None
