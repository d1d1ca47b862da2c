"""The text of a message to be read only, in which the words are chosen that something is written about."""

from bisect import bisect_left, bisect_right

from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from backscroll.model.notes import Span
from backscroll.text import safe


class WordsArea(TextArea):
    """A message's text; what is selected in it is a span of the message's own text."""

    def __init__(self, text: str, span: Span | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(safe(text), read_only=True, id=id)
        self._original = text
        self._beginning = span

    def on_mount(self) -> None:
        """Selects what was chosen before."""
        if self._beginning is not None:
            shown = (safe(self._original[:end]).split("\n") for end in self._beginning)
            self.selection = Selection(*((len(lines) - 1, len(lines[-1])) for lines in shown))

    @property
    def span(self) -> Span | None:
        """What is selected, in characters of the message's text; None where nothing is."""
        lines = self.text.split("\n")
        start, end = sorted(sum(len(line) + 1 for line in lines[:row]) + column for row, column in self.selection)
        return Span(self._before(start), self._up_to(end)) if start < end else None

    def _before(self, shown: int) -> int:
        """How much of the message's text shows no more than so many characters: some are not shown, or as others."""
        return bisect_right(range(len(self._original) + 1), shown, key=self._shown) - 1

    def _up_to(self, shown: int) -> int:
        end = bisect_left(range(len(self._original) + 1), shown, key=self._shown)
        return end + (self._original[end - 1 : end + 1] == "\r\n")

    def _shown(self, length: int) -> int:
        return len(safe(self._original[:length]))
