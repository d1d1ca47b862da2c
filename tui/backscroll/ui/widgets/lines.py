"""Lines as they are drawn that still know which of their characters somebody wrote, and how wrapped ones join."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from rich.cells import chop_cells, split_graphemes
from textual.content import Content
from textual.style import Style


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its content, and from and to before which character it is somebody's words (None: nowhere).

    `glue` is what stands between these words and those of the line before.
    """

    content: Content
    words: tuple[int, int] | None = None
    glue: str = "\n"

    @property
    def plain(self) -> str:
        """The line without its styles."""
        return self.content.plain

    def after(self, head: Content | str) -> "Line":
        """The line with something in front."""
        content = Content.assemble(head, self.content)
        added = len(content.plain) - len(self.content.plain)
        words = (self.words[0] + added, self.words[1] + added) if self.words else None
        return replace(self, content=content, words=words)

    def before(self, *tail: Content | str) -> "Line":
        """The line with something behind."""
        return replace(self, content=Content.assemble(self.content, *tail))

    def taken(self, start: int, end: int | None) -> tuple[int, int] | None:
        """Which of the characters from `start` to before `end` (None: to the last) are words."""
        if self.words is None:
            return None
        first = min(max(start, self.words[0]), self.words[1])
        last = self.words[1] if end is None else max(first, min(end, self.words[1]))
        return (first, last) if self.plain.isascii() else self._rounded(first, last)

    def _rounded(self, first: int, last: int) -> tuple[int, int]:
        """The range made so wide that it parts nothing that one sees as one character."""
        inside = [(start, end) for start, end, _ in split_graphemes(self.plain)[0] if start < last and end > first]
        return (inside[0][0], inside[-1][1]) if inside else (first, last)


def wrapped(content: Content, width: int, written: int | None = None) -> Iterator[Line]:
    """The lines of a text in so many cells, broken between words; its first `written` characters are words."""
    written = len(content.plain) if written is None else written
    start = 0
    for whole in content.split(allow_blank=True):
        position, glue, text = 0, "\n", whole.plain
        for piece in [whole] if whole.cell_length <= width else whole.wrap(width):
            # Behind a word that was cut, a piece may begin with the spaces that stand there.
            rest = text[position:]
            dropped = rest[: max(0, _indent(rest) - _indent(piece.plain))]
            position += len(dropped)
            length = len(piece.plain)
            end = max(0, min(length, written - start - position))
            yield Line(piece, (0, end) if end or not length else None, glue + dropped)
            position, glue = position + length, ""
        start += len(text) + 1


def wrapped_fence(content: Content, width: int, style: Style) -> Iterator[Line]:
    """The lines of a program in so many cells, broken by cells; what is broken goes on under its own indentation."""
    for whole in content.split(allow_blank=True):
        text = whole.plain
        indent = min(len(text) - len(text.lstrip(" ")), width // 2)
        if whole.cell_length <= width:
            yield _filled(Line(whole, (0, len(text))), width, style)
            continue
        pieces = chop_cells(text[indent:], width - indent)
        ends = accumulate((len(piece) for piece in pieces[:-1]), initial=indent)
        first, *rest = whole.divide(list(ends)[1:])
        yield _filled(Line(first, (0, len(first.plain))), width, style)
        for piece in rest:
            yield _filled(Line(piece, (0, len(piece.plain)), "").after(" " * indent), width, style)


def _filled(line: Line, width: int, style: Style) -> Line:
    content = line.content.pad_right(max(0, width - line.content.cell_length))
    return replace(line, content=content.stylize_before(style))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
