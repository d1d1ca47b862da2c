"""How many tokens a text takes, told without the tables of any one model."""

from math import ceil
from typing import Final

_BYTES: Final = 3.5
"""Bytes of UTF-8 to a token: English has more, most other languages have fewer, Chinese has about three."""


def tokens_of(text: str) -> int:
    """About how many tokens a text takes: rather too many than too few."""
    return ceil(len(text.encode("utf-8", "replace")) / _BYTES)
