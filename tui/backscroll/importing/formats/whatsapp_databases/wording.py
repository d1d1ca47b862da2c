"""Words for what has no text: places, contacts, calls, polls."""

import re
from collections.abc import Iterable
from typing import Final

_FOLDED: Final = re.compile(r"\r?\n[ \t]")
_FIELD: Final = re.compile(r"^(?:item\d+\.)?(FN|TEL)(?:;[^:\n]*)?:(.+)$", re.MULTILINE | re.IGNORECASE)


def place_words(latitude: object, longitude: object, *names: str) -> str:
    """A place by its names and its numbers, as far as they are known."""
    numbers = [f"{n:.6f}" for n in (latitude, longitude) if isinstance(n, int | float) and abs(n) <= 180]
    where = ", ".join(numbers) if len(numbers) == 2 and any(float(n) for n in numbers) else ""
    return ", ".join(part for part in (*names, where) if part)


def contact_words(card: str) -> str:
    """The name and the telephone numbers of a vCard."""
    found = [(key.upper(), value.strip()) for key, value in _FIELD.findall(_FOLDED.sub("", card))]
    names = [value for key, value in found if key == "FN"][:1]
    return ", ".join(dict.fromkeys(names + [value for key, value in found if key == "TEL"]))


def call_words(*, video: bool, seconds: int, by_owner: bool) -> str:
    """A call: how long it was, or that nobody answered."""
    name = "Video call" if video else "Voice call"
    if seconds:
        return f"{name}, {seconds // 60}:{seconds % 60:02}"
    return f"{name}, not answered" if by_owner else f"Missed {name.lower()}"


def poll_words(question: str, options: Iterable[tuple[str, int]]) -> str:
    """A poll with the votes for each option."""
    return "\n".join([question, *(f"• {name} ({votes})" for name, votes in options)]).strip()
