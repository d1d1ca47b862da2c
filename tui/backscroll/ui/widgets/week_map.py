"""When in the week people write: a row for each weekday, a cell for each hour, and words for the one pointed at."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from backscroll.counting.table import WEEKDAYS
from backscroll.ui.widgets.facts import counted

_SHADES: Final = "·░▒▓█"
_NAME: Final = 4
"""Cells before the first hour."""


class WeekMap(Widget, can_focus=True):
    """The more messages, the fuller the cell; an hour without any is a blank."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(0, -1)", "Hour before", show=False),
        Binding("right,l", "move(0, 1)", "Hour after", show=False),
        Binding("up,k", "move(-1, 0)", "Day before", show=False),
        Binding("down,j", "move(1, 0)", "Day after", show=False),
        Binding("enter", "choose", "Only then", show=False, tooltip="The messages of that hour of the week"),
    ]

    week: reactive[Sequence[Sequence[int]]] = reactive(())
    """Messages of each weekday, from Monday on, and hour."""
    at: reactive[tuple[int, int] | None] = reactive(None)
    """The day and hour that the keys are at."""
    pointed: reactive[tuple[int, int] | None] = reactive(None)
    """Those under the mouse."""

    class Chosen(Message):
        """The messages of an hour of the week are wanted; `day` 0 is Monday."""

        def __init__(self, day: int, hour: int) -> None:
            super().__init__()
            self.day = day
            self.hour = hour

    @property
    def _scale(self) -> int:
        return max(1, min(4, (self.size.width - _NAME) // 24))

    def render(self) -> Content:
        """The hours above, seven rows, and a line of words."""
        if not self.week:
            return Content("")
        most = max(1, *(max(row) for row in self.week))
        hours = "".join(f"{hour:<{6 * self._scale}}" for hour in range(0, 24, 6))
        rows = [Content.styled(" " * _NAME + hours.rstrip(), "$foreground-muted")]
        rows += [self._row(day, row, most) for day, row in enumerate(self.week)]
        return Content("\n").join([*rows, self._label()])

    def _row(self, day: int, row: Sequence[int], most: int) -> Content:
        shown = self.at if self.pointed is None else self.pointed
        cells = [
            (_shade(n, most) * self._scale, "$warning" if shown == (day, hour) else "$success")
            for hour, n in enumerate(row)
        ]
        if shown is not None and shown[0] == day and not row[shown[1]]:
            cells[shown[1]] = ("_" * self._scale, "$warning")
        return Content.assemble((f"{WEEKDAYS[day]} ", "$foreground-muted"), *cells)

    def _label(self) -> Content:
        shown = self.at if self.pointed is None else self.pointed
        if shown is not None:
            day, hour = shown
            told = f"{WEEKDAYS[day]} {hour}:00 to {hour + 1}:00 · {counted(self.week[day][hour], 'message')}"
            return Content.styled(told, "$warning").truncate(self.size.width)
        day, hour = max(((d, h) for d in range(7) for h in range(24)), key=lambda at: self.week[at[0]][at[1]])
        told = f"most on {WEEKDAYS[day]} from {hour}:00 to {hour + 1}:00"
        return Content.styled(told, "$foreground-muted").truncate(self.size.width, ellipsis=True)

    def watch_week(self) -> None:
        """Points at nothing that was."""
        self.pointed = None

    def on_focus(self) -> None:
        """Begins on Monday morning."""
        self.at = self.at or (0, 8)

    def on_blur(self) -> None:
        """Points at nothing."""
        self.at = None

    def action_move(self, days: int, hours: int) -> None:
        """Another day or hour; the week goes round."""
        if self.at is not None:
            self.at = (self.at[0] + days) % 7, (self.at[1] + hours) % 24

    def action_choose(self) -> None:
        """The messages of the hour at hand, where there are any."""
        self._choose(self.at)

    def _choose(self, at: tuple[int, int] | None) -> None:
        if at is not None and self.week and self.week[at[0]][at[1]]:
            self.post_message(self.Chosen(*at))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Says what is under the mouse."""
        self.pointed = self._under(event)

    def on_click(self, event: events.Click) -> None:
        """The messages of the hour that is clicked."""
        self._choose(self._under(event))

    def _under(self, event: events.MouseEvent) -> tuple[int, int] | None:
        offset = event.get_content_offset(self)
        day, hour = (offset.y - 1, (offset.x - _NAME) // self._scale) if offset else (-1, -1)
        return (day, hour) if self.week and 0 <= day < 7 and 0 <= hour < 24 else None

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self.pointed = None


def _shade(n: int, most: int) -> str:
    return _SHADES[min(4, 5 * n // (most + 1))] if n else " "
