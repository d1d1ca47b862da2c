"""What helps where nothing was found: words that begin like one that is absent, and words that are spelt nearly so."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backscroll.archive.search import Search
from backscroll.model.condition import Leaf, Reach
from backscroll.model.query import Query, Term
from backscroll.model.words import query_words
from backscroll.searching.completing import Proposal
from backscroll.searching.expressions import any_of
from backscroll.searching.language import pieces
from backscroll.searching.walking import Plan

MOST: Final = 5
"""How many spellings are offered for a word."""
_SHORTEST: Final = 3
_LONGEST: Final = 30
_ALPHABETS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
    "αβγδεζηθικλμνξοπρςστυφχψω",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةى",
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to look for instead of a word of the query: another word, or the beginning of one with a * behind it.

    `hits` is how many messages hold it, counted up to a cap.
    """

    word: str
    instead: str
    hits: int

    @property
    def told(self) -> str:
        """What it offers, in words."""
        if self.instead.endswith("*"):
            return f"0 exact, {self.hits:,} by part of a word: {self.instead}"
        return f"{self.instead} is in {self.hits:,} message{'' if self.hits == 1 else 's'}"

    def proposal(self, text: str) -> Proposal:
        """The query with it in place of each such word."""
        taken = text
        for token in reversed(list(pieces(text))):
            if token.piece in {"word", "phrase"} and query_words(token.text)[0] == (self.word,):
                taken = taken[: token.start] + self.instead + taken[token.end :]
        return Proposal(0, len(text), taken, self.told)


async def suggestions(search: Search, query: Query, cap: int) -> list[Suggestion]:
    """What helps with each word of a query that no message holds, the most likely first. Raises AppError."""
    found: list[Suggestion] = []
    for word in dict.fromkeys(term.words[0] for term in query.terms if _is_plain(term)):
        if not await _count(search, Term((word,)), 1):
            found += await _beginnings(search, word, cap)
            found += await _spellings(search, word, cap)
    return found


def _is_plain(term: Term) -> bool:
    return len(term.words) == 1 and not term.is_prefix and _SHORTEST < len(term.words[0]) <= _LONGEST


async def _count(search: Search, term: Term, cap: int) -> int:
    (words,) = await search.tsqueries([any_of([term])])
    plan = Plan(search, Leaf("words", {"query": words}, Reach(words, is_indexed=True)), "newest", cap)
    return (await plan.count(cap))[0]


async def _beginnings(search: Search, word: str, cap: int) -> list[Suggestion]:
    """The longest beginning that some word has."""
    for length in range(len(word), max(_SHORTEST, len(word) // 2) - 1, -1):
        hits = await _count(search, Term((word[:length],), is_prefix=True), cap)
        if hits:
            return [Suggestion(word, f"{word[:length]}*", hits)]
    return []


async def _spellings(search: Search, word: str, cap: int) -> list[Suggestion]:
    """Words that one slip of the finger turns into this one. The word index is asked for each of them."""
    candidates = sorted(set(_slips(word)) - {word})
    known: Counter[str] = Counter()
    for quarter in reversed(await search.quarters()):
        known.update(await search.spellings(quarter, candidates))
    return [Suggestion(word, other, await _count(search, Term((other,)), cap)) for other, _ in known.most_common(MOST)]


def _slips(word: str) -> Iterator[str]:
    """A letter left out, two exchanged, one mistaken, one too few."""
    letters = "".join(alphabet for alphabet in _ALPHABETS if set(alphabet) & set(word))
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in letters:
            yield before + letter + after[1:]
            yield before + letter + after
