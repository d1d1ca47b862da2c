"""The one door between text that came from outside and any screen or terminal."""

import re
from typing import Final

_NEWLINES: Final = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_MARKS_OVER_FOUR: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_INVISIBLE: Final = (
    "\u00ad\u061c\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"  # soft hyphen, marks, empty joiners
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # bidirectional embedding, override and isolate
    "\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb"
)


def _replacements() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: chr(0x2400 + code) for code in range(0x20) if code != 0x0A}
    table[0x09] = "    "
    table[0x7F] = "\u2421"
    table |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    table |= dict.fromkeys(map(ord, _INVISIBLE))
    table |= dict.fromkeys(range(0xE0000, 0xE0080))
    return table


_TABLE: Final = _replacements()
_ESCAPED_IN_JSON: Final = re.compile(
    "[\u007f-\u009f\ud800-\udfff\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def safe(text: str) -> str:
    """The text with nothing in it that a terminal would act on, and nothing that hides or turns its order.

    Line ends become a newline, a tab four blanks, other control characters their pictures (U+2400..), C1 controls
    and lone surrogates U+FFFD; bidirectional controls, zero-width blanks and tag characters are dropped; at most
    four combining marks stay together. ZWJ, ZWNJ and variation selectors are kept, because emoji and several
    scripts need them. Calling it twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _SURROGATES.sub("\ufffd", _NEWLINES.sub("\n", text)).translate(_TABLE)
    return _MARKS_OVER_FOUR.sub(r"\1", text)


def safe_line(text: str) -> str:
    """`safe`, on one line: for titles, names and lists."""
    return " ".join(safe(text).split())


def safe_json(encoded: str) -> str:
    """A line of JSON in which characters that a terminal would act on are escapes: the same value, nothing lost."""
    return _ESCAPED_IN_JSON.sub(_escape, encoded)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
