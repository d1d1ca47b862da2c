"""Which sentences speak for the others (LexRank), and which few of them say the most different things (MMR).

LexRank: Erkan and Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text Summarization", 2004, with
the prior of Otterbacher, Erkan and Radev, "Using Random Walks for Question-focused Sentence Retrieval", 2005: who
reads goes from a sentence to one like it, and now and then begins again at one that much speaks for. Maximal marginal
relevance: Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing
Summaries", 1998.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import fsum, sqrt
from typing import Final

from backscroll.summarising.candidates import Candidate, Rarity

_ALIKE: Final = 0.1
"""Cosine from which two sentences are neighbours, as in the paper."""
_COMMON: Final = 0.2
"""Share of the sentences from which on a word makes none alike, where there are many."""
_MANY: Final = 50
_DAMPING: Final = 0.8
_ROUNDS: Final = 40
_SETTLED: Final = 1e-6
_FOR_RANK: Final = 0.6
"""What counts for rank, the rest against saying the same."""
_SAME_SPEAKER: Final = 0.12
_SAME_PART: Final = 0.2
"""What each one that was chosen already costs another by the same speaker, or in the same part of the stretch."""

Likeness = list[dict[int, float]]
"""The neighbours of each sentence and how like they are (cosine)."""


def choose(candidates: Sequence[Candidate], rarity: Rarity, count: int) -> list[Candidate]:
    """The sentences that make a summary, at most `count`, in their order."""
    if not candidates:
        return []
    alike = _likeness(candidates, rarity)
    ranks = _ranks(candidates, alike)
    parts = _parts(candidates, count)
    chosen: list[int] = []
    speakers: Counter[str] = Counter()
    taken: Counter[int] = Counter()

    def worth(index: int) -> float:
        same = max((alike[index].get(other, 0.0) for other in chosen), default=0.0)
        crowd = _SAME_SPEAKER * speakers[candidates[index].sender] + _SAME_PART * taken[parts[index]]
        return _FOR_RANK * ranks[index] - (1 - _FOR_RANK) * same - crowd

    left = set(range(len(candidates)))
    while left and len(chosen) < count:
        best = max(left, key=lambda index: (worth(index), -index))
        left.discard(best)
        chosen.append(best)
        speakers[candidates[best].sender] += 1
        taken[parts[best]] += 1
    return [candidates[index] for index in sorted(chosen)]


def _parts(candidates: Sequence[Candidate], count: int) -> list[int]:
    """Into which of `count` equal parts of the stretch each sentence falls."""
    first, last = candidates[0].place, candidates[-1].place
    return [(one.place - first) * count // (last - first + 1) for one in candidates]


def _likeness(candidates: Sequence[Candidate], rarity: Rarity) -> Likeness:
    weights = {word: rarity.of(word) ** 2 for one in candidates for word in one.words}
    lengths = [sqrt(fsum(weights[word] for word in one.words)) or 1.0 for one in candidates]
    alike: Likeness = [{} for _ in candidates]
    for (one, other), total in _shared(candidates, weights).items():
        cosine = total / (lengths[one] * lengths[other])
        if cosine >= _ALIKE:
            alike[one][other] = alike[other][one] = cosine
    return alike


def _shared(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> Mapping[tuple[int, int], float]:
    """What the words that two sentences share weigh together; those that nearly everybody says are left out."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(candidates):
        for word in one.words:
            having[word].append(index)
    most = len(candidates) * _COMMON if len(candidates) > _MANY else len(candidates)
    shared: defaultdict[tuple[int, int], float] = defaultdict(float)
    for word in sorted(having):  # in one order, so that sums are the same on every run
        if len(having[word]) <= most:
            for pair in combinations(having[word], 2):
                shared[pair] += weights[word]
    return shared


def _ranks(candidates: Sequence[Candidate], alike: Likeness) -> list[float]:
    """How often who reads so stops at each sentence, the most visited one 1."""
    trust = [one.trust for one in candidates]
    prior = [each / sum(trust) for each in trust]
    sums = [sum(neighbours.values()) for neighbours in alike]
    ranks = prior
    for _ in range(_ROUNDS):
        arriving = [0.0] * len(candidates)
        for index, neighbours in enumerate(alike):
            for other, cosine in neighbours.items():
                arriving[other] += ranks[index] * cosine / sums[index]
        lost = 1.0 - sum(arriving)  # of those that have no neighbour: begins again
        after = [
            (1 - _DAMPING) * first + _DAMPING * (came + lost * first)
            for first, came in zip(prior, arriving, strict=True)
        ]
        moved = max(abs(new - old) for new, old in zip(after, ranks, strict=True))
        ranks = after
        if moved < _SETTLED:
            break
    most = max(ranks)
    return [rank / most for rank in ranks]
