"""Searching where one reads: from hit to hit of the query that is lit, and a search in the chat or thread at hand."""

from asyncio import timeout
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.worker import Worker, WorkerError

from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Message
from backscroll.model.query import All, Either, Identified, Query, Sent
from backscroll.reading.chain import MOST, Chain
from backscroll.reading.window import Window
from backscroll.ui.screens.jumping import JumpingScreen
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.pager import Pager

if TYPE_CHECKING:
    from uuid import UUID

    from backscroll.model.query import Order
    from backscroll.searching.finding import Finding


_COUNTED_FOR: Final = 1.0
"""Seconds after which nobody waits any more to hear which hit of how many this is."""


class SeekingScreen(JumpingScreen):
    """A `JumpingScreen` with keys for hits, wherever in the chat or thread they are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "hit(1)", "Next hit", show=False),
        Binding("N", "hit(-1)", "Previous hit", show=False),
        Binding(
            "ctrl+f", "search_here", "Search here", show=False, tooltip="Search this chat, or the thread beside it"
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._searching: Finding | None = None
        self._hit: UUID | None = None
        """The message whose place among the hits is told."""

    @property
    def finding(self) -> "Finding":
        """What searches; loaded when it is asked for, because the first frame need not wait for it."""
        from backscroll.searching.finding import Finding

        self._searching = self._searching or Finding(self.archive)
        return self._searching

    @work(group="hit", exit_on_error=False)
    async def action_hit(self, step: int) -> None:
        """The next or previous hit in the chat or thread; quick presses are taken one after another."""
        async with self._jumping:
            history, message, query = self.history, self.history.current, self.history.lit
            if query is None:
                self.notify("Nothing is searched for here: / searches.", markup=False)
            elif message is not None and history.window is not None:
                await self._seek(history, await _inside(history.window, message, query), message, step)

    async def _seek(self, history: History, query: Query, message: Message, step: int) -> None:
        order: Order = "oldest" if step > 0 else "newest"
        found = [found async for found in self.finding.find(query, order=order, limit=1, after=message.cursor)][-1]
        if found.hits:
            await self._land_in(history, found.hits[0].message)
            self._tell_place(history, query, found.hits[0].message)
        else:
            whole = "chat" if history is self.chat_history else "thread"
            self.notify(f"No hit in this {whole} {'after' if step > 0 else 'before'} this message", markup=False)

    async def _land_in(self, history: History, message: Message) -> None:
        index = history.blocks.index_of(message.id)
        if index is not None:
            history.put_cursor(index)
            return
        chat, cursor = message.conversation_id, message.cursor
        if history is self.chat_history:
            opening = self.open_chat(chat, cursor, query=history.lit)
        elif history.window is not None and history.window.thread is not None:
            opening = self._open_thread(chat, history.window.thread, cursor)
        else:
            opening = self._open_chain(Place(chat, cursor))
        with suppress(WorkerError):  # it tells of its failure itself
            await opening.wait()

    # Which hit it is

    def show_place(self, place: Place, query: Query | None = None) -> Worker[None]:
        """As a chat does; who comes from a search is told which hit it is."""
        opening = super().show_place(place, query)
        if query is not None:
            self._tell_arrival(opening, place, query)
        return opening

    @work(group="hit-place", exclusive=True, exit_on_error=False)
    async def _tell_arrival(self, opening: Worker[None], place: Place, query: Query) -> None:
        with suppress(WorkerError):  # it tells of its failure itself
            await opening.wait()
        message = self.chat_history.current
        if message is not None and message.cursor == place.cursor:
            inside = query.inside(message.conversation_id)
            here = replace(inside, root=All((Identified(message.id, message.id), inside.root)))
            if (await self.finding.count(here, cap=1)).n:  # one may come to other places with words lit
                self._tell_place(self.chat_history, inside, message)

    @work(group="hit-place", exclusive=True, exit_on_error=False)
    async def _tell_place(self, history: History, query: Query, message: Message) -> None:
        """Says which hit it is of how many, counted from the oldest, where they are soon counted."""
        self._hit = message.id
        with suppress(TimeoutError):
            async with timeout(_COUNTED_FOR):
                every = await self.finding.count(query)
                told = f"one of over {every.n:,} hits"
                if not every.is_capped:
                    upto = Sent(until=message.sent_at + message.sent_at.resolution)
                    place = await self.finding.count(replace(query, root=All((query.root, upto))))
                    told = f"hit {place.n:,} of {every.n:,}"
            if self._hit == message.id:
                _entitle(history, told)

    @on(History.Moved)
    def _moved_on(self, event: History.Moved) -> None:
        if self._hit is not None and event.message.id != self._hit:
            self._hit = None
            _entitle(event.history, "")

    # A search here

    async def action_search_here(self) -> None:
        """Searches the thread that one reads, or else the chat."""
        from backscroll.ui.screens.search import SearchScreen

        window = self.history.window
        if self.chat is not None:
            thread = window.thread if window is not None and self.history is self.details.thread_history else None
            about = await self.archive.threads.get(self.chat.id, thread) if thread else None
            await self.app.push_screen(SearchScreen(chat=self.chat, thread=about))


async def _inside(window: Window, message: Message, query: Query) -> Query:
    """The query in what a window shows: a chat, a thread, or the messages of a chain."""
    inside = query.inside(message.conversation_id, thread=window.thread)
    if not isinstance(window, Chain):
        return inside
    chain = await window.between(OLDEST, NEWEST, cap=MOST)
    return replace(inside, root=All((Either(tuple(Identified(m.id, m.id) for m in chain)), inside.root)))


def _entitle(history: Pager, told: str) -> None:
    pane = next(node for node in history.ancestors if isinstance(node, Widget) and node.has_class("pane"))
    pane.border_subtitle = told
