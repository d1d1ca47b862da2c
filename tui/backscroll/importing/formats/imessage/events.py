"""What Messages says itself: who came and went, what a group was called, what was shared."""

from typing import Final

from backscroll.importing.databases import Row
from backscroll.importing.documents import text

_PARTICIPANT, _NAME, _ACTION, _LOCATION, _AUDIO, _CALL = 1, 2, 3, 4, 5, 6
_ACTIONS: Final = {0: "left", 1: "changed the group's picture", 2: "removed the group's picture"}


def is_event(row: Row) -> bool:
    """Whether a row is no message but something that happened in the chat."""
    return isinstance(row["item_type"], int) and row["item_type"] > 0


def event_words(row: Row, actor: str, other: str) -> str:
    """The words for an event, beginning with whoever did it."""
    kind, action = row["item_type"], row["group_action_type"]
    if kind == _PARTICIPANT:
        return f"{actor} {'removed' if action == 1 else 'added'} {other or 'somebody'}"
    if kind == _NAME:
        title = text(row["group_title"])
        return f"{actor} named the group “{title}”" if title else f"{actor} removed the group's name"
    if kind == _ACTION:
        done = _ACTIONS.get(action if isinstance(action, int) else 0, f"changed the group ({action})")
        return f"{actor} {done}"
    if kind == _LOCATION:
        return f"{actor} {'stopped' if row['share_status'] == 1 else 'started'} sharing the location"
    if kind == _AUDIO:
        return f"{actor} kept an audio message"
    return f"{actor} began a call" if kind == _CALL else f"Messages notice {kind}: {actor}"
