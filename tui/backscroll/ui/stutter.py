"""Keeps the garbage collector from making a key press stutter."""

import gc

_YOUNG = 10_000
"""Objects made before the young ones are looked through: a frame makes thousands and lets go of nearly all."""


def collect_rarely() -> None:
    """To be called once all is loaded: that stays, so it is not looked through again, and the rest less often."""
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)
