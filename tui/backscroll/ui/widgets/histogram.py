"""How many hits were found when: a bar for each stretch of time, and keys and clicks that choose one."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from backscroll.dates import Span, long_day
from backscroll.model.conversation import Day
from backscroll.searching.spreading import Stretch
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.moments import stretch_title
from backscroll.ui.widgets.timeline import BARS, Bars

_COLOUR = "$primary 70%"
_WIDEST = 6
"""Cells of a bar, where there are few of them."""


class Histogram(Widget, can_focus=True):
    """Bars as high as their share of hits, from the first day with a hit to the last; below them what is pointed at."""

    ALLOW_SELECT = False
    NOUN: ClassVar[str] = "hit"
    """What is counted."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "Earlier", show=False, tooltip="The hits before these"),
        Binding("right,l", "move(1)", "Later", show=False, tooltip="The hits after these"),
        Binding("home", "end(0)", "First", show=False, tooltip="The first hits"),
        Binding("end", "end(-1)", "Last", show=False, tooltip="The last hits"),
        Binding("enter", "choose", "Only then", show=False, tooltip="Only hits of this time"),
    ]

    stretches: reactive[Sequence[Stretch]] = reactive(())
    """The days that have hits, oldest first."""
    told: reactive[str] = reactive("")
    """What was counted, in words."""
    at: reactive[int | None] = reactive(None)
    """The bar that the keys act on, by its number."""
    pointed: reactive[int | None] = reactive(None)
    """The bar under the mouse."""

    _bars: Bars | None = None

    class Chosen(Message):
        """Only hits of these days are wanted."""

        def __init__(self, span: Span) -> None:
            super().__init__()
            self.span = span

    # Bars

    @property
    def bars(self) -> Bars | None:
        """What is drawn; None where there is nothing."""
        if not self.stretches or self.size.width < 8:
            return None
        if self._bars is None:
            self._bars = self.make_bars([Day(stretch.span.first, stretch.hits) for stretch in self.stretches])
        return self._bars

    def make_bars(self, days: Sequence[Day]) -> Bars:
        """A bar for each day, or for as many as do not fit beside one another."""
        return Bars(days, min((days[-1].day - days[0].day).days + 1, self.size.width))

    def watch_stretches(self) -> None:
        """Draws others."""
        self._bars = None
        self.pointed = None
        self.at = self._filled[-1] if self._filled and self.has_focus else None

    @property
    def _filled(self) -> list[int]:
        """The bars that are not empty, by their numbers."""
        return [number for number, hits in enumerate(self.bars.sums) if hits] if self.bars else []

    @property
    def _scale(self) -> int:
        """How many cells a bar is wide."""
        return max(1, min(_WIDEST, self.size.width // self.bars.width)) if self.bars else 1

    def span(self, number: int) -> Span:
        """The days of a bar, from its first to its last one with a hit."""
        bars = self.bars
        inside = [s.span for s in self.stretches if bars is not None and bars.cell(s.span.first) == number]
        return Span(inside[0].first, max(span.after for span in inside))

    # Drawing

    def render(self) -> Content:
        """The bars, and below them the ends of the time or the stretch that is pointed at."""
        bars = self.bars
        if bars is None:
            return Content("")
        rows, most = max(1, self.size.height - 1), max(bars.sums)
        levels = [max(1, round(8 * rows * hits / most)) if hits else 0 for hits in bars.sums]
        lines = [self._row(levels, 8 * row) for row in reversed(range(rows))]
        return Content("\n").join([*lines, self._label(bars)])

    def _row(self, levels: Sequence[int], ground: int) -> Content:
        scale, shown = self._scale, self.at if self.pointed is None else self.pointed
        gap = scale > 2
        heights = [max(0, min(8, level - ground)) for level in levels]
        bars = [(BARS[height - 1] if height else " ") * (scale - gap) + " " * gap for height in heights]
        if shown is None:
            return Content.styled("".join(bars), _COLOUR)
        before, after = "".join(bars[:shown]), "".join(bars[shown + 1 :])
        return Content.assemble((before, _COLOUR), (bars[shown], "$warning"), (after, _COLOUR))

    def end_title(self, day: date) -> str:
        """What stands below the first and the last bar."""
        return long_day(day)

    def _label(self, bars: Bars) -> Content:
        number = self.at if self.pointed is None else self.pointed
        if number is not None:
            told = f"{stretch_title(self.span(number))} · {counted(bars.sums[number], self.NOUN)}"
            return Content.styled(told, "$warning").truncate(self.size.width)
        first, last = self.span(0), self.span(bars.width - 1)
        told = stretch_title(Span(first.first, last.after))
        begin, end, width = self.end_title(bars.first), self.end_title(bars.last), bars.width * self._scale
        if len(begin) + len(self.told) + len(end) + 4 <= width:
            told = f"{begin}{self.told.center(width - len(begin) - len(end))}{end}"
        elif self.told:
            told = f"{told} · {self.told}"
        return Content.styled(told, "$foreground-muted").truncate(self.size.width, ellipsis=True)

    # Keys

    def on_focus(self) -> None:
        """Begins with the newest."""
        if self.at is None and self._filled:
            self.at = self._filled[-1]

    def on_blur(self) -> None:
        """Points at nothing."""
        self.at = None

    def action_move(self, step: int) -> None:
        """The next bar that is not empty, earlier or later."""
        filled = self._filled
        if self.at in filled:
            self.at = filled[max(0, min(len(filled) - 1, filled.index(self.at) + step))]

    def action_end(self, index: int) -> None:
        """The first or the last bar."""
        if self._filled:
            self.at = self._filled[index]

    def action_choose(self) -> None:
        """Only hits of the stretch of time at hand."""
        if self.at in self._filled:
            self.post_message(self.Chosen(self.span(self.at)))

    # Mouse

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Says what is under the mouse."""
        self.pointed = self._under(event)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self.pointed = None

    def on_click(self, event: events.Click) -> None:
        """Only hits of the stretch that is clicked."""
        number = self._under(event)
        if number is not None:
            self.post_message(self.Chosen(self.span(number)))

    def on_resize(self) -> None:
        """Other bars, at another width."""
        self._bars, self.pointed = None, None
        self.at = self._filled[-1] if self._filled and self.has_focus else None

    def _under(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        number = offset.x // self._scale if offset else -1
        return number if number in self._filled else None
