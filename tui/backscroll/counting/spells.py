"""Streaks and silences: days on end with a message, and days on end without one."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

_DAY = timedelta(days=1)


class Spell(NamedTuple):
    """Some days on end, from the first to the last."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1


def streaks(days: Iterable[date]) -> list[Spell]:
    """The days with messages, each unbroken run of them as one, in order; `days` are ascending."""
    found: list[Spell] = []
    for day in days:
        if found and day - found[-1].last == _DAY:
            found[-1] = Spell(found[-1].first, day)
        else:
            found.append(Spell(day, day))
    return found


def silences(days: Iterable[date]) -> list[Spell]:
    """The days between the first and the last that have no message, each unbroken run of them as one, in order."""
    runs = streaks(days)
    return [Spell(a.last + _DAY, b.first - _DAY) for a, b in pairwise(runs)]


def longest(spells: Iterable[Spell], most: int) -> list[Spell]:
    """The longest, the earlier one first among equals."""
    return sorted(spells, key=lambda spell: (-spell.days, spell.first))[:most]
