"""Search as you type, over the whole archive or one chat."""

from asyncio import sleep, to_thread
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, Static

from backscroll.errors import AppError
from backscroll.model.conversation import Conversation, Place
from backscroll.model.query import Query
from backscroll.searching.finding import Finding, Found, Hit, Order
from backscroll.searching.language import parse
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.hits import HitList
from backscroll.ui.widgets.search_status import ORDERS, progress, syntax
from backscroll.ui.widgets.surroundings import Surroundings

TYPING_PAUSE: Final = 0.12
"""Seconds without a key before a search begins."""
PAGE: Final = 50
MANY: Final = 500
AROUND: Final = 5

_EXAMPLE: Final = 'words, "a phrase", from:ana, before:2021-03'


class SearchScreen(BaseScreen[None]):
    """A query above, its hits below as they are found, and beside them what was said around the one in hand."""

    TITLE = "Search"
    CSS_PATH = "search.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (as Textual declares it)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", tooltip="Back to where you were"),
        Binding("down", "to_hits", "Hits", show=False, tooltip="From the query to the hits"),
        Binding("slash", "to_query", "Query", show=False, tooltip="From the hits to the query"),
        Binding("i", "inspect", "In full", show=False, tooltip="The hit in full"),
        Binding("ctrl+o", "turn", "Order", key_display="^O", tooltip="Newest first, oldest first, best first"),
        Binding("ctrl+f", "widen", "Scope", key_display="^F", priority=True, tooltip="One chat or all chats"),
    ]

    def __init__(self, query_text: str = "", chat: Conversation | None = None) -> None:
        super().__init__()
        self._text = query_text
        self._chat = chat
        self._is_narrowed = chat is not None
        self._order: Order = "newest"
        self._query: Query | None = None
        self._found: Found | None = None
        self._loading = False

    def compose(self) -> ComposeResult:
        """Query, status, hits and surroundings."""
        with Vertical(id="asking"):
            yield Input(self._text, placeholder=_EXAMPLE, id="query", select_on_focus=False)
            yield Static(id="status", markup=False)
        yield Static(syntax(), id="syntax", markup=False)
        with Horizontal(id="found"):
            yield HitList(id="hits")
            with VerticalScroll(id="beside", can_focus=False):
                yield Surroundings(id="surroundings")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Says what will be searched, and searches where a query was given."""
        self.query_one("#beside").border_title = "Around it"
        self.hits.zone = self.backscroll.zone
        self._finding = Finding(self.archive)
        self._begin(pause=0)

    @property
    def hits(self) -> HitList:
        """The list of hits."""
        return self.query_one("#hits", HitList)

    @on(Input.Changed, "#query")
    def _query_changed(self) -> None:
        self._begin(pause=TYPING_PAUSE)

    def _begin(self, pause: float) -> None:
        scope = safe_line(self._chat.title) if self._chat and self._is_narrowed else "all chats"
        asking = self.query_one("#asking")
        asking.border_title, asking.border_subtitle = Content(f"Search {scope}"), ORDERS[self._order]
        self._search(self.query_one("#query", Input).value, pause)

    @work(group="search", exclusive=True, exit_on_error=False)
    async def _search(self, text: str, pause: float) -> None:
        if not text.strip():
            self._ask()
            return
        await sleep(pause)
        try:
            query = await to_thread(parse, text, self.backscroll.zone)  # dates in words may take their time
            self._query = self.hits.sought = query
            self._found, self._loading = None, False
            self._say("searching…")
            await self._page(query, [])
        except AppError as error:
            self._say(f"{error.title}. {error.hint}", is_wrong=True)

    def _ask(self) -> None:
        self._query = self._found = None
        self._clear(is_asked=False)
        self._say("Type what you look for.")

    def _clear(self, *, is_asked: bool) -> None:
        self.hits.clear()
        self.workers.cancel_group(self, "surroundings")  # a look around an old hit comes too late
        self.query_one("#surroundings", Surroundings).update("")
        self.set_class(is_asked, "-asked")

    # Finding

    @on(HitList.EndReached)
    def _end_reached(self, event: HitList.EndReached) -> None:
        found, query = self._found, self._query
        if query and found and found.cursor and not self._loading:
            self._loading = True
            self._go_on(query, found, MANY if event.is_all_wanted else PAGE)

    @work(group="search", exit_on_error=False)
    async def _go_on(self, query: Query, found: Found, limit: int) -> None:
        try:
            await self._page(query, list(self.hits.items), found, limit)
        finally:
            self._loading = False

    async def _page(self, query: Query, before: list[Hit], previous: Found | None = None, limit: int = PAGE) -> None:
        chat = self._chat.id if self._chat and self._is_narrowed else None
        after = previous.cursor if previous else None
        fresh, found = previous is None, None
        async for found in self._finding.find(query, order=self._order, limit=limit, after=after, chat=chat):
            hits = before + found.hits
            if fresh:
                self._clear(is_asked=True)
            if fresh or len(hits) >= len(self.hits.items):  # a later step may begin again with fewer
                self._show(hits, found, is_running=True)
            fresh = False
        self._found = found
        if found:
            self._show(before + found.hits, found, is_running=False)
            self.hits.ask()  # while hits came, nobody listened

    def _show(self, hits: list[Hit], found: Found, *, is_running: bool) -> None:
        held = len(self.hits.items)
        if held and hits[:held] == self.hits.items:
            if len(hits) > held:
                self.hits.add(hits[held:])
        else:
            self.hits.show(hits)
        self._say(progress(self._order, found, len(self.hits.items), self.backscroll.zone, is_running=is_running))

    def _say(self, words: str, *, is_wrong: bool = False) -> None:
        self.query_one("#status", Static).set_class(is_wrong, "-wrong").update(safe(words))

    # Opening

    @on(HitList.Highlighted, "#hits")
    def _hit_highlighted(self) -> None:
        if self.hits.current and self.has_class("-wide"):
            self._look_around(self.hits.current)

    @work(group="surroundings", exclusive=True, exit_on_error=False)
    async def _look_around(self, hit: Hit) -> None:
        message = hit.message
        messages = self.archive.messages
        older = await messages.before(message.conversation_id, message.cursor, limit=AROUND)
        newer = await messages.starting(message.conversation_id, message.cursor, limit=AROUND + 1)
        self.query_one("#surroundings", Surroundings).show(older + newer, message, self._query, self.backscroll.zone)

    @on(HitList.Selected, "#hits")
    @on(Input.Submitted, "#query")
    def _open(self) -> None:
        if hit := self.hits.current:
            self.backscroll.show_place(Place(hit.message.conversation_id, hit.message.cursor), self._query)

    def action_inspect(self) -> None:
        """The hit in hand in full."""
        if hit := self.hits.current:
            self.backscroll.inspect(Place(hit.message.conversation_id, hit.message.cursor))

    def action_close(self) -> None:
        """Back to where the search was opened."""
        self.dismiss()

    def action_to_hits(self) -> None:
        """From the query to the hits."""
        self.hits.focus()

    def action_to_query(self) -> None:
        """From the hits to the query."""
        self.query_one("#query").focus()

    def action_turn(self) -> None:
        """Newest first, then oldest first, then best first."""
        orders = list(ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._begin(pause=0)

    def action_widen(self) -> None:
        """Searches all chats, or again the one that the search was opened in."""
        self._is_narrowed = not self._is_narrowed
        self._begin(pause=0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The scope can be changed only where a chat is known."""
        return self._chat is not None if action == "widen" else True
