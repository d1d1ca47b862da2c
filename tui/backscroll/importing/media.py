"""What a file's name tells: its media type, and which kind of message it makes."""

from mimetypes import MimeTypes
from typing import Final

from backscroll.model.message import Kind

# Python's own table only: the system's would give other answers on other machines.
_TYPES: Final = MimeTypes()
for _type, _suffix in (
    ("image/webp", ".webp"),
    ("image/heic", ".heic"),
    ("audio/ogg", ".opus"),
    ("audio/ogg", ".ogg"),
    ("audio/mp4", ".m4a"),
    ("audio/aac", ".aac"),
    ("audio/amr", ".amr"),
    ("video/3gpp", ".3gp"),
    ("text/vcard", ".vcf"),
    ("application/zip", ".zip"),
):
    _TYPES.add_type(_type, _suffix)

_KINDS: Final = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO}


def mime_type(file_name: str) -> str | None:
    """The media type that the name's suffix stands for, or None."""
    return _TYPES.guess_type("x." + file_name.rpartition(".")[2], strict=False)[0] if "." in file_name else None


def kind_of(mime: str | None, file_name: str | None = None) -> Kind:
    """The kind of message that a file of this media type makes; anything unknown is a document."""
    if mime == "image/webp" and file_name and any(word in file_name.upper() for word in ("STK", "STICKER")):
        return Kind.STICKER
    if mime in ("text/vcard", "text/x-vcard"):
        return Kind.CONTACT
    return _KINDS.get((mime or "").partition("/")[0], Kind.DOCUMENT)
