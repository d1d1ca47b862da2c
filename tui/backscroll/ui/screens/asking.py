"""What is asked of the archive: a query line with its scope and order, read while one types."""

from abc import abstractmethod
from asyncio import sleep, to_thread
from datetime import UTC, datetime
from typing import ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType

from backscroll.archive.names import Listed
from backscroll.dates import day_of
from backscroll.errors import AppError, QueryError
from backscroll.model.conversation import Conversation, Thread
from backscroll.model.query import Order, Query
from backscroll.searching.completing import NameIndex, listed_at, proposals
from backscroll.searching.finding import Finding, Found
from backscroll.searching.language import parse
from backscroll.searching.narrowing import EVERYWHERE, Scope, scopes
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.asking import Asking
from backscroll.ui.widgets.search_status import ORDERS

TYPING_PAUSE: Final = 0.12
"""Seconds without a key before a search begins."""


class AskingScreen(BaseScreen[None]):
    """A screen with an `Asking`: whenever something else is asked, the answer begins anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", tooltip="Back to where you were"),
        Binding("slash", "to_query", "Query", show=False, tooltip="From the hits to the query"),
        Binding("ctrl+o", "turn", "Order", key_display="^O", tooltip="Newest first, oldest first, best first"),
        Binding("ctrl+f", "widen", "Scope", key_display="^F", priority=True, tooltip="A thread, its chat or all chats"),
    ]

    def __init__(self, query_text: str = "", chat: Conversation | None = None, thread: Thread | None = None) -> None:
        super().__init__()
        self.asking = Asking(query_text)
        self.order: Order = "newest"
        self.sought: Query | None = None
        self._scopes = scopes(chat, thread)
        self._names: dict[Listed, NameIndex] = {}

    @property
    def scope(self) -> Scope:
        """Where is searched."""
        return self._scopes[0]

    @abstractmethod
    async def answer(self, query: Query) -> None:
        """Shows what a query finds; a query that comes meanwhile ends it. Raises AppError."""

    @abstractmethod
    def clear(self, *, is_asked: bool) -> None:
        """Takes away what was found; `is_asked` where something else is about to be shown."""

    def on_mount(self) -> None:
        """Searches where a query was given."""
        self.begin(pause=0)

    @on(Asking.Changed)
    def _changed(self, event: Asking.Changed) -> None:
        self._complete(event.text, event.caret)
        self.begin(pause=TYPING_PAUSE)

    @work(group="completing", exclusive=True, exit_on_error=False)
    async def _complete(self, text: str, caret: int) -> None:
        """Proposes what may stand at the caret; names are read when they are first needed."""
        what = listed_at(text, caret)
        if what and what not in self._names:
            self._names[what] = await to_thread(NameIndex, await self.archive.names.listed(what))
        today = day_of(datetime.now(UTC), self.backscroll.zone)
        self.asking.offer(await to_thread(proposals, text, caret, self._names, today))

    def begin(self, pause: float) -> None:
        """Searches anew after `pause` seconds."""
        self.asking.scope = self.scope.title
        self.asking.order = ORDERS[self.order]
        self._ask(self.asking.text, pause)

    @work(group="search", exclusive=True, exit_on_error=False)
    async def _ask(self, text: str, pause: float) -> None:
        if not text.strip():
            self.sought = None
            self.clear(is_asked=False)
            self.asking.say("Type what you look for.")
            return
        await sleep(pause)
        try:
            asked = await to_thread(parse, text, self.backscroll.zone)  # dates in words may take their time
            self.sought = await Finding(self.archive).understood(asked)
            self.asking.say("searching…")
            self.asking.remark(self.sought.remarks)
            await self.answer(self.sought)
        except AppError as error:
            self.asking.say(f"{error.title}. {error.hint}", is_wrong=True)
            if isinstance(error, QueryError):
                self.asking.point(error.start, error.end)

    async def suggest(self, query: Query) -> None:
        """Proposes other words where nothing was found. Raises AppError."""
        if not self.asking.is_offering:
            found = await Finding(self.archive).suggest(query)
            self.asking.offer([suggestion.proposal(query.text) for suggestion in found])

    def remark(self, found: Found) -> None:
        """Says what is worth saying about the query and about what it finds."""
        if self.sought:
            self.asking.remark(self.sought.remarks, found.remarks)

    def look_in(self, scope: Scope) -> None:
        """Searches there, or everywhere."""
        self._scopes = tuple(dict.fromkeys((scope, EVERYWHERE)))

    def action_close(self) -> None:
        """Back to where the search was opened."""
        self.dismiss()

    def action_to_query(self) -> None:
        """From the hits to the query."""
        self.asking.focus_query()

    def action_turn(self) -> None:
        """Newest first, then oldest first, then best first."""
        orders = list(ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.begin(pause=0)

    def action_widen(self) -> None:
        """Searches the chat instead of its thread, then all chats, then again where the search was opened."""
        self._scopes = (*self._scopes[1:], self._scopes[0])
        self.begin(pause=0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The scope can be changed only where a chat is known."""
        return len(self._scopes) > 1 if action == "widen" else True
