"""The addresses in a message's words: which parts of a text are links, and which links may ever be followed."""

import re
from typing import Final
from urllib.parse import urlsplit

_LINK: Final = re.compile(
    r"\bhttps?://[^\s<>\"'`\x00-\x1f\x7f-\x9f]*[^\s<>\"'`.,;:!?)\]}\x00-\x1f\x7f-\x9f]", re.IGNORECASE
)


def link_spans(text: str) -> list[tuple[int, int]]:
    """Where the links of a text begin and end, in its order; they never overlap."""
    return [match.span() for match in _LINK.finditer(text) if is_link(match.group())]


def links(text: str) -> list[str]:
    """The links of a text as they are written there, each once, in its order."""
    return list(dict.fromkeys(text[start:end] for start, end in link_spans(text)))


def is_link(address: str) -> bool:
    """Whether an address may be handed to a browser: http or https, with a host and nothing invisible in it."""
    if not address.isprintable() or any(character.isspace() for character in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
