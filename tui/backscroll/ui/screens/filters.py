"""Asks which chats are to be listed: their kind, shelf and source, only unread or bookmarked ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from backscroll.model.conversation import Listing, Shelf, Source
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.widgets.chat_list import KINDS
from backscroll.ui.widgets.paged_list import PagedList

_SIDE_BY_SIDE = 40
_LABEL = 11


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: a field of `Listing`, its values in the words of the screen, and which it is."""

    field: str
    label: str
    values: tuple[tuple[Any, str], ...]
    at: int = 0

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self.values[self.at][0]

    def turned(self, step: int) -> "Choice":
        """The same with the next value, or the one before."""
        return replace(self, at=(self.at + step) % len(self.values))


class ChoiceList(PagedList[Choice]):
    """Choices, one line each, numbered by the key that turns them."""

    def draw(self, item: Choice) -> Content:
        """The values side by side, the chosen one lit; of many the chosen one alone."""
        number = next(place for place, choice in enumerate(self.items, 1) if choice.field == item.field)
        label = Content.assemble((f"{number} ", "$text-accent bold"), item.label.ljust(_LABEL))
        chosen = item.values[item.at][1]
        if sum(cell_len(word) + 2 for _, word in item.values) > _SIDE_BY_SIDE:
            count = f"  {item.at + 1:,} of {len(item.values):,}"
            return Content.assemble(label, "‹ ", (chosen, "bold"), " ›", (count, "dim"))
        words = [
            Content.styled(f" {word} ", "bold reverse" if place == item.at else "dim")
            for place, (_, word) in enumerate(item.values)
        ]
        return Content.assemble(label, *words)

    def key(self, item: Choice) -> str:
        """The field."""
        return item.field


class FiltersScreen(BaseModal[tuple[Listing, str] | None]):
    """Gives what is to be listed and the name of the chosen source, or None where all stays as it is."""

    TITLE = "Filter chats"
    AUTO_FOCUS = "ChoiceList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,F,q", "cancel", "Close", key_display="Esc"),
        Binding("enter", "apply", "Show", priority=True),
        Binding("c", "clear", "Clear", tooltip="Show all chats again"),
        Binding("right,l,space", "turn(1)", "Next value", show=False),
        Binding("left,h", "turn(-1)", "Value before", show=False),
        *(Binding(str(number), f"turn_at({number - 1})", show=False) for number in range(1, 6)),
    ]

    def __init__(self, listing: Listing, sources: Sequence[Source]) -> None:
        super().__init__()
        self._listing = listing
        self._sources = sources

    def compose(self) -> ComposeResult:
        """The choices, and the keys below."""
        with Vertical(id="filters") as panel:
            panel.border_title = "Filter chats"
            yield ChoiceList()
            yield Static("1-5 change · Enter shows · c clears · Esc leaves", markup=False)

    def on_mount(self) -> None:
        """Begins with what is shown now."""
        self._choices.show(choices(self._listing, self._sources))

    @property
    def _choices(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @on(PagedList.Selected)
    def _clicked(self, event: PagedList.Selected) -> None:
        self.action_turn_at(event.index)

    def action_turn(self, step: int) -> None:
        """Another value of the highlighted choice."""
        place = self._choices.highlighted or 0
        self._choices.put(place, self._choices.items[place].turned(step))

    def action_turn_at(self, place: int) -> None:
        """The next value of a choice."""
        self._choices.highlighted = place
        self.action_turn(1)

    def action_apply(self) -> None:
        """Lists what was chosen."""
        chosen = {choice.field: choice.value for choice in self._choices.items}
        source = next((source.name for source in self._sources if source.id == chosen["source"]), "")
        self.dismiss((replace(self._listing, **chosen), source))

    def action_clear(self) -> None:
        """Lists all chats again."""
        self.dismiss((Listing(self._listing.order), ""))

    def action_cancel(self) -> None:
        """Closes; the list stays."""
        self.dismiss(None)


def choices(listing: Listing, sources: Iterable[Source]) -> list[Choice]:
    """What can be chosen, as it is chosen in `listing`."""
    named = ((source.id, f"{safe_line(source.name) or 'unnamed'} ({source.chats:,})") for source in sources)
    offered = [
        Choice("kind", "Kind", ((None, "all"), *KINDS.items())),
        Choice("shelf", "Shelf", tuple((shelf, str(shelf)) for shelf in Shelf)),
        Choice("is_unread", "Unread", ((False, "all"), (True, "unread only"))),
        Choice("is_bookmarked", "Bookmarks", ((False, "all"), (True, "bookmarked only"))),
        Choice("source", "Source", ((None, "all"), *named)),
    ]
    return [replace(choice, at=_place(choice, getattr(listing, choice.field))) for choice in offered]


def _place(choice: Choice, value: object) -> int:
    return next((place for place, (known, _) in enumerate(choice.values) if known == value), 0)
