"""Messages by month: a bar for each, and keys and clicks that choose one."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType

from backscroll.dates import month_span
from backscroll.model.conversation import Day
from backscroll.searching.spreading import Stretch
from backscroll.ui.widgets.histogram import Histogram
from backscroll.ui.widgets.timeline import Bars


class MonthBars(Histogram):
    """A histogram whose bars are months; where they do not fit, each is several."""

    NOUN = "message"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "Earlier", show=False, tooltip="The month before"),
        Binding("right,l", "move(1)", "Later", show=False, tooltip="The month after"),
        Binding("home", "end(0)", "First", show=False, tooltip="The first month"),
        Binding("end", "end(-1)", "Last", show=False, tooltip="The last month"),
        Binding("enter", "choose", "Go there", show=False, tooltip="The first message of the month"),
    ]

    def take(self, months: Sequence[tuple[date, int]]) -> None:
        """Shows months (by their first days) and their messages, in order."""
        self.stretches = [Stretch(month_span(month.year, month.month), n) for month, n in months if n]

    def make_bars(self, days: Sequence[Day]) -> Bars:
        """A bar for each month."""
        return _Months(days, self.size.width)

    def end_title(self, day: date) -> str:
        """A month."""
        return f"{day:%b %Y}"


class _Months(Bars):
    """Each cell is a month, or a few."""

    def __init__(self, days: Sequence[Day], width: int) -> None:
        self._start = _number(days[0].day)
        months = _number(days[-1].day) - self._start + 1
        self._each = -(-months // width)
        super().__init__(days, -(-months // self._each))

    def cell(self, day: date) -> int:
        """Where the month of a day stands."""
        return max(0, min(self.width - 1, (_number(day) - self._start) // self._each))


def _number(day: date) -> int:
    return day.year * 12 + day.month
