"""Summaries where one reads: of the chat, its thread, a day, a week or what is unread, made while one reads on."""

from asyncio import CancelledError
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import ClassVar, Final

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType

from backscroll.errors import AppError
from backscroll.model.conversation import Conversation, Place
from backscroll.model.summary import Method, Scope, Stretch, Summary, Wish
from backscroll.summarising.stretches import around, unread
from backscroll.summarising.wording import about
from backscroll.ui.screens.seeking import SeekingScreen
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.summary_sheet import SummarySheet

_DRAWN_EVERY: Final = 0.15
"""Seconds between two looks at what is being written."""


class SummarisingScreen(SeekingScreen):
    """A `SeekingScreen` whose details have summaries."""

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

    # What is wanted

    @work(group="summary-offers", exclusive=True, exit_on_error=False)
    async def action_summarise(self) -> None:
        """Asks what is to be summarised, and how."""
        from backscroll.ui.screens.summarise import SummariseScreen

        if self.chat is not None:
            offers = await self._offers(self.chat)
            self.app.push_screen(SummariseScreen(offers, Wish(offers[0][1])), self._wished)

    async def _offers(self, chat: Conversation) -> list[tuple[str, Stretch]]:
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
        return offers

    def _around(self, scope: Scope) -> Stretch | None:
        message = self.chat_history.current
        return around(message, scope, self.backscroll.zone) if message else None

    def _wished(self, wish: Wish | None) -> None:
        if wish is not None:
            self._begin(wish)

    def _summarise_scope(self, scope: Scope) -> None:
        if self.chat is not None and (stretch := Stretch(self.chat.id) if scope is Scope.CHAT else self._around(scope)):
            self._begin(Wish(stretch))

    @work(group="summary-offers", exclusive=True, exit_on_error=False)
    async def _summarise_unread(self) -> None:
        if self.chat is not None:
            self._begin(Wish(await unread(self.archive, self.chat.id)))

    # Making one

    def _begin(self, wish: Wish) -> None:
        self.details.tab = "summary"
        self.turn_to_details()
        self._make(wish)

    @work(group="summary", exclusive=True, exit_on_error=False)
    async def _make(self, wish: Wish) -> None:
        made = _Made(self.details.summaries, about(wish.stretch, self.backscroll.zone))
        drawing = self.set_interval(_DRAWN_EVERY, made.draw)
        try:
            summary = await self._summary(wish, made)
            if summary is None:
                raise AppError(
                    "There is no message to summarise", "Choose another stretch.", code="nothing_to_summarise"
                )
            await self.archive.summaries.add(summary)
        except CancelledError:
            if self.is_attached:
                self.notify("Stopped. Nothing was kept.", markup=False)
            raise
        finally:
            drawing.stop()
            if self.is_attached:
                self.details.summaries.tell_making("")
        self.show_summaries(summary)

    async def _summary(self, wish: Wish, made: "_Made") -> Summary | None:
        zone = self.backscroll.zone
        if wish.method is Method.EXTRACTIVE:
            from backscroll.summarising.extracting import extract

            return await extract(self.archive, wish.stretch, zone, made.read)
        from backscroll.summarising.by_model.endpoint import endpoint_of
        from backscroll.summarising.by_model.modelling import Modelling

        modelling = Modelling(self.archive, endpoint_of(self.backscroll.settings), zone, is_masked=wish.is_masked)
        return await modelling.make(wish.stretch, made.answered, made.heard)

    @on(SummarySheet.StopWanted)
    def _stop_wanted(self) -> None:
        self.workers.cancel_group(self, "summary")

    # What is there

    @work(group="summaries", exclusive=True, exit_on_error=False)
    async def show_summaries(self, new: Summary | None = None) -> None:
        """Reads the summaries of the chat anew; one that is new comes into hand."""
        if self.chat is not None:
            await self.load_summaries(self.chat, new)

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
            self._begin(wish)
        else:
            offers = [(about(one.stretch, self.backscroll.zone, one.thread), one.stretch)]
            self.app.push_screen(SummariseScreen(offers, wish), self._wished)

    @on(SummarySheet.RemovalWanted)
    def _removal_wanted(self, event: SummarySheet.RemovalWanted) -> None:
        self._take_away(event.summary)

    @work(group="summaries", exit_on_error=False)
    async def _take_away(self, summary: Summary) -> None:
        await self.archive.summaries.remove(summary)
        self.show_summaries()


class _Made:
    """Tells a sheet what is being made, as often as it is drawn."""

    def __init__(self, sheet: SummarySheet, title: str) -> None:
        self._sheet = sheet
        self._title = title
        self._answered = ""
        self._told = ""
        self._words = "Beginning"
        self.draw()

    def read(self, done: int, total: int) -> None:
        """So many of so many messages are read; a total of 0: nobody knows."""
        self._words = f"Reading: {done:,}{f' of {total:,}' if total else ''} messages"

    def answered(self, done: int, total: int) -> None:
        """So many of so many requests are answered."""
        self._words = self._answered = f"Answered: {done:,} of {total:,}"

    def heard(self, text: str) -> None:
        """So much of an answer is there."""
        self._words = f"{self._answered}\n{text}"

    def draw(self) -> None:
        """Shows what is new of that."""
        if self._words != self._told and self._sheet.is_attached:
            self._told = self._words
            self._sheet.tell_making(f"{self._title}\n{self._words}")
