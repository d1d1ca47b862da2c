"""What a step of a search is asked for, and what it gives."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias
from uuid import UUID

from backscroll.model.condition import Condition, Leaf, Reach
from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Cursor

Way: TypeAlias = Literal["newest", "oldest"]
"""Which hit comes first."""
INSTANT: Final = timedelta(microseconds=1)
"""The step of the clock that messages are ordered by."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A partition of messages and its bounds (None: open); `until` is exclusive."""

    name: str
    since: datetime | None
    until: datetime | None

    def end(self, way: Way) -> Cursor:
        """The place from which the next quarter is looked at."""
        if way == "newest":
            return Cursor(self.since, OLDEST.id) if self.since else OLDEST
        return Cursor(self.until - INSTANT, NEWEST.id) if self.until else NEWEST

    def holds(self, moment: datetime) -> bool:
        """Whether what was sent at a moment is in it."""
        return not (self.since and moment < self.since) and not (self.until and moment >= self.until)

    def meets(self, known: Reach) -> bool:
        """Whether it can hold what is looked for."""
        if known.chats == frozenset() or (known.since and self.until and self.until <= known.since):
            return False
        return not (known.until and self.since and self.since >= known.until)


@dataclass(frozen=True, slots=True)
class Extent:
    """How many messages some chats hold together, and when the first and the last was sent (None: there are none)."""

    messages: int
    since: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Walk:
    """How far one goes through messages before the indexes are asked, in one `chat` or in all.

    `rows` first; where they give `few` hits or more, which do not fill the page, on to `farthest`.
    """

    rows: int
    few: int
    farthest: int
    chat: UUID | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Which hits are wanted: the first `limit` beyond a cursor."""

    way: Way
    cursor: Cursor
    limit: int

    @property
    def values(self) -> dict[str, object]:
        """The parameters of a question for it."""
        return {"sent_at": self.cursor.sent_at, "id": self.cursor.id, "limit": self.limit}


@dataclass(frozen=True, slots=True)
class Reached:
    """Hits of quarters, and how many of those that were asked are done, as the time allowed: one or more."""

    places: list[Place]
    done: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hit with its score, and how many candidates of its quarter were scored."""

    place: Place
    score: float
    seen: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What a step looks for, and for how many seconds at most it may (None: as long as it takes)."""

    condition: Condition
    patience: float | None = None

    @property
    def is_words_alone(self) -> bool:
        """Whether nothing but the word index is asked, which needs no thought about values."""
        return isinstance(self.condition, Leaf) and self.condition.name == "words" and self.patience is None
