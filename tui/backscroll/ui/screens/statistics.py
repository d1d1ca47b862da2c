"""A chat in figures: when, who, how soon, which words; each figure opens the messages behind it."""

from datetime import timedelta
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from backscroll.counting.chat import ChatStatistics, chat_statistics, with_sentiment
from backscroll.counting.refreshing import Progress
from backscroll.dates import Span
from backscroll.model.conversation import Conversation, Participant, Place
from backscroll.reading import jumps
from backscroll.settings import zone_named
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.figure_list import Figure, FigureList, hour_query, listed, months_query
from backscroll.ui.widgets.histogram import Histogram
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.month_bars import MonthBars
from backscroll.ui.widgets.paged_list import PagedList
from backscroll.ui.widgets.week_map import WeekMap


class StatisticsScreen(BaseScreen[None]):
    """Months and the week at the left, figures as a list at the right; of everybody, or of one person."""

    TITLE = "Statistics"
    CSS_PATH = "statistics.tcss"
    AUTO_FOCUS = "FigureList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (as Textual declares it)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "person", "Person", tooltip="Only the person at hand; again: everybody"),
        Binding("tab", "app.focus_next", "Months, week or list", show=False),
        Binding("escape", "close", "Back"),
    ]

    def __init__(self, chat: Conversation) -> None:
        super().__init__()
        self._chat = chat
        self._person: Participant | None = None
        self._zone = "UTC"

    def compose(self) -> ComposeResult:
        """Three panes."""
        with Horizontal(id="all"):
            with Vertical(id="when"):
                yield MonthBars(id="months")
                yield WeekMap(id="week")
            yield FigureList(id="figures")
        yield KeyLine()

    def on_mount(self) -> None:
        """Counts."""
        self.query_one("#months").border_title = "Messages by month"
        self.query_one("#week").border_title = "By weekday and hour"
        self._zone = str(zone_named(self.backscroll.settings.timezone))
        self._read()

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        pane, chat = self.query_one("#figures"), self._chat.id
        pane.border_title = Content(self._subject())
        told = ""
        try:
            found = await chat_statistics(
                self.archive, chat, self._zone, person=self._person, progress=self._says("counting")
            )
            told = f"{counted(found.figures.messages, 'message')} · {safe_line(found.zone)}"
            self._show(found)
            # Read at last: it takes longer than all else, where it is not known yet.
            judged = await with_sentiment(self.archive, chat, found, self._says(f"{told} · sentiment"))
            self.query_one(FigureList).show(listed(judged))
        finally:
            if self.is_attached:
                pane.border_subtitle = told

    def _subject(self) -> str:
        chat = safe_line(self._chat.title) or "untitled"
        return f"{safe_line(self._person.name)} in {chat}" if self._person else chat

    def _says(self, what: str) -> Progress:
        """Shows what is being done, and how far it is once that is known."""
        pane = self.query_one("#figures")
        pane.border_subtitle = f"{what} …"

        def say(done: int, total: int) -> None:
            if self.is_attached:
                pane.border_subtitle = f"{what} … {done:,} of {total:,} messages"

        return say

    def _show(self, found: ChatStatistics) -> None:
        figures = found.figures
        self.query_one(MonthBars).take(figures.months)
        self.query_one(WeekMap).week = figures.week if figures.days else ()
        self.query_one(FigureList).show(listed(found))

    # What is behind a figure

    @on(PagedList.Selected)
    async def _open(self, event: PagedList.Selected) -> None:
        figure: Figure = event.item
        if figure.day is not None:
            self._go(Span(figure.day, figure.day + timedelta(days=1)))
        elif figure.query:
            await self._search(figure.query)

    @on(Histogram.Chosen)
    async def _open_months(self, event: Histogram.Chosen) -> None:
        if self._person is None:
            self._go(event.span)
        else:
            await self._search(months_query(event.span, self._person))

    @on(WeekMap.Chosen)
    async def _open_hour(self, event: WeekMap.Chosen) -> None:
        await self._search(hour_query(event.day, event.hour, self._person))

    async def _search(self, query: str) -> None:
        from backscroll.ui.screens.search import SearchScreen

        await self.app.push_screen(SearchScreen(query, chat=self._chat))

    @work(group="go", exclusive=True, exit_on_error=False)
    async def _go(self, span: Span) -> None:
        landing = await jumps.into(self.archive.messages, self._chat.id, span, self.backscroll.zone)
        if landing is not None:
            self.backscroll.show_place(Place(landing.message.conversation_id, landing.message.cursor))

    def action_person(self) -> None:
        """Only the person at hand, or everybody again."""
        at_hand = self.query_one(FigureList).current
        self._person = at_hand.person if self._person is None and at_hand else None
        self._read()

    def action_close(self) -> None:
        """Everybody again, or back to the chat."""
        if self._person is not None:
            self.action_person()
        else:
            self.dismiss()
