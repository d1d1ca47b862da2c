"""The words and the files of a letter: its plain text, or its HTML as text."""

import re
from binascii import Error as BadBase64
from collections.abc import Iterator
from email.message import Message
from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import Final

from backscroll.importing.enclosing import Enclosed
from backscroll.importing.formats.mail.headers import header
from backscroll.importing.hypertext import plain
from backscroll.model.message import Attachment

_PARTS_MAX: Final = 1000
_LINES: Final = re.compile(r"\r\n?")


def parts_of(letter: Message) -> list[Message]:
    """The parts that hold something, in order."""
    found: list[Message] = []
    waiting: list[Message] = [letter]
    while waiting and len(found) < _PARTS_MAX:
        part = waiting.pop()
        inner = part.get_payload()
        if part.is_multipart() and isinstance(inner, list):
            waiting += reversed([one for one in inner if isinstance(one, Message)])
        else:
            found.append(part)
    return found


def words_of(parts: list[Message]) -> str:
    """The plain text of the letter; where it has none, its HTML as text."""
    for kind in ("text/plain", "text/html"):
        said = [_text(part) for part in parts if part.get_content_type() == kind and not _is_file(part)]
        words = "\n\n".join(plain(one) if kind == "text/html" else one for one in said).strip()
        if words:
            return words
    return ""


def files_of(parts: list[Message]) -> Iterator[Attachment]:
    """The files of the letter, with their sha256 and their bytes."""
    for part in parts:
        if _is_file(part):
            content = _bytes(part)
            name = _file_name(part)
            yield Enclosed(
                name,
                part.get_content_type(),
                len(content),
                sha256(content).hexdigest(),
                None,
                partial(BytesIO, content),
            )


def _is_file(part: Message) -> bool:
    return (
        part.get_content_disposition() == "attachment"
        or part.get_content_maintype() != "text"
        or bool(_file_name(part))
    )


def _file_name(part: Message) -> str | None:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError):
        return None
    if not name:
        return None
    shown = Message()
    shown["name"] = name.replace("\n", " ").replace("\r", " ")
    return header(shown, "name").replace("\\", "/").rpartition("/")[2] or None


def _bytes(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, BadBase64, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    return str(part.get_payload() or "").encode("utf-8", "surrogateescape")


def _text(part: Message) -> str:
    content = _bytes(part)
    try:
        words = content.decode(str(part.get_content_charset() or "utf-8"), "strict")
    except (LookupError, ValueError):
        try:
            words = content.decode("utf-8")
        except ValueError:
            words = content.decode("cp1252", "replace")
    return _LINES.sub("\n", words)
