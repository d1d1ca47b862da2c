"""The facets of what was found as one list: years, chats, senders and kinds with their counts; one narrows by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from textual.content import Content

from backscroll.searching.narrowing import FACETS, Choice, Facet
from backscroll.searching.spreading import Entry
from backscroll.text import safe_line
from backscroll.ui.widgets.paged_list import PagedList

SHOWN: Final = 6
"""How many entries of a facet are listed before someone asks for more."""
_TITLES: Final[dict[Facet, str]] = {"year": "Years", "chat": "Chats", "sender": "Senders", "kind": "Kinds"}


@dataclass(frozen=True, slots=True)
class More:
    """Stands for the entries of a facet that are not listed."""

    facet: Facet
    entries: int


Listed: TypeAlias = Entry | More


class FacetList(PagedList[Listed]):
    """Entries by facet; those that are chosen stand out."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.choices: Sequence[Choice] = ()
        self._facets: dict[Facet, tuple[Entry, ...]] = {}
        self._whole: set[Facet] = set()

    def show_facets(self, facets: Mapping[Facet, tuple[Entry, ...]], choices: Sequence[Choice]) -> None:
        """Shows counts; a facet that is not among them keeps those it has."""
        self.choices = choices
        self._facets |= facets
        self._arrange()

    def forget(self) -> None:
        """Shows nothing, and lists few entries of each facet again."""
        self._facets, self._whole, self.choices = {}, set(), ()
        self.clear()

    def _arrange(self) -> None:
        self.show([listed for facet in FACETS for listed in self._listed(facet)])

    def _listed(self, facet: Facet) -> list[Listed]:
        entries = self._facets.get(facet, ())
        if facet in self._whole or len(entries) <= SHOWN + 1:
            return list(entries)
        shown = [e for number, e in enumerate(entries) if number < SHOWN or e.choice in self.choices]
        return [*shown, More(facet, len(entries) - len(shown))]

    def _ask_ahead(self) -> None:
        """Nothing more is to come than what was counted."""

    def action_select(self) -> None:
        """Chooses an entry, or lists those that are not listed yet."""
        if isinstance(self.current, More):
            self._whole.add(self.current.facet)
            self._arrange()
        else:
            super().action_select()

    # Drawing

    def key(self, item: Listed) -> Choice | Facet:
        """An entry stays the same while its count changes."""
        return item.choice if isinstance(item, Entry) else item.facet

    def head(self, item: Listed) -> Content | None:
        """The facet's name above its first entry."""
        if isinstance(item, More):
            return None
        facet = item.choice.facet
        is_first = self._facets[facet][0].choice == item.choice
        return Content.styled(_TITLES[facet], "bold $text-accent") if is_first else None

    def draw(self, item: Listed) -> Content:
        """A name, and how many hits it has, at the right."""
        if isinstance(item, More):
            return Content.styled(f"  {item.entries:,} more…", "dim")
        is_chosen, hits = item.choice in self.choices, f"{item.hits:,}"
        width = max(4, self.scrollable_content_region.width - 1 - 2 - len(hits) - 1)
        name = Content(safe_line(item.choice.label) or "untitled").truncate(width, ellipsis=True)
        name = name.pad_right(width - name.cell_length)
        return Content.assemble(
            "✓ " if is_chosen else "  ",
            name.stylize("bold") if is_chosen else name,
            " ",
            (hits, "" if is_chosen else "dim"),
        )
