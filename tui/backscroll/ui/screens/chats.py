"""The list of chats beside the one being read: paged, sorted, filtered, and found by name."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from textual import on, work
from textual.app import SystemCommand

from backscroll.errors import AppError
from backscroll.model.conversation import ChatOrder, Conversation, Listing
from backscroll.searching.titles import Titles
from backscroll.ui.screens.summarising import SummarisingScreen
from backscroll.ui.widgets.chat_list import ORDERS, ChatList

_PAGE: Final = 100
_MANY: Final = 2000
"""How many chats come at once for someone who goes to the very end."""
_RELISTED: Final = 500
"""Up to how many chats a list is read again as a whole; of a longer one what is in view."""
_BEST: Final = 100


class ChatsScreen(SummarisingScreen):
    """A `SummarisingScreen` with a `ChatList`."""

    def __init__(self) -> None:
        super().__init__()
        self._was_welcomed = False
        self._titles: Titles | None = None
        self._titles_of: Listing | None = None

    @property
    def chats(self) -> ChatList:
        """The pane with the chats."""
        return self.query_one(ChatList)

    def chat_opened(self, chat: Conversation) -> None:
        """Marks the chat in the list."""
        self.chats.mark_open(chat)

    def chat_read(self, conversation: UUID) -> None:
        """Takes the number of unread messages away in the list."""
        self.chats.mark_read(conversation)

    # Listing

    def on_screen_resume(self) -> None:
        """What was imported meanwhile is listed."""
        if self.backscroll.is_open:
            self.list_again()

    @on(ChatList.Wanted)
    def _chats_wanted(self, event: ChatList.Wanted) -> None:
        if event.after is not None:
            self._list_more(event.after, _MANY if event.is_all_wanted else _PAGE)
        elif self.chats.typed:
            self._find(is_anew=True)
        else:
            self._list_first(_PAGE, is_anew=True)

    def list_again(self) -> None:
        """Reads what is listed anew; the highlight and the view stay where they are."""
        self.forget_titles()
        held = len(self.chats.options.items)
        if self.chats.typed:
            self._find(is_anew=False)
        elif held > _RELISTED or self.chats.options.is_going_to_end:
            self._look_again()
        else:
            self.list_from_the_first()

    def list_from_the_first(self) -> None:
        """Lists as many chats as are listed, up to some hundred, in the order that they have now."""
        self._list_first(min(max(_PAGE, len(self.chats.options.items)), _RELISTED))

    @work(group="chats", exclusive=True, exit_on_error=False)
    async def _list_first(self, limit: int, *, is_anew: bool = False) -> None:
        chats = self.chats
        page = await self.archive.conversations.page(chats.listing, limit=limit)
        chats.show(page, is_complete=len(page) < limit, is_anew=is_anew)
        if self.chat is None and not chats.is_filtered:
            if page:
                self.open_chat(page[0].id, is_glance=True)
            elif (await self.archive.conversations.totals())[0] == 0:
                self._welcome()

    @work(group="chats", exclusive=True, exit_on_error=False)
    async def _list_more(self, after: Conversation, limit: int) -> None:
        page = await self.archive.conversations.page(self.chats.listing, limit=limit, after=after)
        self.chats.add(page, is_complete=len(page) < limit)

    @work(group="look", exclusive=True, exit_on_error=False)
    async def _look_again(self) -> None:
        for chat in await self.archive.conversations.some([chat.id for chat in self.chats.options.in_view]):
            self.chats.update(chat)

    def _welcome(self) -> None:
        from backscroll.ui.screens.welcome import WelcomeScreen

        self.chat_history.placeholder = "I imports chats"
        if self.app.screen is self and not self._was_welcomed:
            self._was_welcomed = True
            self.app.push_screen(WelcomeScreen())
        self.has_news.set()

    @on(ChatList.Chosen)
    def _chat_chosen(self, event: ChatList.Chosen) -> None:
        self.show_chat(event.chat.id)

    # Finding by name

    def forget_titles(self) -> None:
        """Other chats may be found than before."""
        self._titles_of = None

    def _find(self, *, is_anew: bool) -> None:
        listing = replace(self.chats.listing, order=ChatOrder.RECENT)
        if self._titles_of != listing:
            self._titles, self._titles_of = None, listing
            self._read_titles(listing)
        elif self._titles is not None:
            self._match(self._titles, is_anew=is_anew)

    @work(group="titles", exclusive=True, exit_on_error=False)
    async def _read_titles(self, listing: Listing) -> None:
        try:
            named = await self.archive.conversations.titles_in(listing)
            self._titles = await asyncio.to_thread(Titles, named)
        except AppError:
            self._titles_of = None
            raise
        if self.chats.typed:
            self._find(is_anew=True)

    @work(group="chats", exclusive=True, exit_on_error=False)
    async def _match(self, titles: Titles, *, is_anew: bool) -> None:
        # In a thread, because names with typing mistakes take longer than a key may.
        matches = await asyncio.to_thread(titles.match, self.chats.typed, _BEST)
        chats = await self.archive.conversations.some([match.id for match in matches])
        self.chats.show_found(chats, matches, is_anew=is_anew)

    # Sorting and filtering

    def list_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers for the list, wherever the focus is."""
        yield from super().list_commands()
        for order, words in ORDERS.items():
            yield SystemCommand(f"Sort chats {words}", "The list of chats", partial(self.sort_by, order))
        yield SystemCommand("Filter chats", "By kind, shelf, source; unread or bookmarked ones", self.action_filters)

    def sort_by(self, order: ChatOrder) -> None:
        """Sorts the list."""
        self.chats.listing = replace(self.chats.listing, order=order)

    def action_sort(self) -> None:
        """The next way of sorting."""
        orders = list(ORDERS)
        self.sort_by(orders[(orders.index(self.chats.listing.order) + 1) % len(orders)])

    @work(group="filters", exclusive=True, exit_on_error=False)
    async def action_filters(self) -> None:
        """Asks what is to be listed."""
        from backscroll.ui.screens.filters import FiltersScreen

        sources = await self.archive.conversations.sources()
        self.app.push_screen(FiltersScreen(self.chats.listing, sources), self._filtered)

    def _filtered(self, found: tuple[Listing, str] | None) -> None:
        if found is not None:
            listing, self.chats.source_name = found
            self.chats.listing = listing

    def action_unfilter(self) -> None:
        """All chats again."""
        self.chats.unfilter()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc goes elsewhere where nothing is filtered."""
        return self.chats.is_filtered if action == "unfilter" else super().check_action(action, parameters)
