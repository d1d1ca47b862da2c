"""Sentences that may speak for a stretch: gathered as its messages come, few enough to be compared with one another.

A sentence is weighed by the words that it shares with what is said around it, as a centroid does (Radev, Jing, Styś
and Tam, "Centroid-based summarization of multiple documents", 2004): how often the messages of its block say a word,
and how rare that word is in the whole stretch. A chat of any length is read once; what is held does not grow with it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import nlargest
from math import fsum, log
from typing import Final
from uuid import UUID

from backscroll.model.links import link_spans
from backscroll.model.message import Cursor, Kind, Message
from backscroll.model.words import normalise
from backscroll.summarising.sentences import sentences

_BLOCK: Final = 1_000
"""Messages that are looked at together."""
_BLOCKS: Final = 400
"""Blocks that are held; of more, each two become one, and those that come are twice as large."""
_KEPT: Final = 60
"""Sentences of a block that are kept until the whole stretch is read."""
_COMPARED: Final = 600
"""Sentences of a stretch that are compared with one another."""
_LEAST: Final = 4
"""Different words of a sentence that says something."""
_MOST: Final = 60
"""Words beyond which nobody reads a sentence in a summary."""
_LETTERS: Final = 0.7
"""Share of letters among the characters of what is said."""
_USUAL: Final = 12
"""Words up to which a longer sentence says more."""
_VOCABULARY: Final = 300_000
"""Words whose number is remembered; beyond it those that were said once are forgotten."""
_PAUSE: Final = timedelta(hours=1)
"""After which a message begins something."""


@dataclass(slots=True)
class Candidate:
    """A sentence of a message: its `place` among all sentences of the stretch, its words, and how much speaks for it.

    `prior` is at least 1: more where it began something, or was answered or reacted to.
    """

    place: int
    cursor: Cursor
    sender: str
    text: str
    words: frozenset[str]
    prior: float = 1.0
    answers: int = field(default=0, compare=False)

    @property
    def trust(self) -> float:
        """How likely it is that somebody who reads here stops at it."""
        return self.prior + 0.5 * log(1 + self.answers)


class Candidates:
    """Takes the messages of a stretch in their order."""

    def __init__(self) -> None:
        self.rarity = Rarity()
        self._blocks: list[list[Candidate]] = []
        self._block: list[Candidate] = []
        self._size = _BLOCK
        self._taken = 0
        self._place = 0
        self._last: datetime | None = None
        self._held: dict[UUID, Candidate] = {}

    def take(self, messages: Iterable[Message]) -> None:
        """Takes the next messages."""
        for message in messages:
            self._take(message)
            self._taken += 1
            if self._taken >= self._size:
                self._end_block()

    def _take(self, message: Message) -> None:
        begins = self._last is not None and message.sent_at - self._last >= _PAUSE
        self._last = message.sent_at
        if message.parent_id in self._held:
            self._held[message.parent_id].answers += 1
        if message.kind is Kind.SYSTEM or message.is_deleted or not message.text or message.sender is None:
            return
        prior = 1.0 + 0.5 * begins + 0.5 * log(1 + sum(reaction.count for reaction in message.reactions))
        for sentence in sentences(message.text):
            said = _without_links(sentence)
            words = frozenset(normalise(said).split())
            self.rarity.hear(words)
            self._place += 1
            if _LEAST <= len(words) <= _MOST and _is_said(said):
                one = Candidate(self._place, message.cursor, message.sender, sentence, words, prior)
                self._held.setdefault(message.id, one)
                self._block.append(one)

    def _end_block(self) -> None:
        self._blocks.append(self._heaviest(self._block, _KEPT))
        self._block, self._taken = [], 0
        if len(self._blocks) >= _BLOCKS:
            pairs = zip(self._blocks[::2], self._blocks[1::2], strict=True)
            self._blocks = [self._heaviest([*one, *other], _KEPT) for one, other in pairs]
            self._size *= 2
        self._held = {one.cursor.id: one for block in self._blocks[-2:] for one in block}  # answers come soon

    def _heaviest(self, block: Sequence[Candidate], limit: int) -> list[Candidate]:
        """Those that say most of what a block is about, each of equal ones once; in their order."""
        said = Counter(word for one in block for word in one.words)
        weights = {word: log(count) * self.rarity.of(word) ** 2 for word, count in said.items() if count > 1}
        different = {one.words: one for one in reversed(block)}.values()

        def weight(one: Candidate) -> tuple[float, int]:
            total = fsum(weights.get(word, 0.0) for word in one.words)  # the same whatever the order of a set
            return one.trust * total / max(len(one.words), _USUAL), -one.place

        return sorted(nlargest(limit, different, key=weight), key=_place)

    def best(self) -> list[Candidate]:
        """Those to be compared, of every part of the stretch its share, in their order."""
        self._end_block()
        parts = min(len(self._blocks), _COMPARED // 3)
        found: list[Candidate] = []
        for part in range(parts):
            first, after = (len(self._blocks) * end // parts for end in (part, part + 1))
            together = [one for block in self._blocks[first:after] for one in block]
            found += self._heaviest(together, _COMPARED // parts)
        return found


class Rarity:
    """How rare words are in a stretch: the logarithm of how many sentences there are to one that has the word."""

    def __init__(self) -> None:
        self._heard: Counter[str] = Counter()
        self._sentences = 0

    def hear(self, words: frozenset[str]) -> None:
        """Takes the words of a sentence."""
        self._heard.update(words)
        self._sentences += 1
        if len(self._heard) > _VOCABULARY:
            self._heard = Counter({word: count for word, count in self._heard.items() if count > 1})

    def of(self, word: str) -> float:
        """0 for a word that every sentence has."""
        return log((1 + self._sentences) / (1 + self._heard[word]))


def _place(one: Candidate) -> int:
    return one.place


def _is_said(text: str) -> bool:
    """Whether somebody said it, rather than drew or pasted it: tables, markup and addresses are mostly signs."""
    letters = sum(map(str.isalpha, text))
    return letters >= _LETTERS * sum(not character.isspace() for character in text)


def _without_links(text: str) -> str:
    for start, end in reversed(link_spans(text) if "://" in text else []):
        text = f"{text[:start]} {text[end:]}"
    return text
