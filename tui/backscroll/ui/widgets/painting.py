"""From drawn lines to strips: every strip as wide as the view, and never a character's parts in two segments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rich.cells import split_graphemes
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip
from textual.style import Style

from backscroll.ui.widgets.lines import Line
from backscroll.ui.widgets.message_lines import Drawn

_JOINERS = ("\u200d", "\ufe0f")


@dataclass(frozen=True, slots=True)
class Paint:
    """What lies under the lines: `base` under separators, `own` under the message, and the bar beside it, if any."""

    base: Style
    own: Style
    bar: Style | None = None


@dataclass(slots=True, eq=False)
class Painted:
    """A line that becomes a strip of exactly `width` cells when it is first seen."""

    line: Line
    width: int
    style: Style
    bar: Style | None = None
    _strip: Strip | None = None

    @property
    def strip(self) -> Strip:
        """The line as Textual shows it; one and the same each time, because strips remember what was made of them."""
        if self._strip is None:
            self._strip = _strip(self.line, self.width, self.style)
            if self.bar:
                first, *rest = self._strip  # it begins with a blank, always
                edge = Segment("▌", self.bar.rich_style), Segment(first.text[1:], first.style)
                self._strip = Strip([*edge, *rest], self.width)
        return self._strip

    def selected(self, span: tuple[int, int], style: RichStyle) -> Strip:
        """The strip with the words between two characters (-1: to the last) in another style."""
        start, end = span
        taken = self.line.taken(start, None if end < 0 else end)
        if taken is None or taken[0] >= taken[1]:
            return self.strip
        return Strip(_restyled(self.strip, *taken, style), self.strip.cell_length)


def painted(drawn: Drawn, width: int, paint: Paint) -> list[Painted]:
    """The lines of a message on its ground."""
    end = len(drawn.lines) - drawn.tail
    return [
        Painted(line, width, paint.own, paint.bar) if drawn.lead <= number < end else Painted(line, width, paint.base)
        for number, line in enumerate(drawn.lines)
    ]


def selected_words(lines: Iterable[tuple[Line, tuple[int, int]]]) -> str:
    """The words of lines, each between two characters (-1: to the last); wrapped lines are joined as they were."""
    text: list[str] = []
    for line, (start, end) in lines:
        taken = line.taken(start, None if end < 0 else end)
        if taken is not None:
            text += [line.glue] if text else []
            text.append(line.plain[slice(*taken)])
    return "".join(text).strip("\n")


def _strip(line: Line, width: int, style: Style) -> Strip:
    segments = line.content.render_segments(style)
    if any(joiner in line.plain for joiner in _JOINERS):
        segments = _whole(segments, line.plain)
    return Strip(segments).adjust_cell_length(width, style.rich_style)


def _restyled(segments: Iterable[Segment], start: int, end: int, style: RichStyle) -> Iterator[Segment]:
    """The segments with another style between two characters; cutting by cells would part joined emoji."""
    for text, under, _ in segments:
        first, last = max(0, start), max(0, end)
        for part, is_in in ((text[:first], False), (text[first:last], True), (text[last:], False)):
            if part:
                yield Segment(part, under + style if is_in and under else under)
        start, end = start - len(text), end - len(text)


def _whole(segments: Sequence[Segment], text: str) -> list[Segment]:
    """The segments cut only between characters as one sees them: parts measure otherwise than the whole."""
    ends = {end for _, end, _ in split_graphemes(text)[0]}
    whole: list[Segment] = []
    start = 0
    for segment, cut in zip(segments, accumulate(len(segment.text) for segment in segments), strict=True):
        end = next(place for place in range(cut, len(text) + 1) if place in ends or place == len(text))
        if end > start:
            whole.append(Segment(text[start:end], segment.style))
            start = end
    return whole
