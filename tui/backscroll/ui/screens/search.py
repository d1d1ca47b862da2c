"""Search as you type, over the whole archive, one chat or one thread."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from backscroll.model.conversation import Place
from backscroll.model.query import Query
from backscroll.searching.finding import Found, Hit
from backscroll.ui.screens.narrowing import NarrowingScreen
from backscroll.ui.widgets.asking import Asking
from backscroll.ui.widgets.facet_list import FacetList
from backscroll.ui.widgets.histogram import Histogram
from backscroll.ui.widgets.hits import HitList
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.narrowed import Narrowed
from backscroll.ui.widgets.search_status import progress, syntax
from backscroll.ui.widgets.surroundings import Surroundings

PAGE: Final = 50
MANY: Final = 500
AROUND: Final = 5


class SearchScreen(NarrowingScreen):
    """A query above, its hits below as they are found, and around them how they spread and what was said there."""

    TITLE = "Search"
    CSS_PATH = "search.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (140, "-roomy")]  # noqa: RUF012  (as Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_hits", "Hits", show=False, tooltip="From the query to the hits"),
        Binding("ctrl+g", "group", "Group", key_display="^G", priority=True, tooltip="Hits by chat or by time"),
        Binding("i", "inspect", "In full", show=False, tooltip="The hit in full"),
    ]

    _found: Found | None = None
    _coming: Found | None = None
    """What there is of hits that are still coming."""
    _loading = False

    def compose(self) -> ComposeResult:
        """Query, facets, hits, their spread over time, and surroundings."""
        yield self.asking
        yield Narrowed()
        yield Static(syntax(), id="syntax", markup=False)
        with Horizontal(id="found"):
            yield FacetList(id="facets")
            with Vertical(id="listed"):
                yield HitList(id="hits")
                yield Histogram(id="histogram")
            with VerticalScroll(id="beside", can_focus=False):
                yield Surroundings(id="surroundings")
        yield KeyLine()

    def on_mount(self) -> None:
        """Nothing is found yet."""
        self.query_one("#beside").border_title = "Around it"
        self.hits.zone = self.backscroll.zone

    @property
    def hits(self) -> HitList:
        """The list of hits."""
        return self.query_one("#hits", HitList)

    def clear(self, *, is_asked: bool) -> None:
        """Takes away hits and surroundings; counts stay until others come."""
        if not is_asked:
            self.forget_counts()
        self._found = None
        self.hits.clear()
        self.workers.cancel_group(self, "surroundings")  # a look around an old hit comes too late
        self.query_one("#surroundings", Surroundings).update("")
        self.set_class(is_asked, "-asked")

    async def answer(self, query: Query) -> None:
        """Shows the first page of hits as they are found."""
        query = self.sought = self.hits.sought = await self.finding.understood(query)
        asked = self.asked or query
        self._found, self._loading = None, False
        await self._page(asked, [])
        if self._found and self._found.complete and not self.hits.found:
            await self.suggest(query)
        self.count(query)

    # Finding

    @on(HitList.EndReached)
    def _end_reached(self, event: HitList.EndReached) -> None:
        found, query = self._found, self.asked
        if query and found and found.cursor and not self._loading:
            self._loading = True
            self._go_on(query, found, MANY if event.is_all_wanted else PAGE)

    @work(group="search", exit_on_error=False)
    async def _go_on(self, query: Query, found: Found, limit: int) -> None:
        try:
            await self._page(query, list(self.hits.found), found, limit)
        finally:
            self._loading = False

    async def _page(self, query: Query, before: list[Hit], previous: Found | None = None, limit: int = PAGE) -> None:
        after = previous.cursor if previous else None
        fresh, found = previous is None, None
        try:
            async for found in self.finding.find(self.scope.of(query), order=self.order, limit=limit, after=after):
                hits = before + found.hits
                if fresh:
                    self.clear(is_asked=True)
                if fresh or len(hits) >= len(self.hits.found):  # a later step may begin again with fewer
                    self._show(hits, found, is_running=True)
                fresh = False
        finally:
            self._coming = None
        self._found = found
        if found:
            self._show(before + found.hits, found, is_running=False)
            self.hits.ask()  # while hits came, nobody listened

    def _show(self, hits: list[Hit], found: Found, *, is_running: bool) -> None:
        self._coming = found if is_running else None
        self.hits.take(hits)
        self.asking.say(progress(self.order, found, len(hits), self.backscroll.zone, is_running=is_running))
        self.remark(found)

    def begin(self, pause: float) -> None:
        """Searches anew; nothing has come of it yet."""
        self._coming = None
        super().begin(pause)

    def action_close(self) -> None:
        """Ends a search that is under way and keeps what is there; else widens it, or closes it."""
        if self._coming is None:
            super().action_close()
            return
        self.workers.cancel_group(self, "search")
        told = progress(self.order, self._coming, len(self.hits.found), self.backscroll.zone, is_running=False)
        self.asking.say(f"stopped · {told}")
        self._coming = None

    # What else is done with the hits

    def list_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers for the hits."""
        if self.asked is not None:
            yield SystemCommand("Export the hits", "All of them with your notes, to a file", self._export)
            yield SystemCommand("Review the hits", "Code them, or a sample of them, one after another", self._review)

    async def _export(self) -> None:
        from backscroll.exporting.offers import search_offer
        from backscroll.ui.screens.exporting import ExportScreen

        if self.asked is not None:
            offer = search_offer(self.archive, self.scope.of(self.asked), self.order, self.backscroll.zone)
            await self.app.push_screen(ExportScreen(offer))

    async def _review(self) -> None:
        from backscroll.ui.screens.begin_review import BeginReviewScreen

        if self.asked is not None:
            begun = BeginReviewScreen(self.scope.of(self.asked))
            await self.app.push_screen(begun, self.backscroll.open_review)

    # Opening

    @on(HitList.Highlighted, "#hits")
    def _hit_highlighted(self) -> None:
        if self.hits.current and self.query_one("#beside").display:
            self._look_around(self.hits.current)

    @work(group="surroundings", exclusive=True, exit_on_error=False)
    async def _look_around(self, hit: Hit) -> None:
        message = hit.message
        messages = self.archive.messages
        older = await messages.before(message.conversation_id, message.cursor, limit=AROUND)
        newer = await messages.starting(message.conversation_id, message.cursor, limit=AROUND + 1)
        self.query_one("#surroundings", Surroundings).show(older + newer, message, self.sought, self.backscroll.zone)

    @on(HitList.Selected, "#hits")
    @on(Asking.Submitted)
    def _open(self) -> None:
        self.remember()
        if hit := self.hits.current:
            self.backscroll.show_place(Place(hit.message.conversation_id, hit.message.cursor), self.asked)

    def action_inspect(self) -> None:
        """The hit in hand in full."""
        if hit := self.hits.current:
            self.backscroll.inspect(Place(hit.message.conversation_id, hit.message.cursor))

    def action_group(self) -> None:
        """Lists the hits by chat, or again by time."""
        self.hits.group(is_grouped=not self.hits.is_grouped)

    def action_facets(self) -> None:
        """Shows or hides the facets; what is beside the hits may come into view."""
        super().action_facets()
        self.call_after_refresh(self._hit_highlighted)

    def action_to_hits(self) -> None:
        """From the query to the hits."""
        self.hits.focus()
