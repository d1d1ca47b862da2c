"""The text in `attributedBody`: a string with attributes in a typedstream, of which only the words are read."""

import re
from typing import Final

# The first object of class NSString (or NSMutableString, whose parents follow): its type `+`, then length and bytes.
_STRING: Final = re.compile(rb"NS(?:Mutable)?String\x01(?:[^+]{1,40}?)\x84\x01\+", re.DOTALL)
_LITTLE: Final = b"streamtyped"
_LENGTHS: Final = {0x81: 2, 0x82: 4}


def text_of(data: object) -> str:
    """The words of an archived string; empty where the bytes are none, or end too early."""
    if not isinstance(data, bytes):
        return ""
    found = _STRING.search(data)
    if found is None:
        return ""
    at = found.end()
    width = _LENGTHS.get(data[at], 0) if at < len(data) else 0
    begins = at + 1 + width
    size = int.from_bytes(data[begins - width if width else at : begins], "little" if _LITTLE in data[:16] else "big")
    words = data[begins : begins + size]
    return words.decode("utf-8", "replace") if len(words) == size else ""
