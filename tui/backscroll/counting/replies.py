"""How soon people answer: the middle of all answers, and how they spread over stretches of time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from backscroll.model.statistics import REPLY_EDGES

SHOWN_EDGES: Final = (10, 60, 300, 900, 3600, 14_400, 43_200, 86_400)
"""Seconds between the stretches that are shown; each is an edge that is counted by."""


@dataclass(frozen=True, slots=True)
class Replies:
    """Answers by stretches of `REPLY_EDGES`."""

    stretches: Mapping[int, int]

    @classmethod
    def of(cls, tallies: Iterable[tuple[int, int]]) -> "Replies":
        """The answers of several tallies (stretch, answers) together."""
        summed: Counter[int] = Counter()
        for stretch, answers in tallies:
            summed[stretch] += answers
        return cls(dict(sorted(summed.items())))

    @property
    def count(self) -> int:
        """How many answers there are."""
        return sum(self.stretches.values())

    @property
    def median(self) -> float | None:
        """Seconds that half of the answers took at most, as exact as the stretches are; None without an answer."""
        left = self.count / 2
        for stretch, answers in sorted(self.stretches.items()):
            if answers >= left:
                return _inside(stretch, left / answers)
            left -= answers
        return None

    def spread(self) -> list[tuple[int | None, int]]:
        """Answers of the stretches that are shown: up to how many seconds (None: longer), and how many."""
        found: list[tuple[int | None, int]] = [(edge, 0) for edge in SHOWN_EDGES] + [(None, 0)]
        for stretch, answers in self.stretches.items():
            begins = REPLY_EDGES[stretch - 1] if stretch else 0
            index = sum(edge <= begins for edge in SHOWN_EDGES)
            found[index] = found[index][0], found[index][1] + answers
        return found


def _inside(stretch: int, part: float) -> float:
    """A moment inside a stretch: each second of it is taken for as likely, relative to its length, as any other."""
    if stretch == 0:
        return float(REPLY_EDGES[0]) * part
    if stretch == len(REPLY_EDGES):
        return float(REPLY_EDGES[-1])
    begins, ends = REPLY_EDGES[stretch - 1], REPLY_EDGES[stretch]
    return float(begins * (ends / begins) ** part)


def duration(seconds: float | None) -> str:
    """A stretch of time in the words that one would use: 8 s, 3 min, 2.5 h, 4 d."""
    if seconds is None:
        return "–"
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.1f}".removesuffix(".0") + f" {unit}"
    return f"{seconds:.0f} s"
