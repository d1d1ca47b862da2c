"""What the headers of a letter tell, in whatever way they were encoded."""

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

_IDENTIFIER: Final = re.compile(r"<([^<>\s]{1,998})>")
_ANSWER: Final = re.compile(
    r"^\s*(?:(?:re|aw|fw|fwd|wg|sv|vs|tr|antw|odp|rif|res|enc)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
_BLANK: Final = re.compile(r"\s+")


def header(letter: Message, name: str) -> str:
    """A header's words in one line; empty where there is none. Unknown encodings are read as far as they go."""
    value = letter.get(name)
    if value is None:
        return ""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        parts = [(str(value), None)]
    words = "".join(_decoded(part, charset) for part, charset in parts)
    return _BLANK.sub(" ", words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")).strip()


def _decoded(part: str | bytes, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "utf-8", "replace")
    except LookupError:
        return part.decode("latin-1")


def identifiers(letter: Message, name: str) -> list[str]:
    """The ids of letters in a header, in order."""
    return _IDENTIFIER.findall(header(letter, name))


def sender(letter: Message) -> tuple[str, str]:
    """The address of whoever wrote it, in small letters, and the name beside it."""
    for name in ("From", "Sender", "Reply-To"):
        for shown, address in getaddresses([header(letter, name)]):
            if address or shown:
                return (address or shown).lower(), shown or address
    return "unknown", "unknown"


def sent(letter: Message) -> datetime:
    """When it was written, in UTC; without a date, when it was received. Raises ValueError where neither is told."""
    received = header(letter, "Received").rpartition(";")[2]
    for shown in (header(letter, "Date"), received, header(letter, "Delivery-Date")):
        try:
            moment = parsedate_to_datetime(shown)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    raise ValueError("it has no date that can be read")


def topic(subject: str) -> str:
    """The subject without the marks of answers and forwards."""
    return _ANSWER.sub("", subject)
