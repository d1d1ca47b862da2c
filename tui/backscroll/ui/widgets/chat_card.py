"""A chat in two lines: its title, when it was last used and what is unread; then who said what last."""

from datetime import datetime, tzinfo

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from backscroll.model.conversation import UNREAD_CAP, Conversation
from backscroll.model.message import Kind
from backscroll.reading.labels import CLIP, ICONS
from backscroll.text import safe_line
from backscroll.ui.widgets.moments import short_time


class ChatCard(Visual):
    """Two lines that fill whatever width the list has."""

    def __init__(self, chat: Conversation, now: datetime, zone: tzinfo | None, *, is_open: bool) -> None:
        self._title = Content(safe_line(chat.title) or "untitled")
        self._when = Content(short_time(chat.last_message_at, now, zone) if chat.last_message_at else "")
        self._unread = Content(_unread(chat.unread))
        self._last = Content(_last(chat))
        self._is_open = is_open

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Both lines, the right parts at the right edge."""
        title = self._title.stylize("bold") if self._is_open or self._unread else self._title
        mark = Content("▸ " if self._is_open else "  ").stylize("$text-accent")
        first = _spread(Content.assemble(mark, title), self._when.stylize("$foreground-muted"), width)
        unread = self._unread.stylize("$text-warning bold")
        second = _spread(Content.assemble("  ", self._last.stylize("$foreground-muted")), unread, width)
        strips = [strip for line in (first, second) for strip in line.render_strips(width, 1, style, options)]
        return strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002  (the protocol's)
        """All that there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002  (the protocol's)
        """Always two lines."""
        return 2


def _spread(left: Content, right: Content, width: int) -> Content:
    room = width - right.cell_length - (1 if right else 0)
    left = left.truncate(max(0, room), ellipsis=True)
    return Content.assemble(left, " " * max(0, width - left.cell_length - right.cell_length), right)


def _unread(count: int) -> str:
    return "" if not count else "999+" if count >= UNREAD_CAP else str(count)


def _last(chat: Conversation) -> str:
    if chat.last_kind is None:
        return "no messages"
    text = safe_line(chat.last_text or "") or f"{ICONS.get(chat.last_kind, CLIP)} {chat.last_kind}"
    sender = safe_line(chat.last_sender or "") if chat.last_kind is not Kind.SYSTEM else ""
    return f"{sender}: {text}" if sender else text
