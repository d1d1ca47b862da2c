"""What helps where nothing was found: words that begin so or hold the word, and words that are spelt nearly so."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backscroll.archive.opening import Archive
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
_PARTS: Final = 10
"""How many words that hold another one are looked for together."""
_CANDIDATES: Final = 50_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to look for instead of a word of the query: another word, the beginning of one with a * behind it, or words
    that hold it, joined by OR in brackets.

    `hits` is how many messages that finds, counted up to a cap.
    """

    word: str
    instead: str
    hits: int

    @property
    def told(self) -> str:
        """What it offers, in words."""
        if self.instead.endswith(("*", ")")):
            words = self.instead.strip("()").replace(" OR ", ", ")
            return f"0 exact, {self.hits:,} by part of a word: {words}"
        return f"{self.instead} is in {self.hits:,} message{'' if self.hits == 1 else 's'}"

    def proposal(self, text: str) -> Proposal:
        """The query with it in place of each such word."""
        taken = text
        for token in reversed(list(pieces(text))):
            if token.piece in {"word", "phrase"} and query_words(token.text)[0] == (self.word,):
                taken = taken[: token.start] + self.instead + taken[token.end :]
        return Proposal(0, len(text), taken, self.told)


async def suggestions(archive: Archive, query: Query, cap: int) -> list[Suggestion]:
    """What helps with each word of a query that no message holds, the most likely first. Raises AppError."""
    asking = _Asking(archive, query.languages, cap)
    found: list[Suggestion] = []
    for term in dict.fromkeys(term for term in query.terms if _is_plain(term)):
        if not await asking.count([term], 1):
            found += await asking.about(term.words[0])
    return found


def _is_plain(term: Term) -> bool:
    return len(term.words) == 1 and not term.is_prefix and _SHORTEST <= len(term.words[0]) <= _LONGEST


@dataclass(frozen=True, slots=True)
class _Asking:
    """One look for help."""

    archive: Archive
    languages: Sequence[str]
    cap: int

    async def count(self, terms: Sequence[Term], cap: int) -> int:
        """How many messages hold one of the terms, at most `cap`."""
        search = self.archive.search
        (words,) = await search.tsqueries([any_of(terms, self.languages)])
        plan = Plan(search, Leaf("words", {"query": words}, Reach(words, is_indexed=True)), "newest", cap)
        return (await plan.count(cap))[0]

    async def about(self, word: str) -> list[Suggestion]:
        """Beginnings, parts, then spellings; nothing that no message holds any more."""
        words = self.archive.words
        beginning, holding, like = await asyncio.gather(
            words.beginning(word + "*", max(_SHORTEST, len(word) // 2)),
            words.holding(word, _PARTS),
            self._spellings(word),
        )
        instead = {f"{beginning}*": [Term((beginning,), is_prefix=True)]} if beginning else {}
        if holding:
            text = f"({' OR '.join(holding)})" if len(holding) > 1 else holding[0]
            instead[text] = [_said(other) for other in holding]
        instead |= {other: [_said(other)] for other in like}
        hits = await asyncio.gather(*(self.count(terms, self.cap) for terms in instead.values()))
        found = [Suggestion(word, text, count) for text, count in zip(instead, hits, strict=True)]
        return [suggestion for suggestion in found if suggestion.hits]

    async def _spellings(self, word: str) -> list[str]:
        """Words that a slip of the finger or two turn into this one, the likeliest first."""
        slips = 1 if len(word) < 6 else 2
        like = await self.archive.words.like(word, slips, max(1, len(word) // 3), _CANDIDATES)
        return await asyncio.to_thread(_nearest, word, like, slips)


def _said(word: str) -> Term:
    return Term((word,), said=word)


def _nearest(word: str, known: list[str], slips: int) -> list[str]:
    from rapidfuzz import process  # here, because the first frame need not wait for it
    from rapidfuzz.distance import OSA

    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=MOST)
    return [other for other, _, _ in found if other != word]
