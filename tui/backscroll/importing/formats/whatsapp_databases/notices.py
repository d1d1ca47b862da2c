"""What WhatsApp itself says in a chat, by the number under which Android's databases keep it."""

from collections.abc import Sequence
from typing import Final

_ALONE: Final = {
    6: "changed the group's picture",
    9: "created a broadcast list",
    10: "changed the phone number",
    27: "changed the group's description",
    28: "changed the phone number",
}
_OVER_OTHERS: Final = {
    4: "added",
    12: "added",
    7: "removed",
    14: "removed",
    15: "made an admin of",
    16: "dismissed as admin",
}
_BY_ITSELF: Final = {
    18: "The security code changed",
    19: "Messages are end-to-end encrypted",
    46: "This is a business account",
    67: "Messages are end-to-end encrypted",
}


def notice_words(action: int | None, actor: str, others: Sequence[str], said: str, before: str = "") -> str:
    """The words for a notice; `said` is the text that is kept with it, `before` what was changed."""
    whom = ", ".join(others)
    if action in _BY_ITSELF:
        return _BY_ITSELF[action]
    words = _did(action, whom, said, before)
    if words:
        return f"{actor or 'Somebody'} {words}"
    parts = [part for part in (actor, said, whom) if part]
    return f"WhatsApp notice {action}{': ' if parts else ''}{', '.join(parts)}" if action else ", ".join(parts)


def _did(action: int | None, whom: str, said: str, before: str) -> str:
    if action == 1:
        return f"changed the subject{f' from “{before}”' if before else ''} to “{said}”"
    if action == 11:
        return f"created the group{f' “{said}”' if said else ''}"
    if action in (5, 13):
        return "left"
    if action == 20:
        return "joined by an invitation link"
    if action in _OVER_OTHERS:
        return f"{_OVER_OTHERS[action]} {whom or 'somebody'}"
    return _ALONE.get(action or 0, "")
