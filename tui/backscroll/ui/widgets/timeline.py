"""The line under a history: how much was said when, where one is, and a click that goes there."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from backscroll.model.conversation import Day

_COLOUR = "$primary 70%"
_MUTED = "$foreground-muted"
_BARS = "▁▂▃▄▅▆▇█"


class Timeline(Widget):
    """A bar for each stretch of a chat's time, and the position: 31,402 of 48,213."""

    position: reactive[int] = reactive(0)
    """Which message is under the cursor, counted from 1; 0 while it is not known."""
    total: reactive[int] = reactive(0)
    days: reactive[Sequence[Day]] = reactive(())
    here: reactive[date | None] = reactive(None)
    """The day of the message under the cursor."""

    class DayWanted(Message):
        """Someone clicked on a day."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def render(self) -> Content:
        """Years (or months) at the ends of the bars, the position at the right."""
        position = self._position()
        span = self._bar_span()
        if span is None:
            return position.pad_left(max(0, self.size.width - position.cell_length))
        start, width = span
        first, last = self.days[0].day, self.days[-1].day
        bars = _bars(tuple(self.days), width)
        cell = _cell(self.here or last, first, last, width)
        here = bars[cell] if bars[cell] != " " else _BARS[0]
        form = "%Y" if first.year != last.year else "%b "
        return Content.assemble(
            (f" {first:{form}} ", _MUTED),
            (bars[:cell], _COLOUR),
            (here, "$warning"),
            (bars[cell + 1 :], _COLOUR),
            (f" {last:{form}}", _MUTED),
            position.pad_left(max(0, self.size.width - start - width - 5 - position.cell_length)),
        )

    def _position(self) -> Content:
        total = f"{self.total:,}" if self.total else ""
        return Content(f" {self.position:,} of {total} " if self.position and total else f" {total} ")

    def _bar_span(self) -> tuple[int, int] | None:
        """First cell and width of the bars; None where there is no room or nothing to show."""
        widest = 2 * len(f"{self.total:,}") + 6
        width = self.size.width - 6 - 5 - widest - 1
        return (6, width) if len(self.days) > 1 and width >= 8 else None

    def on_click(self, event: events.Click) -> None:
        """Goes to the time that was clicked."""
        span = self._bar_span()
        offset = event.get_content_offset(self)
        if span is None or offset is None:
            return
        start, width = span
        if start <= offset.x < start + width:
            first, last = self.days[0].day, self.days[-1].day
            self.post_message(self.DayWanted(first + (last - first) * (offset.x - start) / width))


def _cell(day: date, first: date, last: date, width: int) -> int:
    part = (day - first) / max(timedelta(days=1), last - first)
    return max(0, min(width - 1, int(part * width)))


@lru_cache(maxsize=4)
def _bars(days: tuple[Day, ...], width: int) -> str:
    first, last = days[0].day, days[-1].day
    sums = [0] * width
    for day in days:
        sums[_cell(day.day, first, last, width)] += day.messages
    ranks = sorted(value for value in sums if value)
    return "".join(
        _BARS[min(7, 8 * bisect_right(ranks, value) // (len(ranks) + 1))] if value else " " for value in sums
    )
