"""Finds chats by a part of their title, typing mistakes included; prefixes and beginnings of words come first."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final
from unicodedata import combining, normalize
from uuid import UUID

from backscroll.text import safe_line

_CUTOFF: Final = 70
_SLICE: Final = 2000
"""How many titles are compared at once; in a thread, others have their turn in between."""


@dataclass(frozen=True, slots=True)
class Match:
    """A chat that fits: its title, which has passed `safe_line`, how well (0 to 400), and which letters of it do."""

    id: UUID
    title: str
    score: float
    spans: tuple[tuple[int, int], ...]


class _Plain(dict[int, str]):
    """Each character without case and accents, found out once; always one character, so that places stay the same."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        parts = normalize("NFD", character.lower())
        plain = self[code] = parts[0] if all(map(combining, parts[1:])) else character
        return plain


_PLAIN = _Plain()


class Titles:
    """The titles of chats, ready to be looked through while someone types: ten milliseconds for 20,000 of them."""

    def __init__(self, titles: Iterable[tuple[UUID, str]]) -> None:
        self._named = [(identity, safe_line(title)) for identity, title in titles]
        self._folded = [_fold(title) for _, title in self._named]
        # One text with a line for each title: looking for a word in it is one search instead of thousands.
        self._lines = "\n".join(["", *self._folded, ""])
        self._starts = list(accumulate((len(title) + 1 for title in self._folded), initial=1))

    def match(self, typed: str, limit: int = 50) -> list[Match]:
        """The `limit` chats that fit best what was typed; without anything typed the first ones.

        Typing mistakes are looked for only where nothing is spelled so: otherwise a list would hardly narrow.
        """
        needle = _fold(" ".join(typed.split()))
        if not needle:
            return [Match(identity, title, 0, ()) for identity, title in self._named[:limit]]
        scores = self._literal(needle, limit)
        if not scores and len(needle) > 2:
            scores = self._similar(needle)
        best = sorted(scores, key=lambda place: (-scores[place], place))[:limit]
        return [Match(*self._named[i], scores[i], _spans(needle, self._folded[i])) for i in best]

    def _literal(self, needle: str, limit: int) -> dict[int, float]:
        """400 for the whole title, 300 where it begins so, 200 where a word does, 100 for any place."""
        found: dict[int, float] = {}
        for score, pattern in ((400, f"\n{needle}\n"), (300, f"\n{needle}"), (200, f" {needle}"), (100, needle)):
            place = self._lines.find(pattern)
            while place >= 0 and len(found) < limit:
                index = bisect_right(self._starts, place + (pattern[0] == "\n")) - 1
                found.setdefault(index, score)
                place = self._lines.find(pattern, self._starts[index + 1] - 1)
        return found

    def _similar(self, needle: str) -> dict[int, float]:
        from rapidfuzz import fuzz, process  # here, because the first frame need not wait for it

        scores: dict[int, float] = {}
        for start in range(0, len(self._folded), _SLICE):
            titles = self._folded[start : start + _SLICE]
            similar = process.extract(needle, titles, scorer=fuzz.partial_ratio, score_cutoff=_CUTOFF, limit=None)
            scores |= {start + i: _as_a_whole(needle, title, score) * 0.99 for title, score, i in similar}
        return {place: score for place, score in scores.items() if score}


def _as_a_whole(needle: str, title: str, score: float) -> float:
    from rapidfuzz import fuzz

    # A title shorter than what was typed is a part of it too easily.
    return score if len(title) >= len(needle) else fuzz.ratio(needle, title, score_cutoff=_CUTOFF)


def _fold(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_PLAIN)


def _spans(needle: str, title: str) -> tuple[tuple[int, int], ...]:
    place = 0 if title.startswith(needle) else title.find(f" {needle}") + 1 or title.find(needle)
    if place >= 0:
        return ((place, place + len(needle)),)
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    aligned = fuzz.partial_ratio_alignment(needle, title)
    start = aligned.dest_start if aligned and len(title) >= len(needle) else 0
    end = aligned.dest_end if aligned and len(title) >= len(needle) else len(title)
    steps = LCSseq.opcodes(needle, title[start:end])
    return tuple((start + s.dest_start, start + s.dest_end) for s in steps if s.tag == "equal")
