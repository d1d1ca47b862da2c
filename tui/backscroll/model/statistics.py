"""What is counted of a chat or a person in a month, and the jobs that count it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

_MINUTE, _HOUR = 60, 3600
REPLY_EDGES: Final[tuple[int, ...]] = (
    *(1, 2, 3, 5, 7, 10, 15, 20, 30, 45),
    *(_MINUTE * n // 2 for n in (2, 3, 4, 6, 10, 14, 20, 30, 40, 60, 90)),
    *(_HOUR * n // 2 for n in (2, 3, 4, 6, 8, 12, 16, 24, 36, 48)),
)
"""Seconds between the stretches of time that answers are counted by: stretch 0 is shorter than the first edge, and
stretch n begins with edge n - 1. Each edge is about one and a half times the one before it."""

EVERYBODY: Final = UUID(int=0)
"""Whose figures are those of all people of a chat together."""


class Keyword(NamedTuple):
    """A word that a month has more than the others: messages with it among those sampled, and how much it tells."""

    word: str
    messages: int
    weight: float


@dataclass(frozen=True, slots=True)
class Month:
    """What was counted of a chat and a person (or everybody) in one month of a time zone.

    `days` are days of the month and `hours` hours of the week (from Monday midnight on), both counted from 0 and
    ascending, with their messages; `replies` are stretches of `REPLY_EDGES` with their answers. `keywords` has the most
    telling first.
    """

    month: date
    messages: int
    letters: int
    days: Sequence[int]
    day_messages: Sequence[int]
    hours: Sequence[int]
    hour_messages: Sequence[int]
    kinds: Mapping[str, int]
    hosts: Mapping[str, int]
    emoji: Mapping[str, int]
    reactions: Mapping[str, int]
    replies: Sequence[int]
    reply_messages: Sequence[int]
    keywords: tuple[Keyword, ...]


class Stale(NamedTuple):
    """A month that has to be counted, and how many messages are known of it and two days around it (0: it is to go)."""

    month: date
    messages: int


@dataclass(frozen=True, slots=True)
class Sentiment:
    """How messages sound: how many do so positively, neutrally or negatively.

    `unlisted` are the neutral ones without any word that would tell. `total` is the sum of what they sound like, each
    from -10,000 to 10,000.
    """

    positive: int = 0
    neutral: int = 0
    negative: int = 0
    unlisted: int = 0
    total: int = 0

    @property
    def messages(self) -> int:
        """How many were judged."""
        return self.positive + self.neutral + self.negative

    @property
    def mean(self) -> float | None:
        """What they sound like on average, from -1 to 1; None without messages."""
        return self.total / 10_000 / self.messages if self.messages else None

    @property
    def shares(self) -> tuple[float, float, float]:
        """The parts of positive, neutral and negative ones, from 0 to 1."""
        whole = self.messages or 1
        return self.positive / whole, self.neutral / whole, self.negative / whole

    def __add__(self, other: "Sentiment") -> "Sentiment":
        """Both together."""
        return Sentiment(
            self.positive + other.positive,
            self.neutral + other.neutral,
            self.negative + other.negative,
            self.unlisted + other.unlisted,
            self.total + other.total,
        )


class Unjudged(NamedTuple):
    """A counted month whose messages were not read for how they sound, their number, and when it was counted."""

    month: date
    messages: int
    counted_at: datetime


class JobKind(StrEnum):
    """What a job counts: statistics of one chat or of all, or how messages sound, of one chat or of all."""

    CONVERSATION = "conversation"
    ARCHIVE = "archive"
    SENTIMENT = "sentiment"


class JobState(StrEnum):
    """How far a job is; `RUNNING` also where its program was killed, until the next one goes on with it."""

    SCHEDULED = "scheduled"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """One counting of statistics, of a chat or (`conversation_id` None) of all, in a time zone.

    `done` and `total` are messages of the present attempt, those about the end of a month with both that it is between;
    `error` is the title of the error that ended it.
    """

    id: UUID
    kind: JobKind
    state: JobState
    time_zone: str
    conversation_id: UUID | None
    done: int
    total: int
    attempts: int
    error: str | None
    scheduled_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
