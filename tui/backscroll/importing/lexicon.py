"""What the pieces of texts become for search: worked out once, for people use the same ones all the time."""

from array import array
from collections.abc import Iterator, Sequence
from typing import Final

from backscroll.model.stems import has_stems, mark, marked_stems, stems
from backscroll.model.words import normalise

_KEPT: Final = 200_000
"""How many pieces are remembered; then remembering begins anew."""
_RECURRING: Final = 24
"""What is longer hardly comes again: addresses and numbers."""
_PLACES: Final = 20
"""Bits of a place for a word that was given: a million of them, in four megabytes."""
_TOGETHER: Final = 100
"""Texts whose pieces are looked at together."""
_SHORTEST: Final = 3
_LONGEST: Final = 30


class _Normal(dict[str, str]):
    """Pieces between blanks and their words; the words of new pieces go to `words`, also those that are not kept."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()

    def __missing__(self, piece: str) -> str:
        normal = self.note(piece)
        if len(piece) <= _RECURRING:
            self[piece] = normal
        return normal

    def note(self, piece: str) -> str:
        """Puts the words of a piece to the others; gives them."""
        if piece.isascii() and piece.isalnum():  # most are a word
            normal = piece.lower()
            self.words.add(normal)
        else:
            normal = normalise(piece)
            self.words.update(normal.split())
        return normal


class _Stems(dict[str, str]):
    """Pieces between blanks and their stems in one language."""

    def __init__(self, language: str, normal: dict[str, str]) -> None:
        super().__init__()
        self._language = language
        self._mark = mark(language)
        self._normal = normal
        self._words: dict[str, str] = {}

    def __missing__(self, piece: str) -> str:
        if piece.isascii():  # its words are what was said, and there are fewer of them than pieces
            found = " ".join(filter(None, map(self._stem, self._normal[piece].split())))
        else:
            found = " ".join(sorted(marked_stems(piece, self._language)))
        if len(piece) <= _RECURRING:
            self[piece] = found
        return found

    def _stem(self, word: str) -> str:
        found = self._words.get(word)
        if found is None:
            others = stems(word, word, self._language) - {word}
            found = self._words[word] = " ".join(self._mark + stem for stem in others)
        return found


class Lexicon:
    """Words and stems of texts, and which words are new since they were last asked for."""

    def __init__(self) -> None:
        self._given = array("i", bytes(4 << _PLACES))
        self._normal = _Normal()
        self._noted: set[str] = set()
        self._stems: dict[str, _Stems] = {}

    def look_up(self, text: str, language: str | None) -> tuple[str | None, str | None]:
        """What `words.search_text` says of a text; and the stems that stand beside its words, marked, apart by blanks.

        None for stems where there are none. The words of the text are noted as words of the archive.
        """
        pieces = text.split()
        known = self._in(language)
        if known is None:
            normal = list(map(self._normal.__getitem__, pieces))
            return None if text.isascii() else " ".join(filter(None, normal)), None
        stems = " ".join(dict.fromkeys(filter(None, map(known.__getitem__, pieces)))) or None
        if text.isascii():  # whoever has the stems of a piece has noted its words
            return None, stems
        return " ".join(filter(None, map(self._normal.__getitem__, pieces))), stems

    def note(self, texts: Sequence[str]) -> None:
        """Notes the words of texts that are all ASCII and get no stems: `look_up` would say nothing of them."""
        for start in range(0, len(texts), _TOGETHER):
            pieces = set(" ".join(texts[start : start + _TOGETHER]).split()).difference(self._noted)
            self._noted |= pieces
            plain = {piece for piece in pieces if piece.isalnum()}
            self._normal.words.update(map(str.lower, plain))
            for piece in pieces - plain:
                self._normal.note(piece)

    def _in(self, language: str | None) -> _Stems | None:
        if language is None or not has_stems(language):
            return None
        if language not in self._stems:
            self._stems[language] = _Stems(language, self._normal)
        return self._stems[language]

    def take_words(self) -> list[str]:
        """Words that were met since the last time, in order; a few may have been given before."""
        words = sorted(self._not_given())
        self._normal.words.clear()
        if len(self._normal) + len(self._noted) > _KEPT:
            self._normal.clear()
            self._noted.clear()
            self._stems.clear()
        return words

    def _not_given(self) -> Iterator[str]:
        """Pieces are forgotten again and again, and to look at a word takes the server longer than this: a word has two
        places by its hash, which hold the last two that came there."""
        given = self._given
        for word in self._normal.words:
            key = hash(word)
            place, mark = key & (1 << _PLACES) - 1, key >> _PLACES & 0x7FFF_FFFF | 1
            if given[place] != mark and given[place ^ 1] != mark:
                given[place ^ 1], given[place] = given[place], mark
                if is_kept(word):
                    yield word


def is_kept(word: str) -> bool:
    """Whether near spellings and parts of words are told from this word."""
    return _SHORTEST <= len(word) <= _LONGEST and not word.isdigit() and not word.startswith("emoji")
