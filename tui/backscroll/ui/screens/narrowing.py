"""How what was found spreads, counted beside the hits, and the query narrowed by it."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType

from backscroll.model.query import Query
from backscroll.searching.finding import Finding
from backscroll.searching.narrowing import Choice, narrowed, sent_in, toggled
from backscroll.searching.spreading import Entry, Spread, Spreading
from backscroll.ui.screens.remembering import RememberingScreen
from backscroll.ui.widgets.facet_list import FacetList
from backscroll.ui.widgets.histogram import Histogram
from backscroll.ui.widgets.moments import stretch_title
from backscroll.ui.widgets.narrowed import Narrowed

_OVER_TIME: Final = "Over time"
_ROOMY: Final = 140
"""Columns from which on the facets are shown without being asked for."""


class NarrowingScreen(RememberingScreen):
    """A `RememberingScreen` with `Narrowed`, a `FacetList` and a `Histogram`; its heir shows the hits of `asked`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "facets", "Facets", key_display="^T", priority=True, tooltip="Counts by year, chat, ..."),
        Binding("backspace", "take_off", "Widen again", show=False, tooltip="Take off what was narrowed last"),
    ]

    def on_mount(self) -> None:
        """Nothing is narrowed yet."""
        self.finding = Finding(self.archive)
        self._spreading = Spreading(self.archive, self.finding, self.backscroll.zone)
        self.facets.border_title, self.histogram.border_title = "Facets", _OVER_TIME
        self.set_class(self.app.size.width >= _ROOMY, "-faceted")

    @property
    def facets(self) -> FacetList:
        """Counts by year, chat, sender and kind."""
        return self.query_one(FacetList)

    @property
    def histogram(self) -> Histogram:
        """Counts over time."""
        return self.query_one(Histogram)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What the query is narrowed to."""
        return tuple(self.query_one(Narrowed).choices)

    def choose(self, choices: Sequence[Choice]) -> None:
        """Narrows what is asked next to these choices alone."""
        self.query_one(Narrowed).choices = tuple(choices)

    @property
    def asked(self) -> Query | None:
        """The query, narrowed, wherever it is asked."""
        return narrowed(self.sought, self.choices) if self.sought else None

    def begin(self, pause: float) -> None:
        """Searches anew; counts of what was asked before come too late."""
        self.workers.cancel_group(self, "spread")
        super().begin(pause)

    # Counting

    @work(group="spread", exclusive=True, exit_on_error=False)
    async def count(self, query: Query) -> None:
        """Counts how the hits of a query spread, and shows it as it is counted."""
        choices, spread = self.choices, None
        async for spread in self._spreading.spread(self.scope.of(query), choices):
            self._show_spread(spread, is_running=True)
        if spread:
            self._show_spread(spread, is_running=False)

    def _show_spread(self, spread: Spread, *, is_running: bool) -> None:
        self.facets.show_facets(spread.facets, self.choices)
        self.histogram.stretches = spread.stretches
        self.histogram.told = spread.told + ("…" if is_running else "")
        self.facets.border_subtitle = f"newest {spread.hits:,}" if spread.is_capped else spread.told
        only = f" · only the newest {spread.hits:,} hits, older ones are not counted" if spread.is_capped else ""
        self.histogram.border_title = _OVER_TIME + only

    def forget_counts(self) -> None:
        """Shows no counts, and narrows nothing."""
        self.workers.cancel_group(self, "spread")
        self.query_one(Narrowed).choices = ()
        self.facets.forget()
        self.facets.border_subtitle = ""
        self.histogram.stretches, self.histogram.told = (), ""
        self.histogram.border_title = _OVER_TIME

    # Narrowing

    def narrow(self, choice: Choice) -> None:
        """Narrows the query by a choice, or takes it off where it narrows already."""
        self.query_one(Narrowed).choices = toggled(self.choices, choice)
        self.begin(pause=0)

    @on(FacetList.Selected)
    def _entry_selected(self, event: FacetList.Selected) -> None:
        if isinstance(event.item, Entry):
            self.narrow(event.item.choice)

    @on(Histogram.Chosen)
    def _time_chosen(self, event: Histogram.Chosen) -> None:
        choice = Choice("time", stretch_title(event.span), sent_in(event.span, self.backscroll.zone))
        if choice not in self.choices:  # one bar alone: there is nothing to narrow any more
            self.narrow(choice)

    @on(Narrowed.TakenOff)
    def _taken_off(self, event: Narrowed.TakenOff) -> None:
        self.narrow(event.choice)

    def action_take_off(self) -> None:
        """Takes off what was narrowed last."""
        if self.choices:
            self.narrow(self.choices[-1])

    def action_close(self) -> None:
        """Takes off what was narrowed; then back to where the search was opened."""
        if self.choices:
            self.action_take_off()
        else:
            super().action_close()

    def action_facets(self) -> None:
        """Shows the facets and goes to them, or hides them."""
        self.toggle_class("-faceted")
        if self.has_class("-faceted"):
            self.facets.focus()
        elif self.focused is None or self.focused is self.facets:
            self.asking.focus_query()
