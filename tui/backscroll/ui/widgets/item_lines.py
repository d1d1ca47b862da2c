"""Draws items line by line: only the lines in view exist, and the view stays put when items come or change."""

from bisect import bisect_right
from collections.abc import Hashable, Iterable
from itertools import accumulate
from typing import ClassVar, Generic, TypeVar

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

Item = TypeVar("Item")

_KEPT = 60
"""Items whose strips are kept: those in view, and a few on either side."""


class ItemLines(ScrollView, Generic[Item]):
    """Items of one or more lines each, one of them highlighted; an heir says how an item is drawn and how high."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"paged-list--highlighted", "paged-list--hovered"}

    highlighted: var[int | None] = var(None, init=False)
    """Which item the keys act on; None only while there are no items."""
    hovered: var[int | None] = var(None, init=False)
    """Which item the mouse is over."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.items: list[Item] = []
        self._ends: list[int] = []
        self._strips: LRUCache[tuple[int, int, Style], list[Strip]] = LRUCache(_KEPT)

    # What an heir says

    def draw(self, item: Item) -> Content | Visual:
        """What the list shows of one item; every word of it has passed `safe`."""
        raise NotImplementedError

    def lines(self, item: Item) -> int:  # noqa: ARG002  (an heir's)
        """How many lines an item takes; asked of every item, so it has to be cheap."""
        return 1

    def head(self, item: Item) -> Content | None:  # noqa: ARG002  (an heir's)
        """A line above an item that is no part of it: the highlight leaves it out."""
        return None

    def key(self, item: Item) -> Hashable:
        """What stays the same of an item while its figures change: the highlight stays on it."""
        return item

    # Items

    @property
    def current(self) -> Item | None:
        """The item under the highlight."""
        return self.items[self.highlighted] if self.highlighted is not None else None

    def replace_items(self, items: Iterable[Item]) -> None:
        """Takes other items; the highlight stays on its item and row, or in its place where that is gone."""
        before, row = self.current, self._row_of_highlight()
        self.hovered = None
        self.items, self._ends = [], []
        self.append_items(items)
        self.redraw()
        found = self._place_of(before) if before is not None else 0
        self.set_reactive(ItemLines.highlighted, found if self.items else None)
        if found is not None and row is not None and self.scroll_offset.y:
            self.scroll_line(self.top(found) - row)
        self.reveal()

    def append_items(self, items: Iterable[Item]) -> None:
        """Takes more items below."""
        start = len(self.items)
        self.items.extend(items)
        heights = (self.lines(item) + (self.head(item) is not None) for item in self.items[start:])
        ends = accumulate(heights, initial=self._ends[-1] if self._ends else 0)
        next(ends)
        self._ends.extend(ends)
        self._measure()

    def put(self, index: int, item: Item) -> None:
        """Shows a newer version of one item, of as many lines."""
        self.items[index] = item
        self.redraw()

    def redraw(self) -> None:
        """Draws anew what is in view, where something else than the items has changed."""
        self._strips.clear()
        self.refresh()

    def _place_of(self, item: Item) -> int | None:
        place, key = self.highlighted or 0, self.key(item)
        if place < len(self.items) and self.key(self.items[place]) == key:
            return place
        found = next((index for index, other in enumerate(self.items) if self.key(other) == key), place)
        return min(found, len(self.items) - 1) if self.items else None

    # Lines

    @property
    def view_height(self) -> int:
        """Lines that are in view."""
        return self.scrollable_content_region.height

    @property
    def lines_below(self) -> int:
        """Lines that the list holds below those in view."""
        return max(0, self.virtual_size.height - self.scroll_offset.y - self.view_height)

    def top(self, index: int) -> int:
        """The first line of an item."""
        return self._ends[index - 1] if index else 0

    def at_line(self, line: int) -> int | None:
        """The item that has a line; None below the last one."""
        index = bisect_right(self._ends, line)
        return index if line >= 0 and index < len(self._ends) else None

    def scroll_line(self, line: int) -> None:
        """Makes a line the first in view, as far as there are enough below it."""
        self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def reveal(self) -> None:
        """Scrolls as little as shows the highlighted item."""
        if self.highlighted is None or not self.view_height:
            return
        top, end, first = self.top(self.highlighted), self._ends[self.highlighted], self.scroll_offset.y
        if top < first:
            self.scroll_line(top)
        elif end > first + self.view_height:
            self.scroll_line(end - self.view_height)

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self._ends[-1] if self._ends else 0)

    def _row_of_highlight(self) -> int | None:
        if self.highlighted is None:
            return None
        row = self.top(self.highlighted) - self.scroll_offset.y
        return row if 0 <= row < self.view_height else None

    def on_resize(self) -> None:
        """Takes the new width; the highlight stays in view."""
        self._measure()
        self.reveal()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the view; the strips of an item are kept while nothing about it changes."""
        line = self.scroll_offset.y + y
        index = self.at_line(line)
        width = self.scrollable_content_region.width
        if index is None:
            return Strip.blank(width, self.visual_style.rich_style)
        return self._strips_of(index, width)[line - self.top(index)]

    def _strips_of(self, index: int, width: int) -> list[Strip]:
        style = self.visual_style
        if index in {self.highlighted, self.hovered}:
            part = "highlighted" if index == self.highlighted else "hovered"
            style = self.get_visual_style(f"paged-list--{part}")
        strips = self._strips.get((index, width, style))
        if strips is None:
            strips = self._strips[index, width, style] = self._drawn(index, width, style)
        return strips

    def _drawn(self, index: int, width: int, style: Style) -> list[Strip]:
        head, height = self.head(self.items[index]), self._ends[index] - self.top(index)
        above = self._strips_from(head, width, 1, self.visual_style) if head is not None else []
        return above + self._strips_from(self.draw(self.items[index]), width, height - len(above), style)

    def _strips_from(self, drawn: Content | Visual, width: int, height: int, style: Style) -> list[Strip]:
        strips = Visual.to_strips(self, drawn, max(1, width - 1), height, style)
        strips += [Strip([])] * (height - len(strips))
        return [strip.adjust_cell_length(width, style.rich_style) for strip in strips]

    def validate_highlighted(self, highlighted: int | None) -> int | None:
        """One of the items, the nearest to what was asked for."""
        return max(0, min(highlighted, len(self.items) - 1)) if highlighted is not None and self.items else None

    def watch_highlighted(self, before: int | None, now: int | None) -> None:
        """Shows where the highlight is now."""
        self._refresh_items(before, now)
        self.reveal()

    def watch_hovered(self, before: int | None, now: int | None) -> None:
        """Shows what a click would choose."""
        self._refresh_items(before, now)

    def _refresh_items(self, *indexes: int | None) -> None:
        for index in indexes:
            if index is not None and index < len(self.items):
                self.refresh_lines(self.top(index), self._ends[index] - self.top(index))

    def notify_style_update(self) -> None:
        """Takes the colours of another theme."""
        super().notify_style_update()
        self.redraw()
