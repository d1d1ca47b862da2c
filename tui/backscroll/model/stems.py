"""Stems: what the forms of a word have in common, in every language that has rules for it.

A stem is made of the word as it was said and of the word without accents, because either may be typed. Beside the
words of a message stand only stems that no word of it is, marked with their language: the mark is its code in
full-width letters, which normalising never leaves in a word, so that neither a word nor a beginning meets a stem.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import Stemmer

from backscroll.model.languages import LANGUAGES
from backscroll.model.words import normalise, said_words

_OTHERS: Final = {"bs": "serbian", "hr": "serbian", "ms": "indonesian"}
"""Whose rules do for a language that has none of its own."""
_RULES: Final = {
    code: rules
    for code, name in LANGUAGES.items()
    if (rules := _OTHERS.get(code, name.lower())) in Stemmer.algorithms()
}
_LONGEST: Final = 60
CHANGING_BEGINNINGS: Final = frozenset({"ar", "bs", "ga", "hr", "id", "ms", "nl", "sr", "st", "tr"})
"""Languages in which a stem may begin with another letter than its word; in all others it never does."""


def has_stems(language: str) -> bool:
    """Whether there are rules for a language (its code)."""
    return language in _RULES


@cache
def mark(language: str) -> str:
    """What stands before the stems of a language: its code in full-width letters."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in language)


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_RULES[language], 0)


def forms(said: str, normal: str, languages: Iterable[str]) -> list[str]:
    """What a word that is asked for stands as in the index: itself first, then its stems, and these marked."""
    found = [normal]
    for language in languages:
        for stem in sorted(stems(said, normal, language)):
            found += [stem, mark(language) + stem]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=20_000)
def stems(said: str, normal: str, language: str) -> frozenset[str]:
    """The stems of a word, normalised, without marks: of the word as it was said, and of its `normal` form."""
    if language not in _RULES or len(said) > _LONGEST:
        return frozenset()
    stemmer = _stemmer(language)
    stem = stemmer.stemWord(said)
    if said == normal and stem.isascii() and stem.isalnum():
        return frozenset((stem,))
    found = (normalise(stem), normalise(stemmer.stemWord(normal)))
    return frozenset(stem for stem in found if stem and " " not in stem)


@lru_cache(maxsize=20_000)
def marked_stems(text: str, language: str) -> frozenset[str]:
    """The stems that stand beside the words of a text, marked: those that differ from their own word."""
    mine = mark(language)
    return frozenset(
        mine + stem for said, normal in said_words(text) for stem in stems(said, normal, language) if stem != normal
    )
