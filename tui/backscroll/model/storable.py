"""Foreign text made fit for the database, which refuses a NUL and half a surrogate pair."""

import re
from typing import Final

_LONE: Final = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with every NUL as its picture (U+2400) and every lone surrogate as U+FFFD; otherwise the very same."""
    if "\0" in text:
        text = text.replace("\0", "\u2400")
    if text.isascii() or _LONE.search(text) is None:
        return text
    return _LONE.sub("\ufffd", text)


def storable_value(value: object) -> object:
    """A JSON value with every text in it, keys included, made storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable_value(inner) for inner in value]
    return value
