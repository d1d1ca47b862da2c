"""What an entry of a zip is called: in UTF-8, in what its packer wrote beside, or in the zip's own old alphabet."""

from typing import Final
from zipfile import ZipInfo
from zlib import crc32

_IS_UTF8: Final = 0x800
_UNICODE_PATH: Final = 0x7075


def entry_name(entry: ZipInfo) -> str:
    """The name as whoever packed it meant it.

    Packers often write UTF-8 without saying so, which `zipfile` reads as code page 437; where it is neither UTF-8 nor
    told in an extra field, that reading stays: every byte has a letter there, and nothing is lost.
    """
    name = entry.filename
    if entry.flag_bits & _IS_UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return _told(entry.extra, raw) or raw.decode("utf-8")
    except UnicodeDecodeError:
        return name


def _told(extra: bytes, raw: bytes) -> str | None:
    """The name in the extra field for it, where that was made for this very name."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        field = extra[4 : 4 + size]
        if kind == _UNICODE_PATH and field[:1] == b"\x01" and field[1:5] == crc32(raw).to_bytes(4, "little"):
            return field[5:].decode("utf-8")
        extra = extra[4 + size :]
    return None
