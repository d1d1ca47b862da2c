"""A stored summary, the stretch of a conversation that it is about, and the messages that its sentences lean on.

Structs, because the first frame waits for this module: dataclasses of theirs take eight times as long to make.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from backscroll.model.message import Cursor


class Scope(StrEnum):
    """What a summary is about: all of a chat, a thread, a day, a week, another stretch of time, what was unread when
    it was made, or the hits of a search."""

    CHAT = "chat"
    THREAD = "thread"
    DAY = "day"
    WEEK = "week"
    STRETCH = "stretch"
    UNREAD = "unread"
    SEARCH = "search"


class Method(StrEnum):
    """How a summary was made."""

    WRITTEN = "written"
    IMPORTED = "imported"
    EXTRACTIVE = "extractive"
    MODEL = "model"


class Status(StrEnum):
    """Whether it is whole: `partial` where an answer broke off; `failed` where a source says so."""

    COMPLETED = "completed"
    PARTIAL = "partial"
    FAILED = "failed"


class Stretch(msgspec.Struct, frozen=True):
    """The messages of a conversation that fit all of this: sent from `since` until `until` (exclusive; aware, None:
    open), in a thread, found by a query."""

    conversation_id: UUID
    scope: Scope = Scope.CHAT
    thread_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    query: str = ""


class Wish(msgspec.Struct, frozen=True):
    """What is to be summarised, and how; where by a language model, whether it sees no names.

    `by`: one of each day or week of the stretch, or, for `UNREAD`, of what is unread in each chat; None: of it all.
    """

    stretch: Stretch
    method: Method = Method.EXTRACTIVE
    is_masked: bool = False
    by: Scope | None = None


class Link(msgspec.Struct, frozen=True):
    """Characters `start` to `end` (exclusive) of a summary lean on the message at a place."""

    start: int
    end: int
    cursor: Cursor


class Cost(msgspec.Struct, frozen=True):
    """What a language model took and gave, in tokens; `price` in the currency of the settings, None: not known."""

    tokens_in: int
    tokens_out: int
    price: float | None = None


class Summary(msgspec.Struct, frozen=True):
    """Text about the messages of a stretch, of which there were `message_count`, `newest` the last of them.

    `newest` is None where nobody knows. `participants` are the names of those who wrote, the busiest first.
    `is_masked`: the model saw no names. `links` stand in the order of the text. `thread` is the thread's title.
    `present` is how many messages the stretch has now; None: not counted.
    """

    id: UUID
    stretch: Stretch
    text: str
    message_count: int
    participants: tuple[str, ...]
    method: Method
    generated_at: datetime
    status: Status = Status.COMPLETED
    model: str | None = None
    newest: Cursor | None = None
    cost: Cost | None = None
    is_masked: bool = False
    links: tuple[Link, ...] = ()
    thread: str | None = None
    present: int | None = None

    @property
    def is_made(self) -> bool:
        """Whether it can be made anew: by this program, not by a person or a source."""
        return self.method in {Method.EXTRACTIVE, Method.MODEL}

    @property
    def change(self) -> int:
        """How many more messages its stretch has than when it was made, fewer below 0; 0 where that is not known."""
        return 0 if self.newest is None or self.present is None else self.present - self.message_count
