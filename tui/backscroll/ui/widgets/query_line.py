"""The input for a query, in which places that something is to be said about stand out."""

from collections.abc import Sequence
from typing import ClassVar, Final, TypeAlias

from rich.highlighter import Highlighter
from rich.text import Text
from textual.widgets import Input

Place: TypeAlias = tuple[int, int]
"""Characters of a query, from the first to behind the last."""

_EXAMPLE: Final = 'words, "a phrase", from:ana, before:2021-03'


class QueryLine(Input):
    """An input whose places can be pointed at, as wrong or as worth a remark."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"query--wrong", "query--remarked"}

    def __init__(self, text: str) -> None:
        super().__init__(text, placeholder=_EXAMPLE, id="query", select_on_focus=False)
        self.highlighter = _Pointer(self)
        self.pointed: tuple[Place, ...] = ()
        self.is_wrong = False

    def point(self, places: Sequence[Place], *, is_wrong: bool = False) -> None:
        """Marks these places, and no others."""
        self.pointed, self.is_wrong = tuple(places), is_wrong
        self.refresh()


class _Pointer(Highlighter):
    """Underlines the places that a query line points at."""

    def __init__(self, line: QueryLine) -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        """Called for each drawing of the line."""
        name = "query--wrong" if self._line.is_wrong else "query--remarked"
        for start, end in self._line.pointed:
            text.stylize(self._line.get_component_rich_style(name, partial=True), start, end)
