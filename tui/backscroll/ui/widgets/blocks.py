"""Where the lines of held messages stand: heights, tops and settings, kept apart from any widget."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from itertools import accumulate
from uuid import UUID

from backscroll.dates import local, long_day
from backscroll.model.message import Cursor, Kind, Message
from backscroll.ui.widgets.look import Setting

TOGETHER = timedelta(minutes=5)
"""Within this time a sender's next message does not repeat the name."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A message's height in lines, of which `lead` stand above it and `tail` below it (separators and end marks)."""

    height: int
    lead: int
    tail: int
    is_folded: bool = False


Measure = Callable[[Message, Setting], Extent]


@dataclass(frozen=True, slots=True)
class Divider:
    """A line after a message: between what was read and what is `unread`, or between a thread's head and its `replies`.

    The one of the two that is not 0 is counted on it.
    """

    after: Cursor
    unread: int = 0
    replies: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """The messages to lay out, and what else decides about their settings."""

    messages: Sequence[Message]
    at_start: bool
    at_end: bool
    divider: Divider | None = None


class Blocks:
    """One block of lines for each message of a stretch, from line 0 down."""

    def __init__(self) -> None:
        self.messages: Sequence[Message] = ()
        self.settings: list[Setting] = []
        self.unfolded: dict[UUID, int] = {}
        self._extents: list[Extent] = []
        self._ends: list[int] = []
        self._index: dict[UUID, int] = {}
        self._measured: dict[UUID, tuple[Message, Setting, Extent]] = {}

    @property
    def height(self) -> int:
        """All lines together."""
        return self._ends[-1] if self._ends else 0

    def lay_out(self, stretch: Stretch, zone: tzinfo | None, measure: Measure) -> int | None:
        """Takes a stretch; only messages that are new or stand in a new setting are measured.

        Says by how many lines all that was and still is held has moved down; None where it did not move as one.
        """
        before = copy(self)
        self._take(stretch, zone, measure)
        return _moved(before, self)

    def _take(self, stretch: Stretch, zone: tzinfo | None, measure: Measure) -> None:
        self.messages = stretch.messages
        self.settings = _settings(stretch, zone, self.unfolded)
        known, self._measured, self._extents = self._measured, {}, []
        for message, setting in zip(self.messages, self.settings, strict=True):
            before = known.get(message.id)
            if before is None or before[0] is not message or before[1] != setting:
                before = (message, setting, measure(message, setting))
            self._measured[message.id] = before
            self._extents.append(before[2])
        self._ends = list(accumulate(extent.height for extent in self._extents))
        self._index = {message.id: index for index, message in enumerate(self.messages)}

    def is_folded(self, index: int) -> bool:
        """Whether a part of the message is left out."""
        return self._extents[index].is_folded

    def forget_heights(self) -> None:
        """The look has changed: everything is measured anew at the next layout."""
        self._measured.clear()

    def index_of(self, message: UUID) -> int | None:
        """Which block is the message's; None where it is not held."""
        return self._index.get(message)

    def at_line(self, line: int) -> int | None:
        """Which block a line belongs to; None below the last one."""
        index = bisect_right(self._ends, line)
        return index if index < len(self._ends) else None

    def top(self, index: int) -> int:
        """The first line of a block, separators included."""
        return self._ends[index - 1] if index else 0

    def first_line(self, index: int) -> int:
        """The first line of the message itself."""
        return self.top(index) + self._extents[index].lead

    def last_line(self, index: int) -> int:
        """The last line of the message itself."""
        return self._ends[index] - 1 - self._extents[index].tail

    def nearest(self, index: int, top: int, bottom: int) -> int:
        """The block that is nearest to one among those with lines from `top` to before `bottom`: itself, if it has."""
        if self.last_line(index) < top:
            while index < len(self.messages) - 1 and self.first_line(index) < top:
                index += 1
        elif self.first_line(index) >= bottom:
            return self.at_line(bottom - 1) or 0
        return index


def _moved(before: Blocks, now: Blocks) -> int | None:
    kept = [(i, index) for index, m in enumerate(now.messages) if (i := before.index_of(m.id)) is not None]
    if not kept:
        return None
    (first_then, first), (last_then, last) = kept[0], kept[-1]
    moved = now.first_line(first) - before.first_line(first_then)
    return moved if now.last_line(last) - before.last_line(last_then) == moved else None


def _settings(stretch: Stretch, zone: tzinfo | None, unfolded: dict[UUID, int]) -> list[Setting]:
    settings: list[Setting] = []
    previous: Message | None = None
    previous_day: date | None = None
    last = len(stretch.messages) - 1
    divider, is_divided = stretch.divider, False
    head = divider.after.id if divider and divider.replies else None
    for index, message in enumerate(stretch.messages):
        day = local(message.clock, zone).date()
        is_new_day = day != previous_day
        divides = not is_divided and divider is not None and message.cursor > divider.after
        is_divided = is_divided or divides
        divides = divides and (previous is not None or stretch.at_start)
        settings.append(
            Setting(
                day=long_day(day) if is_new_day else None,
                repeats_name=not is_new_day and not divides and _goes_on(previous, message),
                is_first=index == 0 and stretch.at_start,
                is_last=index == last and stretch.at_end,
                unread=divider.unread if divides and divider else 0,
                replies=divider.replies if divides and divider else 0,
                hides_quote=head is not None and message.parent_id == head,
                chunks=unfolded.get(message.id, 1),
            )
        )
        previous, previous_day = message, day
    return settings


def _goes_on(previous: Message | None, message: Message) -> bool:
    return (
        previous is not None
        and previous.sender_id == message.sender_id
        and previous.sender == message.sender
        and Kind.SYSTEM not in (previous.kind, message.kind)
        and message.sent_at - previous.sent_at <= TOGETHER
    )
