"""The line under a history: how much was said when, where one is, and a click or a drag that goes there."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from backscroll.dates import long_day
from backscroll.model.conversation import Day

_COLOUR = "$primary 70%"
_MUTED = "$foreground-muted"
BARS = "▁▂▃▄▅▆▇█"
_BEFORE = 6
"""Cells before the first bar, for its year."""
_DAY_WIDTH = len(" Wed 12 Sep 2024 ")


class Bars:
    """A chat's days on a line of cells; the first cell begins with the first day, the last ends with the last."""

    def __init__(self, days: Sequence[Day], width: int) -> None:
        self.days = days
        self.width = width
        self.first, self.last = days[0].day, days[-1].day
        self.sums = [0] * width
        for day in days:
            self.sums[self.cell(day.day)] += day.messages
        ranks = sorted(value for value in self.sums if value)
        self.text = "".join(
            BARS[min(7, 8 * bisect_right(ranks, value) // (len(ranks) + 1))] if value else " " for value in self.sums
        )

    def cell(self, day: date) -> int:
        """Where a day stands; days before or after the chat's stand at its ends."""
        part = (day - self.first) / max(timedelta(days=1), self.last - self.first)
        return max(0, min(self.width - 1, int(part * self.width)))

    def day(self, cell: int) -> date:
        """The first day with messages in a cell, or else after it; cells outside are those at the ends."""
        if cell >= self.width:
            return self.last
        index = bisect_left(self.days, cell, key=lambda day: self.cell(day.day))
        return self.days[index].day


class Timeline(Widget):
    """A bar for each stretch of a chat's time, and the position (31,402 of 48,213) or the day under the mouse."""

    ALLOW_SELECT = False

    position: reactive[int] = reactive(0)
    """Which message is under the cursor, counted from 1; 0 while it is not known."""
    total: reactive[int] = reactive(0)
    days: reactive[Sequence[Day]] = reactive(())
    here: reactive[date | None] = reactive(None)
    """The day of the message under the cursor."""

    pointed: reactive[date | None] = reactive(None)
    """The day under the mouse."""

    _is_dragged = False
    _bars: Bars | None = None

    class DayWanted(Message):
        """Someone clicked on a day (UTC), or let go of the mouse there."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def render(self) -> Content:
        """Years (or months) at the ends of the bars; at the right the position, or the day under the mouse."""
        bars, label = self.bars, self._label()
        if bars is None:
            return label.pad_left(max(0, self.size.width - label.cell_length))
        first, last, text = bars.first, bars.last, bars.text
        cell = bars.cell((self.pointed if self._is_dragged else self.here) or last)
        here = text[cell] if text[cell] != " " else BARS[0]
        form = "%Y" if first.year != last.year else "%b "
        return Content.assemble(
            (f" {first:{form}} ", _MUTED),
            (text[:cell], _COLOUR),
            (here, "$warning"),
            (text[cell + 1 :], _COLOUR),
            (f" {last:{form}}", _MUTED),
            label.pad_left(max(0, self.size.width - _BEFORE - bars.width - 5 - label.cell_length)),
        )

    def _label(self) -> Content:
        if self.pointed is not None:
            return Content.styled(f" {long_day(self.pointed)} ", "$warning" if self._is_dragged else _MUTED)
        total = f"{self.total:,}" if self.total else ""
        return Content(f" {self.position:,} of {total} " if self.position and total else f" {total} ")

    @property
    def bars(self) -> Bars | None:
        """What is drawn; None where there is no room, or no more than one day."""
        widest = max(2 * len(f"{self.total:,}") + 6, _DAY_WIDTH)
        width = self.size.width - _BEFORE - 5 - widest - 1
        if len(self.days) < 2 or width < 8:
            return None
        if self._bars is None or self._bars.days is not self.days or self._bars.width != width:
            self._bars = Bars(self.days, width)
        return self._bars

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Takes hold of the mouse."""
        self._point(event)
        if self.pointed is not None:
            self._is_dragged = True
            self.capture_mouse()
            self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Says which day is under the mouse."""
        self._point(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Goes to the day where the mouse is let go."""
        if not self._is_dragged:
            return
        self._point(event)
        self._is_dragged = False
        self.release_mouse()
        if self.pointed is not None:
            self.post_message(self.DayWanted(self.pointed))
        self.pointed = None  # until the mouse moves: one wants to see where one came to

    def on_leave(self) -> None:
        """Shows the position again."""
        if not self._is_dragged:
            self.pointed = None

    def _point(self, event: events.MouseEvent) -> None:
        bars = self.bars
        cell = event.get_content_offset_capture(self).x - _BEFORE
        is_on_bars = bars is not None and (self._is_dragged or 0 <= cell < bars.width)
        self.pointed = bars.day(cell) if bars is not None and is_on_bars else None
