"""A corpus of generated chats: fixed by its size and seed alone, whoever generates which quarter of it.

2,000 chats over eight years, the largest with 15 % of all messages. Messages come in bursts that grow denser towards
the end; 70 % of the chats know times to the minute only, as most exports do.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from math import sqrt
from random import Random
from typing import Final
from uuid import UUID

from backscroll.archive.batch import ConversationRow, MessageRow, ParticipantRow, SourceRow
from backscroll.model import ids
from backscroll.model.instants import microseconds
from backscroll.model.words import search_text
from tests.benchmarks.words import ERA_WORD, LONE_WORD, bodies, vocabulary

SIZES: Final = {"100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
SEED: Final = 42
BEGIN: Final = datetime(2017, 1, 1, tzinfo=UTC)
YEARS: Final = 8
_SPAN: Final = int((BEGIN.replace(year=BEGIN.year + YEARS) - BEGIN).total_seconds())
_LARGEST: Final = 0.15  # share of all messages
_BURST: Final = 15  # messages
_PAUSE: Final = 600.0  # seconds after a burst's beginning, on average
_LONE_CHAT: Final = 1_000  # the chat whose size is nearest to this has a word of its own


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat of the plan; `weights` are cumulative and say how much each of its people speaks."""

    index: int
    id: UUID
    title: str
    kind: str
    size: int
    by_minute: bool
    people: tuple[tuple[UUID, str], ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of the corpus; seconds count from its beginning."""

    index: int
    begins: datetime
    ends: datetime
    since: int
    until: int


class Corpus:
    """Everything about a corpus of `size` messages; what is costly is made when it is first asked for."""

    def __init__(self, size: int, *, chats: int = 2_000, seed: int = SEED) -> None:
        self.size = size
        self.seed = seed
        self.identity = f"corpus:{size}:{chats}:{seed}"
        self._sizes = _sizes(size, chats)

    @property
    def source(self) -> SourceRow:
        """Where the archive says that it came from."""
        return SourceRow(ids.source_id(self.identity), self.identity, "corpus", "Generated corpus", "UTC", None)

    @cached_property
    def chats(self) -> tuple[Chat, ...]:
        """The chats, the largest first."""
        return tuple(self._chat(index, size) for index, size in enumerate(self._sizes))

    @cached_property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters, the oldest first."""
        starts = [BEGIN.replace(year=BEGIN.year + n // 4, month=1 + n % 4 * 3) for n in range(YEARS * 4 + 1)]
        seconds = [int((start - BEGIN).total_seconds()) for start in starts]
        edges = zip(starts, starts[1:], seconds, seconds[1:], strict=False)
        return tuple(Quarter(index, *edge) for index, edge in enumerate(edges))

    def conversation_rows(self) -> list[ConversationRow]:
        """Its chats as the importer stores them."""
        return [ConversationRow(c.id, str(c.index), c.title, c.kind, None) for c in self.chats]

    def participant_rows(self) -> list[ParticipantRow]:
        """The people of its chats; the first of each chat is the owner of the archive."""
        return [
            ParticipantRow(c.id, identity, name, name, number == 0)
            for c in self.chats
            for number, (identity, name) in enumerate(c.people)
        ]

    def messages(self, quarter: Quarter) -> Iterator[MessageRow]:
        """The messages of a quarter, chat by chat, in the order of time inside each."""
        for chat, bursts in zip(self.chats, self._bursts[quarter.index], strict=True):
            if bursts:
                yield from self._messages(quarter, chat, bursts)

    @cached_property
    def _bursts(self) -> list[list[list[tuple[int, int]]]]:
        """Beginning (in seconds) and size of every burst, by quarter and chat."""
        found: list[list[list[tuple[int, int]]]] = [[[] for _ in self._sizes] for _ in self.quarters]
        ends = [quarter.until for quarter in self.quarters]
        for index, size in enumerate(self._sizes):
            draw = Random(f"{self.seed}/bursts/{index}")
            a, b = (0.0, 1.0) if index < 5 else sorted((draw.random(), draw.random()))
            a, b = (a, b) if b - a > 0.02 else (0.98 * a, 0.98 * a + 0.02)
            for first in range(0, size, _BURST):
                start = _start(draw, a, b)
                quarter = bisect_right(ends, start)
                found[quarter][index].append((start, min(_BURST, size - first)))
        return found

    def _messages(self, quarter: Quarter, chat: Chat, bursts: list[tuple[int, int]]) -> Iterator[MessageRow]:
        draw = Random(f"{self.seed}/messages/{quarter.index}/{chat.index}")
        moments = _moments(draw, bursts, quarter.until - 1)
        senders = draw.choices(chat.people, cum_weights=chat.weights, k=len(moments))
        latest, tie = -1, 0
        texts = self._bodies(draw, quarter, chat, len(moments))
        for moment, (sender, _), body in zip(moments, senders, texts, strict=True):
            second = moment - moment % 60 if chat.by_minute else moment
            latest, tie = second, (tie + 1 if second == latest else 0)
            sent_at, identity = microseconds(BEGIN + timedelta(0, second, tie)), draw.getrandbits(128).to_bytes(16)
            yield MessageRow(
                chat.id.bytes,
                sent_at,
                identity,
                sender.bytes,
                None,
                None,
                "text",
                tie,
                False,
                False,
                None,
                None,
                body,
                search_text=search_text(body),
            )

    def _bodies(self, draw: Random, quarter: Quarter, chat: Chat, count: int) -> list[str]:
        if quarter.index < 8:
            return bodies(draw, count, extra=ERA_WORD, share=0.05)
        return bodies(draw, count, extra=LONE_WORD if chat.index == self._lone else None, share=0.02)

    @cached_property
    def _lone(self) -> int:
        return min(range(len(self._sizes)), key=lambda index: abs(self._sizes[index] - _LONE_CHAT))

    def _chat(self, index: int, size: int) -> Chat:
        draw = Random(f"{self.seed}/chat/{index}")
        identity = ids.conversation_id(self.identity, str(index))
        is_direct = index >= 21 and draw.random() < 0.6
        count = 2 if is_direct else min(200, 3 + int(5 * draw.paretovariate(1.2)))
        names = ["Robin Owner", *dict.fromkeys(_name(draw) for _ in range(count - 1))]
        people = tuple((ids.participant_id(identity, name), name) for name in names)
        title = names[1] if is_direct else f"{_name(draw)} {index}"
        weights = tuple(accumulate(draw.paretovariate(1) for _ in people))
        kind, by_minute = "direct" if is_direct else "group", draw.random() < 0.7
        return Chat(index, identity, title, kind, size, by_minute, people, weights)


def _name(draw: Random) -> str:
    number = draw.randrange(5_000)
    return f"{vocabulary()[4_000 + number].title()} {vocabulary()[1_000 + number * 7 % 3_000].title()}"


def _start(draw: Random, a: float, b: float) -> int:
    """A second between two shares of the corpus's time, more likely late, and in the afternoon or evening."""
    day = int((a + (b - a) * sqrt(draw.random())) * _SPAN) // 86_400
    hour = min(max(draw.gauss(17, 4), 0.0), 23.9)
    return int(day * 86_400 + hour * 3_600)


def _moments(draw: Random, bursts: list[tuple[int, int]], last: int) -> list[int]:
    pace = 1 / _PAUSE
    return sorted(min(start + int(draw.expovariate(pace)), last) for start, size in bursts for _ in range(size))


def _sizes(total: int, chats: int) -> list[int]:
    """Sizes that fall as a power of the rank, such that the largest has its share; at least 3 messages each."""
    if chats == 1:
        return [total]
    low, high = 0.1, 3.0
    for _ in range(60):
        power = (low + high) / 2
        share = 1 / sum(rank**-power for rank in range(1, chats + 1))
        low, high = (power, high) if share < _LARGEST else (low, power)
    sizes = [max(3, int(total * share * rank**-power)) for rank in range(1, chats + 1)]
    sizes[0] += total - sum(sizes)
    return sizes
