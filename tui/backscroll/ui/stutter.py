"""Says when the garbage collector works: not while someone pages, but as soon as there is much to let go of."""

import gc

from textual._styles_cache import StylesCache

_YOUNG = 10_000
"""Objects made before the young ones are looked through: a frame makes thousands and lets go of nearly all."""


def collect_rarely() -> None:
    """To be called before anything is loaded: nearly all of that stays, and to look through it takes time."""
    gc.set_threshold(_YOUNG, 10, 10)


def keep_loaded() -> None:
    """To be called once all is loaded: it is not looked through again."""
    gc.freeze()


def let_go() -> None:
    """To be called after a screen was closed: its widgets refer to one another, so megabytes would wait for a turn.

    Textual 8 remembers the colours of each widget by the cache of its lines, and so keeps the lines of a thousand
    widgets that are gone.
    """
    StylesCache.get_inner_outer.cache_clear()
    if gc.get_freeze_count():  # else all that is loaded would be looked through
        gc.collect()
