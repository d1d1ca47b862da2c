"""Finds the words of a query again in a text that is shown."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from backscroll.model.query import Query, Term
from backscroll.model.stems import CHANGING_BEGINNINGS, forms, mark, marked_stems
from backscroll.model.words import Word, words


def highlights(text: str, query: Query) -> list[tuple[int, int]]:
    """Where the query's terms stand in the text: (start, end) in characters, end exclusive, in order, apart."""
    found = words(text) if query.terms else []
    spans = [span for term in query.terms for span in _spans(found, term)]
    spans += [span for term in query.terms if term.said for span in _other_forms(text, found, term, query.languages)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] and (start < merged[-1][1] or start == end):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _other_forms(text: str, found: list[Word], term: Term, languages: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where a word stands in other forms; only words that may have its stem are looked into."""
    plain, by_letter, anywhere = _sought(term, languages)
    for word in found if plain else ():
        candidates = (*by_letter.get(word.normal[0], ()), *anywhere)
        if word.normal in plain or any(
            stems & marked_stems(text[word.start : word.end], language) for language, stems in candidates
        ):
            yield word.start, word.end


_Sought: TypeAlias = tuple[tuple[str, frozenset[str]], ...]


@lru_cache(maxsize=100)
def _sought(term: Term, languages: tuple[str, ...]) -> tuple[frozenset[str], dict[str, _Sought], _Sought]:
    """Other forms of a word; and its marked stems by language: those of words that begin alike, and of any words."""
    wanted = frozenset(forms(term.said or "", term.words[0], languages))
    by_letter: dict[str, _Sought] = {}
    anywhere: _Sought = ()
    for language in languages:
        mine = mark(language)
        stems = frozenset(form for form in wanted if form.startswith(mine))
        if language in CHANGING_BEGINNINGS:
            anywhere += ((language, stems),)
            continue
        for letter in {stem[len(mine)] for stem in stems}:
            by_letter[letter] = (*by_letter.get(letter, ()), (language, stems))
    return wanted - {term.words[0]}, by_letter, anywhere


def _spans(found: list[Word], term: Term) -> list[tuple[int, int]]:
    *before, last = term.words
    spans: list[tuple[int, int]] = []
    for i, word in enumerate(found):
        fits = word.normal.startswith(last) if term.is_prefix else word.normal == last
        if fits and i >= len(before) and [w.normal for w in found[i - len(before) : i]] == before:
            spans.append((found[i - len(before)].start, _end(word, term)))
    return spans


def _end(word: Word, term: Term) -> int:
    # One character of an unspaced script asks for pairs that begin with it: the second character is not meant.
    is_half_a_pair = term.is_prefix and len(term.words[-1]) == 1 and word.end - word.start == len(word.normal) == 2
    return word.end - 1 if is_half_a_pair and not word.normal.isascii() else word.end
