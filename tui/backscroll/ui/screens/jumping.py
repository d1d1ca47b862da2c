"""Moving through the time of a chat: to a date, by days, months and years, and along the timeline."""

import asyncio
from contextlib import suppress
from datetime import UTC
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.worker import WorkerError

from backscroll.dates import Span, day_of, local, long_day
from backscroll.model.conversation import Place
from backscroll.model.message import Message
from backscroll.reading import jumps
from backscroll.reading.jumps import Landing, Period, Side
from backscroll.ui.screens.visiting import VisitingScreen
from backscroll.ui.widgets.moments import span_title
from backscroll.ui.widgets.timeline import Timeline


class JumpingScreen(VisitingScreen):
    """Keys for days, months and years; each jump says so where it leads elsewhere or nowhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "go_to_date", "Date", tooltip="Go to a date; again for the first message"),
        Binding("left_square_bracket", "step('day', -1)", "Previous day", show=False, key_display="["),
        Binding("right_square_bracket", "step('day', 1)", "Next day", show=False, key_display="]"),
        Binding("left_curly_bracket", "step('month', -1)", "Previous month", show=False, key_display="{"),
        Binding("right_curly_bracket", "step('month', 1)", "Next month", show=False, key_display="}"),
        Binding("left_parenthesis", "step('year', -1)", "Previous year", show=False, key_display="("),
        Binding("right_parenthesis", "step('year', 1)", "Next year", show=False, key_display=")"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._jumping = asyncio.Lock()

    def action_go_to_date(self) -> None:
        """Asks for a day; a second g leads to the first message."""
        from backscroll.ui.screens.go_to_date import GoToDateScreen

        if self.chat is not None:
            self.app.push_screen(GoToDateScreen(self.chat), self._days_named)

    def _days_named(self, span: Span | None) -> None:
        if span is not None:
            self.go_to(span)

    @work(group="jump", exit_on_error=False)
    async def go_to(self, span: Span) -> None:
        """The first message of some days, or the next one after them."""
        async with self._jumping:
            if self.chat is None:
                return
            zone = self.backscroll.zone
            landing = await jumps.into(self.archive.messages, self.chat.id, span, zone)
            if landing is None:
                return
            if landing.side is not Side.INSIDE:
                day = local(landing.message.clock, zone).date()
                self.notify(_missed(span, landing, long_day(day)), markup=False)
            await self._land(landing.message)

    @work(group="jump", exit_on_error=False)
    async def action_step(self, period: str, way: int) -> None:
        """The first message of another day, month or year; quick presses are taken one after another."""
        async with self._jumping:
            place, zone = self.place, self.backscroll.zone
            if place is None:
                return
            message = await jumps.step(self.archive.messages, place, Period(period), way, zone)
            if message is not None:
                await self._land(message)
            elif way < 0:
                self.notify("This is the first message of the chat", markup=False)
            else:
                span = jumps.period_of(day_of(place.cursor.sent_at, zone), Period(period))
                self.notify(f"Nothing after {span_title(span)}", markup=False)

    async def _land(self, message: Message) -> None:
        opening = self.show_place(Place(message.conversation_id, message.cursor), self.chat_history.lit)
        with suppress(WorkerError):  # it tells of its failure itself
            await opening.wait()

    @on(Timeline.DayWanted)
    def _day_wanted(self, event: Timeline.DayWanted) -> None:
        if self.chat is not None:
            self.show_place(Place(self.chat.id, jumps.beginning(event.day, UTC)), self.chat_history.lit)


def _missed(span: Span, landing: Landing, day: str) -> str:
    title, word = span_title(span), "on" if (span.after - span.first).days == 1 else "in"
    if landing.side is Side.AFTER:
        return f"Nothing {word} {title}; the next message is of {day}"
    return f"Nothing {word} or after {title}; this is the last message"
