"""Says when memory is let go of: hardly while the program is loaded, then as soon as there is what can go."""

import gc
from typing import Final

from textual._styles_cache import StylesCache
from textual.dom import DOMNode
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

_LOADING = 10_000, 10, 10
"""Objects made before the young ones are looked through, and of how many such looks one goes further: while the program
is loaded, nearly all of them stay."""
_READING = 700, 10, 5
"""A frame makes thousands and lets go of nearly all: where they waited for ten thousand, an hour of reading would hold
8 % more memory, and keys would be no quicker."""

_REMEMBERED: Final = (
    StylesCache.get_inner_outer,
    Style.__add__,
    Strip.render_ansi,
    ANSIToTruecolor.truecolor_style,
    Region.intersection,
    Region.translate,
    Region.overlaps,
)
"""What Textual remembers of lines, colours and places, most of which do not come again: in an hour four megabytes."""


def collect_rarely() -> None:
    """To be called before anything is loaded."""
    gc.set_threshold(*_LOADING)


def keep_loaded() -> None:
    """To be called once all is loaded: it is not looked through again, and what comes is looked through soon.

    What can go does so before, or it never would: nearly a megabyte of what styles were read from and first frames were
    made of. It is looked for this once, for about a tenth of a second while one looks at the first page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_READING)


def let_go() -> None:
    """To be called after a screen was closed: its widgets refer to one another, so megabytes would wait for a turn.

    Textual 8 keeps the lines of a thousand widgets that are gone, because it remembers the colours of each by the cache
    of its lines; and what else it remembers, between lists and lines that come and go, keeps their memory from the
    system.
    """
    for remembered in _REMEMBERED:
        remembered.cache_clear()
    if gc.get_freeze_count():  # else all that is loaded would be looked through
        gc.collect()


def let_go_of_lines(covered: DOMNode) -> None:
    """To be called when a screen is covered: all of its lines are drawn anew anyhow when it comes back.

    The screen above then makes its own of them: two megabytes less at the first search.
    """
    for widget in covered.walk_children(Widget, with_self=True):
        widget._styles_cache.clear()  # noqa: SLF001
