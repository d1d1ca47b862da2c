"""What the pieces of texts become for search: worked out once, for people use the same ones all the time."""

from typing import Final

from backscroll.model.stems import has_stems, marked_stems
from backscroll.model.words import normalise

_KEPT: Final = 200_000
"""How many pieces are remembered; then remembering begins anew."""
_SHORTEST: Final = 3
_LONGEST: Final = 30


class _Normal(dict[str, str]):
    """Pieces between blanks and their words; the words of new pieces go to `words`."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()

    def __missing__(self, piece: str) -> str:
        normal = self[piece] = normalise(piece)
        self.words.update(word for word in normal.split() if is_kept(word))
        return normal


class _Stems(dict[str, str]):
    """Pieces between blanks and their stems in one language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, piece: str) -> str:
        found = self[piece] = " ".join(sorted(marked_stems(piece, self._language)))
        return found


class Lexicon:
    """Words and stems of texts, and which words are new since they were last asked for."""

    def __init__(self) -> None:
        self._normal = _Normal()
        self._stems: dict[str, _Stems] = {}

    def search_text(self, text: str) -> str | None:
        """The same as `words.search_text`; the words of the text are noted as words of the archive."""
        normal = list(map(self._normal.__getitem__, text.split()))
        return None if text.isascii() else " ".join(filter(None, normal))

    def stems(self, text: str, language: str | None) -> str | None:
        """The stems that stand beside the words of a text, marked, apart by single blanks; None: there are none."""
        if language is None or not has_stems(language):
            return None
        known = self._stems.get(language)
        if known is None:
            known = self._stems[language] = _Stems(language)
        return " ".join(dict.fromkeys(filter(None, map(known.__getitem__, text.split())))) or None

    def take_words(self) -> list[str]:
        """Words that were met since the last time, in order; some may have been given before."""
        words = sorted(self._normal.words)
        self._normal.words.clear()
        if len(self._normal) > _KEPT:
            self._normal.clear()
        for known in self._stems.values():
            if len(known) > _KEPT:
                known.clear()
        return words


def is_kept(word: str) -> bool:
    """Whether near spellings and parts of words are told from this word."""
    return _SHORTEST <= len(word) <= _LONGEST and not word.isdigit() and not word.startswith("emoji")
