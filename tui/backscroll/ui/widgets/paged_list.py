"""A list of options that asks for more when its end comes into view."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

Item = TypeVar("Item")

CAP = 2000
"""How many options a list holds at most; it stays quick up to about there."""


class PagedList(OptionList, Generic[Item]):
    """Options for `items`, each drawn by `draw`; grows page by page and keeps the highlight while it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
    ]

    class EndReached(Message):
        """The end of the list came into view, so the next page is wanted."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id, markup=False)
        self.items: list[Item] = []

    def draw(self, item: Item) -> Content:
        """What the list shows of one item; every word of it has passed `safe`."""
        raise NotImplementedError

    @property
    def current(self) -> Item | None:
        """The item under the highlight."""
        return self.items[self.highlighted] if self.highlighted is not None else None

    def show(self, items: Sequence[Item]) -> None:
        """Shows these items, the first `CAP` of them. Those already shown are not drawn again."""
        wanted = list(items[:CAP])
        shown = len(self.items)
        if wanted[:shown] == self.items:
            self.items = wanted
            self.add_options(Option(self.draw(item)) for item in wanted[shown:])
        else:
            highlighted = self.highlighted
            self.items = wanted
            self.set_options(Option(self.draw(item)) for item in wanted)
            self.highlighted = highlighted
        if self.highlighted is None and wanted:
            self.highlighted = 0

    def clear(self) -> None:
        """Shows nothing."""
        self.items = []
        self.clear_options()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Asks for more as soon as less than a screenful is left below."""
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value and new_value + 2 * self.size.height >= self.virtual_size.height:
            self.post_message(self.EndReached())

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Asks for more when the last option is reached without scrolling."""
        super().watch_highlighted(highlighted)
        if highlighted is not None and highlighted == len(self.items) - 1:
            self.post_message(self.EndReached())
