"""Writes XML piece by piece: elements with their attributes, every text escaped and fit for XML."""

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_UNFIT: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACED: Final = "\ufffd"


def opening(name: str, /, **attributes: object) -> str:
    """The beginning of an element; attributes that are None are left out."""
    return f"<{name}{_shown(attributes)}>\n"


def closing(name: str) -> str:
    """The end of an element."""
    return f"</{name}>\n"


def empty(name: str, /, **attributes: object) -> str:
    """An element without content."""
    return f"<{name}{_shown(attributes)}/>\n"


def with_text(name: str, text: str) -> str:
    """An element that holds a text; nothing where that is empty."""
    return f"<{name}>{escape(_UNFIT.sub(_REPLACED, text))}</{name}>\n" if text else ""


def _shown(attributes: dict[str, object]) -> str:
    told = ((name, value) for name, value in attributes.items() if value is not None)
    return "".join(f" {name}={quoteattr(_UNFIT.sub(_REPLACED, str(value)))}" for name, value in told)
