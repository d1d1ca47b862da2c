"""A review: messages that several reviewers code one after another, and what each of them decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from backscroll.model.conversation import Place
from backscroll.model.message import Cursor


class SampleKind(StrEnum):
    """Which messages of those that fit become the queue."""

    ALL = "all"
    RANDOM = "random"
    STRATIFIED = "stratified"


class Stratum(StrEnum):
    """What the parts of a stratified sample have in common."""

    CHAT = "chat"
    SENDER = "sender"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Sample:
    """How messages are chosen: `size` of them at most (None: all); the same seed chooses the same ones."""

    kind: SampleKind = SampleKind.ALL
    size: int | None = None
    seed: int = 0
    by: Stratum | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message that was chosen, and the part of a stratified sample that it stands for (empty: none)."""

    place: Place
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A queue of `size` messages, fixed when it was begun.

    `codes` are those that are used; none: the whole codebook. `is_blind`: a reviewer sees the others' codes only from
    the second pass on.
    """

    id: UUID
    title: str
    query: str
    sample: Sample
    codes: tuple[UUID, ...]
    is_blind: bool
    size: int
    created_at: datetime
    closed_at: datetime | None = None


class Pass(IntEnum):
    """How a decision came about: alone; again, with the others' codes in sight; or as the result of all."""

    ALONE = 1
    TOGETHER = 2
    RESULT = 3


class DecisionState(StrEnum):
    """Whether a message was coded or left open."""

    CODED = "coded"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Item:
    """One message of a queue, at a `position` from 0; `quote` is its text as it was, at most 400 characters."""

    position: int
    conversation_id: UUID
    message: Cursor
    sender: str | None
    quote: str
    stratum: str

    @property
    def place(self) -> Place:
        """Where the message stands in the archive."""
        return Place(self.conversation_id, self.message)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided on one message; no codes: none of them applies. `seconds`: how long it was looked at."""

    position: int
    author: str
    made_in: Pass
    codes: tuple[UUID, ...]
    state: DecisionState
    decided_at: datetime
    is_flagged: bool = False
    remark: str = ""
    seconds: float = 0.0

    @property
    def is_coded(self) -> bool:
        """Whether it says something about the message."""
        return self.state is DecisionState.CODED


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reviewer is with one pass of a review, in messages; `seconds` is the time spent on them."""

    author: str
    made_in: Pass
    coded: int
    skipped: int
    flagged: int
    seconds: float
    last_at: datetime
