"""Makes summaries while one reads on: one, or many one after the other, each of which is kept at once."""

from asyncio import CancelledError
from typing import Final

from textual import on, work

from backscroll.errors import AppError
from backscroll.model.summary import Method, Scope, Stretch, Summary, Wish
from backscroll.summarising.stretches import meant
from backscroll.summarising.wording import about
from backscroll.text import safe_line
from backscroll.ui.screens.seeking import SeekingScreen
from backscroll.ui.widgets.summary_sheet import SummarySheet

_DRAWN_EVERY: Final = 0.15
"""Seconds between two looks at what is being written."""


class MakingSummariesScreen(SeekingScreen):
    """A `SeekingScreen` that makes what was wished for, and tells of it in the details."""

    def make_summaries(self, wish: Wish) -> None:
        """Makes them, instead of those that are being made."""
        self.details.tab = "summary"
        self.turn_to_details()
        self._make(wish)

    @work(group="summary", exclusive=True, exit_on_error=False)
    async def _make(self, wish: Wish) -> None:
        made, new = _Made(self.details.summaries), None
        drawing = self.set_interval(_DRAWN_EVERY, made.draw)
        try:
            if wish.by is None:
                new = await self._make_one(wish, made)
            else:
                await self._make_many(wish, made)
        except CancelledError:
            if self.is_attached:
                kept = f"{made.count:,} that were made are kept." if made.count else "Nothing was kept."
                self.notify(f"Stopped. {kept}", markup=False)
            raise
        finally:
            drawing.stop()
            if self.is_attached:
                self.details.summaries.tell_making("")
                self.show_summaries(new)

    async def _make_one(self, wish: Wish, made: "_Made") -> Summary:
        made.begin(about(wish.stretch, self.backscroll.zone))
        summary = await self._summary(wish, made, wish.stretch)
        if summary is None:
            raise AppError("There is no message to summarise", "Choose another stretch.", code="nothing_to_summarise")
        await self.archive.summaries.add(summary)
        return summary

    async def _make_many(self, wish: Wish, made: "_Made") -> None:
        from backscroll.summarising.bulk import Bulk

        zone = self.backscroll.zone
        bulk = Bulk(self.archive, wish.method, zone)
        made.begin("Looking what is there already")
        stretches = await meant(self.archive, wish, zone)
        left = await bulk.left(stretches)
        chats = {stretch.conversation_id for stretch in left} if wish.by is Scope.UNREAD else ()
        titles = await self.archive.conversations.titles_of(list(chats))

        async def make(stretch: Stretch) -> Summary | None:
            title = titles.get(stretch.conversation_id, "")
            named = f"{safe_line(title)} · " if title else ""
            made.begin(f"{left.index(stretch) + 1:,} of {len(left):,}: {named}{about(stretch, zone)}")
            return await self._summary(wish, made, stretch)

        count = await bulk.run(left, make, lambda _done, _total: None, made.kept)
        self.notify(f"{count:,} made, {len(stretches) - len(left):,} were there already.", markup=False)

    async def _summary(self, wish: Wish, made: "_Made", stretch: Stretch) -> Summary | None:
        zone = self.backscroll.zone
        if wish.method is Method.EXTRACTIVE:
            from backscroll.summarising.extracting import extract

            return await extract(self.archive, stretch, zone, made.read)
        from backscroll.summarising.by_model.endpoint import endpoint_of
        from backscroll.summarising.by_model.modelling import Modelling

        modelling = Modelling(self.archive, endpoint_of(self.backscroll.settings), zone, is_masked=wish.is_masked)
        return await modelling.make(stretch, made.answered, made.heard)

    @on(SummarySheet.StopWanted)
    def _stop_wanted(self) -> None:
        self.workers.cancel_group(self, "summary")

    @work(group="summaries", exclusive=True, exit_on_error=False)
    async def show_summaries(self, new: Summary | None = None) -> None:
        """Reads the summaries of the chat anew; one that is new comes into hand."""
        if self.chat is not None:
            await self.load_summaries(self.chat, new)


class _Made:
    """Tells a sheet what is being made, as often as it is drawn; `count` is how many of many are kept."""

    def __init__(self, sheet: SummarySheet) -> None:
        self.count = 0
        self._sheet = sheet
        self._title = ""
        self._answered = ""
        self._told = ""
        self._words = ""

    def begin(self, title: str) -> None:
        """Another one is being made; its name is one safe line."""
        self._title, self._answered, self._words = title, "", "Beginning"
        self.draw()

    def kept(self, _summary: Summary) -> None:
        """One of many is made and kept."""
        self.count += 1

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
        words = f"{self._title}\n{self._words}"
        if words != self._told and self._sheet.is_attached:
            self._told = words
            self._sheet.tell_making(words)
