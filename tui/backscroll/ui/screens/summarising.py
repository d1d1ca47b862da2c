"""Summaries where one reads: of the chat, its thread, a day, a week, each of these, or what is unread.

They are made in `making_summaries`.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType

from backscroll.errors import AppError
from backscroll.model.conversation import Conversation, Place
from backscroll.model.summary import Method, Scope, Stretch, Summary, Wish
from backscroll.summarising.stretches import around, unread
from backscroll.summarising.wording import about
from backscroll.ui.screens.making_summaries import MakingSummariesScreen
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.summary_sheet import SummarySheet

if TYPE_CHECKING:
    from backscroll.ui.screens.summarise import Offer


class SummarisingScreen(MakingSummariesScreen):
    """A `MakingSummariesScreen` that asks what is wanted, and whose summaries lead to their messages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("S", "summarise", "Summarise", show=False, tooltip="Summarise the chat, a day, a week or the hits"),
    ]

    def list_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers for the chat that is read."""
        yield from super().list_commands()
        if self.chat is not None:
            for words, scope in (("this chat", Scope.CHAT), ("this day", Scope.DAY), ("this week", Scope.WEEK)):
                made = partial(self._summarise_scope, scope)
                yield SystemCommand(f"Summarise {words}", "Out of its own sentences", made)
            yield SystemCommand("Summarise what is unread", "Out of its own sentences", self._summarise_unread)
            for name, wish in _many(self.chat):
                made = partial(self.make_summaries, wish)
                yield SystemCommand(
                    f"Summarise {name[0].lower()}{name[1:]}", "Out of its own sentences, one by one", made
                )

    # What is wanted

    @work(group="summary-offers", exclusive=True, exit_on_error=False)
    async def action_summarise(self) -> None:
        """Asks what is to be summarised, and how."""
        from backscroll.ui.screens.summarise import SummariseScreen

        if self.chat is not None:
            offers = await self._offers(self.chat)
            self.app.push_screen(SummariseScreen(offers, Method.EXTRACTIVE), self._wished)

    async def _offers(self, chat: Conversation) -> "list[Offer]":
        offers = [(f"The whole chat, {counted(chat.message_count, 'message')}", Stretch(chat.id))]
        if self._thread is not None:
            thread = await self.archive.threads.get(chat.id, self._thread)
            stretch = Stretch(chat.id, Scope.THREAD, thread.id)
            offers.append((about(stretch, self.backscroll.zone, thread.title), stretch))
        days = filter(None, map(self._around, (Scope.DAY, Scope.WEEK)))
        offers += [(about(stretch, self.backscroll.zone), stretch) for stretch in days]
        with suppress(AppError):  # nothing is unread
            offers.append(("What is unread", await unread(self.archive, chat.id)))
        if (lit := self.chat_history.lit) is not None and lit.text:
            search = Stretch(chat.id, Scope.SEARCH, query=lit.text)
            offers.append((about(search, self.backscroll.zone), search))
        return [*((name, Wish(stretch)) for name, stretch in offers), *_many(chat)]

    def _around(self, scope: Scope) -> Stretch | None:
        message = self.chat_history.current
        return around(message, scope, self.backscroll.zone) if message else None

    def _wished(self, wish: Wish | None) -> None:
        if wish is not None:
            self.make_summaries(wish)

    def _summarise_scope(self, scope: Scope) -> None:
        if self.chat is not None and (stretch := Stretch(self.chat.id) if scope is Scope.CHAT else self._around(scope)):
            self.make_summaries(Wish(stretch))

    @work(group="summary-offers", exclusive=True, exit_on_error=False)
    async def _summarise_unread(self) -> None:
        if self.chat is not None:
            self.make_summaries(Wish(await unread(self.archive, self.chat.id)))

    # What is there

    @on(SummarySheet.PlaceWanted)
    def _open_place(self, event: SummarySheet.PlaceWanted) -> None:
        self._open_said(Place(event.summary.stretch.conversation_id, event.cursor))

    @work(group="summaries", exclusive=True, exit_on_error=False)
    async def _open_said(self, place: Place) -> None:
        if await self.archive.messages.at([place]):
            self.show_place(place)
        else:
            self.notify("This message is not in the archive any more.", markup=False)

    @on(SummarySheet.RefreshWanted)
    def _refresh_wanted(self, event: SummarySheet.RefreshWanted) -> None:
        from backscroll.ui.screens.summarise import SummariseScreen

        one = event.summary
        wish = Wish(one.stretch, one.method, one.is_masked)
        if one.method is Method.EXTRACTIVE:
            self.make_summaries(wish)
        else:
            offers = [(about(one.stretch, self.backscroll.zone, one.thread), wish)]
            self.app.push_screen(SummariseScreen(offers, one.method), self._wished)

    @on(SummarySheet.RemovalWanted)
    def _removal_wanted(self, event: SummarySheet.RemovalWanted) -> None:
        self._take_away(event.summary)

    @work(group="summaries", exit_on_error=False)
    async def _take_away(self, summary: Summary) -> None:
        await self.archive.summaries.remove(summary)
        self.show_summaries()


def _many(chat: Conversation) -> "list[Offer]":
    """What comes to more than one summary."""
    whole = Stretch(chat.id)
    names = (("Each day of this chat", Scope.DAY), ("Each week of this chat", Scope.WEEK))
    return [
        *((name, Wish(whole, by=by)) for name, by in names),
        ("What is unread in each chat", Wish(whole, by=Scope.UNREAD)),
    ]
