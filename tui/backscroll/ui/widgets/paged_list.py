"""A list of any length that is walked by keys and mouse, and asks for more before its end comes into view."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from backscroll.ui.widgets.item_lines import Item, ItemLines


class About(Message):
    """Something that concerns one item of a list."""

    def __init__(self, listed: "PagedList[Any]", index: int) -> None:
        super().__init__()
        self.listed = listed
        self.index = index
        self.item = listed.items[index]

    @property
    def control(self) -> "PagedList[Any]":
        """The list, for the selectors of `on`."""
        return self.listed


class PagedList(ItemLines[Item], can_focus=True):
    """Items that come page by page; the highlight and the view stay while they do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("home,g", "first", "First", show=False),
        Binding("end,G", "last", "Last", show=False),
        Binding("enter", "select", "Select", show=False),
    ]

    class EndReached(Message):
        """Less than a screenful is left below: a page is wanted, or, where `is_all_wanted`, as much as may be."""

        def __init__(self, *, is_all_wanted: bool) -> None:
            super().__init__()
            self.is_all_wanted = is_all_wanted

    class Highlighted(About):
        """Another item is highlighted."""

    class Selected(About):
        """An item was chosen, by Enter or by a click."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self._asked_at = 0
        self.is_going_to_end = False
        """Whether someone wants the very last item and waits for it."""

    def show(self, items: Iterable[Item]) -> None:
        """Shows these items; the highlight stays on its item, or in its place where that is not listed any more."""
        before = self.current
        self._asked_at, self.is_going_to_end = 0, False
        self.replace_items(items)
        if self.highlighted is not None and self.current != before:
            self.post_message(self.Highlighted(self, self.highlighted))
        self._ask_ahead()

    def add(self, items: Sequence[Item], *, is_last: bool = False) -> None:
        """Shows more items below; after those of the last page, and where there are none, nothing more is to come."""
        self.append_items(items)
        if self.is_going_to_end:
            self.highlighted = len(self.items) - 1
            self.is_going_to_end = bool(items) and not is_last
        elif self.highlighted is None:
            self.highlighted = 0
        self._ask_ahead()

    def clear(self) -> None:
        """Shows nothing."""
        self.show(())
        self.scroll_line(0)

    def ask(self) -> None:
        """Asks for more where the end is near, also when it did so before and nobody could listen."""
        self._asked_at = 0
        self._ask_ahead()

    def _ask_ahead(self) -> None:
        if self.items and self.view_height > self.lines_below and self._asked_at != len(self.items):
            self._asked_at = len(self.items)
            self.post_message(self.EndReached(is_all_wanted=self.is_going_to_end))

    # Keys

    def action_move(self, step: int) -> None:
        """The next or previous item."""
        self._go((self.highlighted or 0) + step)

    def action_page(self, pages: int) -> None:
        """A screenful up or down."""
        if self.highlighted is not None:
            found = self.at_line(max(0, self.top(self.highlighted) + pages * self.view_height))
            self._go(len(self.items) if found is None else found)

    def action_first(self) -> None:
        """The first item."""
        self._go(0)

    def action_last(self) -> None:
        """The very last item: what is not loaded yet is asked for until all is there, or until one goes elsewhere."""
        self._go(len(self.items), is_to_end=True)

    def action_select(self) -> None:
        """Chooses the highlighted item."""
        if self.highlighted is not None:
            self.post_message(self.Selected(self, self.highlighted))

    def _go(self, index: int, *, is_to_end: bool = False) -> None:
        self.is_going_to_end = is_to_end
        if index >= len(self.items):
            self._asked_at = 0  # asked again: a page that failed is tried once more
        self.highlighted = index
        self._ask_ahead()

    def watch_highlighted(self, before: int | None, now: int | None) -> None:
        """Says so, too."""
        super().watch_highlighted(before, now)
        if now is not None:
            self.post_message(self.Highlighted(self, now))

    # Mouse and size

    def on_click(self, event: events.Click) -> None:
        """Chooses what is clicked."""
        index = self._under(event)
        if index is not None:
            self._go(index)
            self.action_select()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Shows what a click would choose."""
        self.hovered = self._under(event)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self.hovered = None

    def on_mouse_scroll_up(self) -> None:
        """Who scrolls up does not wait for the end."""
        self.is_going_to_end = False

    def _under(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        return self.at_line(self.scroll_offset.y + offset.y) if offset else None

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Asks for more as soon as less than a screenful is left below."""
        super().watch_scroll_y(old_value, new_value)
        self._ask_ahead()

    def on_resize(self) -> None:
        """A taller view may show the end."""
        self._ask_ahead()
