"""A chat in two lines: its title, when it was last used and what is unread; then who said what last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from backscroll.model.conversation import UNREAD_CAP, ChatOrder, Conversation, Listing, Shelf
from backscroll.model.message import Kind
from backscroll.reading.labels import CLIP, ICONS
from backscroll.text import safe_line
from backscroll.ui.widgets.moments import short_time

_PIN = "📌 "


@dataclass(frozen=True, slots=True)
class CardSetting:
    """What a card depends on besides its chat; `spans` are the letters of the title that are lit."""

    now: datetime
    zone: tzinfo | None
    listing: Listing
    is_open: bool = False
    spans: Sequence[tuple[int, int]] = ()


class ChatCard(Visual):
    """Two lines that fill whatever width the list has."""

    def __init__(self, chat: Conversation, setting: CardSetting) -> None:
        title = lit_title(safe_line(chat.title), setting.spans) if chat.title else Content("untitled")
        self._title = title.stylize_before("bold") if setting.is_open or chat.unread else title
        self._mark = Content("▸ " if setting.is_open else "  ").stylize("$text-accent")
        pin = _PIN if chat.is_pinned and chat.shelf is Shelf.LISTED else ""
        self._side = Content(pin + _measure(chat, setting)).stylize("dim")
        self._unread = Content(_unread(chat.unread)).stylize("$text-warning bold")
        shelf = "" if chat.shelf is setting.listing.shelf else f"{chat.shelf} · "
        self._last = Content(shelf + _last(chat)).stylize("dim")

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Both lines, the right parts at the right edge."""
        first = _spread(Content.assemble(self._mark, self._title), self._side, width)
        second = _spread(Content.assemble("  ", self._last), self._unread, width)
        strips = [strip for line in (first, second) for strip in line.render_strips(width, 1, style, options)]
        return strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002  (the protocol's)
        """All that there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002  (the protocol's)
        """Always two lines."""
        return 2


def lit_title(title: str, spans: Sequence[tuple[int, int]]) -> Content:
    """A title that has passed `safe_line`, with the letters lit that were looked for."""
    content = Content(title)
    for start, end in spans:
        content = content.stylize("$text-accent bold underline", start, end)
    return content


def _measure(chat: Conversation, setting: CardSetting) -> str:
    """What the list goes by: how many messages, or else when the last one came."""
    if setting.listing.order is ChatOrder.SIZE:
        return f"{chat.message_count:,}"
    return short_time(chat.last_message_at, setting.now, setting.zone) if chat.last_message_at else ""


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
