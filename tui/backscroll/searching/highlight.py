"""Finds the words of a query again in a text that is shown."""

from backscroll.model.query import Query, Term
from backscroll.model.words import Word, words


def highlights(text: str, query: Query) -> list[tuple[int, int]]:
    """Where the query's terms stand in the text: (start, end) in characters, end exclusive, in order, apart."""
    found = words(text) if query.terms else []
    spans = [span for term in query.terms for span in _spans(found, term)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] and (start < merged[-1][1] or start == end):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _spans(found: list[Word], term: Term) -> list[tuple[int, int]]:
    length = len(term.words)
    spans: list[tuple[int, int]] = []
    for i in range(len(found) - length + 1):
        stretch = found[i : i + length]
        if all(
            _fits(word, wanted, term, j == length - 1)
            for j, (word, wanted) in enumerate(zip(stretch, term.words, strict=True))
        ):
            spans.append((stretch[0].start, _end(stretch[-1], term)))
    return spans


def _fits(word: Word, wanted: str, term: Term, is_last: bool) -> bool:
    return word.normal.startswith(wanted) if term.is_prefix and is_last else word.normal == wanted


def _end(word: Word, term: Term) -> int:
    # One character of an unspaced script asks for pairs that begin with it: the second character is not meant.
    is_half_a_pair = term.is_prefix and len(term.words[-1]) == 1 and word.end - word.start == len(word.normal) == 2
    return word.end - 1 if is_half_a_pair and not word.normal.isascii() else word.end
