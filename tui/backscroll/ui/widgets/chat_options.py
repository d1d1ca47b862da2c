"""The chats themselves as a list of cards, with the keys that sort, filter and keep them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import ClassVar
from uuid import UUID

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from backscroll.model.conversation import Conversation, Listing
from backscroll.ui.widgets.chat_card import CardSetting, ChatCard
from backscroll.ui.widgets.paged_list import PagedList


class ChatOptions(PagedList[Conversation]):
    """Chats, two lines each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "screen.sort", "Sort", show=False, tooltip="Sort the chats another way"),
        Binding("F", "screen.filters", "Filters", show=False, tooltip="Filter the chats: kind, shelf, unread"),
        Binding("p", "screen.pin", "Pin", show=False, tooltip="Pin the chat, or let it go"),
        Binding("e", "screen.archive", "Archive", show=False, tooltip="Archive the chat, or list it again"),
        Binding("x", "screen.hide", "Hide", show=False, tooltip="Hide the chat, or list it again"),
        Binding("L", "screen.language", "Language", show=False, tooltip="Say which language the chat is in"),
        Binding("u", "screen.unread", "Unread", show=False, tooltip="Mark the chat read, or unread"),
        Binding("escape", "screen.unfilter", "All chats", show=False, tooltip="Show all chats again"),
    ]

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__(id="chat-options")
        self.zone = zone
        self.listing = Listing()
        self.open_chat: UUID | None = None
        self.lit: Mapping[UUID, Sequence[tuple[int, int]]] = {}
        self.nothing = ""
        """What is said where there are no chats."""

    def draw(self, item: Conversation) -> Visual:
        """The chat's card."""
        is_open = item.id == self.open_chat
        return ChatCard(
            item, CardSetting(datetime.now(UTC), self.zone, self.listing, is_open, self.lit.get(item.id, ()))
        )

    def lines(self, item: Conversation) -> int:  # noqa: ARG002  (the list's)
        """Always two."""
        return 2

    def key(self, item: Conversation) -> UUID:
        """A chat stays the same while its figures change."""
        return item.id

    @property
    def in_view(self) -> list[Conversation]:
        """The chats that have a line in view."""
        top = self.scroll_offset.y
        first, last = self.at_line(top), self.at_line(top + self.view_height)
        return self.items[first : None if last is None else last + 1] if first is not None else []

    def place_of(self, chat: UUID) -> int | None:
        """Where a chat stands."""
        return next((place for place, item in enumerate(self.items) if item.id == chat), None)

    def render_line(self, y: int) -> Strip:
        """One line of the view: of a chat, or of what is said where there are none."""
        width = self.scrollable_content_region.width
        if self.items or not self.nothing or width < 8:
            return super().render_line(y)
        lines = Content(self.nothing).stylize("$foreground-muted").wrap(width - 4)
        if not 1 <= y <= len(lines):
            return super().render_line(y)
        base = self.visual_style
        line = Content.assemble("  ", lines[y - 1])
        return Strip(line.render_segments(base), line.cell_length).adjust_cell_length(width, base.rich_style)
