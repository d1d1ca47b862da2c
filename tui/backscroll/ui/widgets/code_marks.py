"""How codes look: their colours, and what they leave on a message."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from textual.color import Color
from textual.content import Content
from textual.style import Style

from backscroll.model.code import Code, Codebook
from backscroll.text import safe_line
from backscroll.ui.widgets.palette import colour_for

_BLACK, _WHITE = Color(0, 0, 0), Color(255, 255, 255)
_BRIGHT: Final = 0.5
_MARKS: Final = 4
"""How many codes a message shows by marks of their own."""


def code_colour(book: Codebook, code: Code, *, is_dark: bool) -> str:
    """Its colour, else that of the code that it stands under, else one that stays with it; as #rrggbb."""
    line = book.line(code)
    return next((above.colour for above in reversed(line) if above.colour), colour_for(line[0].id, is_dark=is_dark))


def code_label(book: Codebook, code: Code, *, is_dark: bool) -> Content:
    """A code by its path, behind a mark of its colour."""
    path = safe_line(book.path(code))
    return Content.assemble(("■ ", code_colour(book, code, is_dark=is_dark)), path)


def code_marks(book: Codebook, codes: Iterable[UUID], *, is_dark: bool) -> Content:
    """A mark for each code of a message, in the order of the codebook: its key on its colour, or a square."""
    borne = {code.id for identity in codes if (code := book.living(identity))}
    shown = [code for _, code in book.walk(with_retired=True) if code.id in borne]
    marks = [_mark(code, Color.parse(code_colour(book, code, is_dark=is_dark))) for code in shown[:_MARKS]]
    more = len(shown) - _MARKS
    return Content(" ").join([*marks, *([Content(f"+{more}")] if more > 0 else [])])


def _mark(code: Code, colour: Color) -> Content:
    if not code.key:
        return Content("■").stylize(Style(foreground=colour))
    ink = _BLACK if colour.brightness > _BRIGHT else _WHITE
    return Content(code.key).stylize(Style(foreground=ink, background=colour, bold=True))


def code_labels(book: Codebook, codes: Iterable[UUID], *, is_dark: bool) -> list[Content]:
    """The codes of an annotation by their paths, in the order in which they were given."""
    known = dict.fromkeys(code for identity in codes if (code := book.living(identity)))
    return [code_label(book, code, is_dark=is_dark) for code in known]
