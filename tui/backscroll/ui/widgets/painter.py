"""Keeps messages painted while nothing about them changes."""

from dataclasses import dataclass

from textual.cache import LRUCache
from textual.style import Style

from backscroll.model.message import Message
from backscroll.ui.widgets.look import Look, Setting
from backscroll.ui.widgets.message_lines import draw
from backscroll.ui.widgets.painting import Paint, Painted, painted

_HELD = 100
"""Messages that stay painted: a view of short ones, and those a screenful before and after it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under all messages, and what comes upon it under the selected ones and the one with the cursor."""

    base: Style
    selected: Style
    cursor: Style


class Painter:
    """The lines of messages in one look and on one ground."""

    def __init__(self) -> None:
        self._look: Look | None = None
        self._ground: Ground | None = None
        self._held: LRUCache[tuple[object, ...], tuple[Message, list[Painted]]] = LRUCache(_HELD)

    def take(self, look: Look, ground: Ground) -> None:
        """Lets go of what was painted in another look, or on another ground."""
        if look is not self._look or ground != self._ground:
            self._look, self._ground = look, ground
            self._held.clear()

    def lines(self, message: Message, setting: Setting, *, is_selected: bool, has_cursor: bool) -> list[Painted]:
        """All lines of a message, in the look and on the ground that were taken; none before."""
        look, ground = self._look, self._ground
        if look is None or ground is None:
            return []
        key = (message.id, setting, is_selected, has_cursor)
        held = self._held.get(key)
        if held is None or held[0] is not message:
            paint = _paint(look, ground, is_selected=is_selected, has_cursor=has_cursor)
            held = self._held[key] = message, painted(draw(message, setting, look), look.width, paint)
        return held[1]


def _paint(look: Look, ground: Ground, *, is_selected: bool, has_cursor: bool) -> Paint:
    own = ground.base + ground.selected if is_selected else ground.base
    if not has_cursor:
        return Paint(ground.base, own)
    own += ground.cursor
    return Paint(ground.base, own, own + look.styles.bar)
