"""What was asked before, to be asked again: saved searches and the history, filtered by a few letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backscroll.model.saved import SavedSearch
from backscroll.model.words import normalise

_LIKE: Final = 70.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was asked before; `saved` where it has a name."""

    query: str
    saved: SavedSearch | None = None

    @property
    def words(self) -> str:
        """What it is found by."""
        return normalise(f"{self.saved.name if self.saved else ''} {self.query}")


class Recalling:
    """Saved searches, the last used first, then the history, the last asked first."""

    def __init__(self, saved: Sequence[SavedSearch], history: Sequence[str]) -> None:
        self._asked = [*(Asked(kept.query, kept) for kept in saved), *map(Asked, history)]
        self._words = [asked.words for asked in self._asked]

    def fitting(self, typed: str) -> list[Asked]:
        """Those that hold all words that were typed, in their order; then those that are spelt nearly so."""
        from rapidfuzz import fuzz, process  # here, because the first frame need not wait for it

        wanted = normalise(typed).split()
        if not wanted:
            return list(self._asked)
        holding = [i for i, words in enumerate(self._words) if all(part in words for part in wanted)]
        near = process.extract(" ".join(wanted), self._words, scorer=fuzz.partial_ratio, score_cutoff=_LIKE, limit=None)
        return [self._asked[i] for i in dict.fromkeys([*holding, *(i for _words, _score, i in near)])]
