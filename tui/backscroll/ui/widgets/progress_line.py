"""The first line of a review: which one, which pass, whose, how far, and how long it will take."""

from typing import Final

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from backscroll.model.review import Pass
from backscroll.reviewing.queue import Queue
from backscroll.text import safe_line
from backscroll.ui.widgets.top_line import unsent

_BAR: Final = 12
_PASSES: Final = {Pass.ALONE: "first pass", Pass.TOGETHER: "second pass", Pass.RESULT: "result"}


class ProgressLine(Widget):
    """One line."""

    DEFAULT_CSS = "ProgressLine { height: 1; background: $panel; padding: 0 1; }"

    _parts: reactive[tuple[Content, Content]] = reactive((Content(""), Content("")), init=False)

    waiting: reactive[tuple[int, int]] = reactive((0, 0))
    """How many writes are not sent yet, and how many were refused."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def show(self, queue: Queue) -> None:
        """Says how far a queue is."""
        total = len(queue.positions)
        full = _BAR * queue.done // total if total else _BAR
        place = f"{min(queue.index + 1, total):,} of {total:,}"
        left = Content.assemble(
            (f"{self._title}", "bold $text-primary"),
            (f" · {_PASSES[queue.made_in]} · {safe_line(queue.author)}", "$foreground-muted"),
        )
        right = Content.assemble(
            (f"{_pace(queue)}  ", "$foreground-muted"),
            ("━" * full, "$success"),
            ("━" * (_BAR - full), "$foreground 20%"),
            f"  {place}, {queue.done:,} done",
        )
        self._parts = (left, right)

    def render(self) -> RenderResult:
        """Where one is at the left, how far at the right."""
        left, right = self._parts
        right = Content.assemble(*unsent(*self.waiting), "  ", right)
        room = self.content_region.width - right.cell_length
        return Content.assemble(
            left.truncate(max(room - 1, 0), ellipsis=True), " " * max(1, room - left.cell_length), right
        )


def _pace(queue: Queue) -> str:
    """How many messages a minute, and how long the rest takes."""
    each, left = queue.seconds_each, queue.seconds_left
    if not each or left is None:
        return ""
    return f"{60 / each:.1f}/min" + (f", {_duration(left)} left" if queue.done < len(queue.positions) else "")


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "< 1 min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
