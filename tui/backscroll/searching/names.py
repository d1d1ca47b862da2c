"""Which names fit what was typed: parts of words, whatever their case and accents; failing that, near spellings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from backscroll.model.words import normalise

_LIKE: Final = 74.0
_FROM_BEST: Final = 8.0
_PART: Final = 3
"""A shorter piece has to begin a word: one letter would be in nearly every name."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Names that fit; `is_guess` where none holds what was typed, and these are spelt like it."""

    names: tuple[str, ...]
    is_guess: bool = False


class NameList:
    """Names to choose from, read once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._words = {name: tuple(normalise(name).split()) for name in names}
        self._known = sorted({word for words in self._words.values() for word in words})

    def fitting(self, typed: str, *, is_exact: bool) -> Fitting:
        """The names that fit; case, accents and punctuation do not matter. An exact one is the whole name."""
        wanted = tuple(normalise(typed).split())
        if not wanted:  # a name of signs alone
            return Fitting(tuple(name for name in self._words if name.strip().casefold() == typed.strip().casefold()))
        if is_exact:
            return Fitting(tuple(name for name, words in self._words.items() if words == wanted))
        holding = tuple(name for name, words in self._words.items() if _holds(words, wanted))
        return Fitting(holding) if holding else Fitting(self._alike(wanted), is_guess=True)

    def _alike(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Names each of whose words that count is spelt nearly so, and none much worse than the best."""
        scores = [{found: score for found, score, _ in _near(word, self._known)} for word in wanted]
        total = {
            name: min(max((near.get(word, 0.0) for word in words), default=0.0) for near in scores)
            for name, words in self._words.items()
        }
        best = max(total.values(), default=0.0)
        return tuple(name for name, score in total.items() if score >= max(_LIKE, best - _FROM_BEST))


def _holds(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(any(word.startswith(part) or (len(part) >= _PART and part in word) for word in words) for part in wanted)


def _near(word: str, known: list[str]) -> list[tuple[str, float, int]]:
    from rapidfuzz import fuzz, process  # here, because the first frame need not wait for it

    return process.extract(word, known, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None) if len(word) > 2 else []
