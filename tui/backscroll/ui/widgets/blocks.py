"""Where the lines of held messages stand: heights, tops and settings, kept apart from any widget."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from itertools import accumulate
from typing import TypeAlias
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
_Rules: TypeAlias = "tuple[Divider | None, tzinfo | None, dict[UUID, int]]"


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
        self._rules: _Rules | None = None

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
        # Up to 1,000 messages at each page that comes: one that stands between the same neighbours is only looked at.
        messages, old, settings, extents = stretch.messages, self.messages, self.settings, self._extents
        rules = (stretch.divider, zone, dict(self.unfolded))
        is_alike, is_known = rules == self._rules, self._rules is not None
        shift = next((i - at for i, m in enumerate(messages) if (at := self.index_of(m.id)) is not None), 0)
        self.messages, self.settings, self._extents, self._rules = messages, [], [], rules
        last, last_old = len(messages) - 1, len(old) - 1
        for index, message in enumerate(messages):
            place = index - shift
            is_held = is_known and 0 <= place <= last_old and old[place] is message
            is_inside = is_alike and is_held and 0 < index < last and 0 < place < last_old
            if is_inside and old[place - 1] is messages[index - 1]:
                setting, extent = settings[place], extents[place]
            else:
                setting = _setting(stretch, index, zone, self.unfolded.get(message.id, 1))
                is_same = is_held and settings[place] == setting
                extent = extents[place] if is_same else measure(message, setting)
            self.settings.append(setting)
            self._extents.append(extent)
        self._ends = list(accumulate(extent.height for extent in self._extents))
        self._index = {message.id: index for index, message in enumerate(messages)}

    def is_folded(self, index: int) -> bool:
        """Whether a part of the message is left out."""
        return self._extents[index].is_folded

    def forget_heights(self) -> None:
        """The look has changed: everything is measured anew at the next layout."""
        self._rules = None

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
    places = range(len(now.messages))
    first, last = (_first_kept(before, now, order) for order in (places, reversed(places)))
    if first is None or last is None:
        return None
    moved = now.first_line(first[1]) - before.first_line(first[0])
    return moved if now.last_line(last[1]) - before.last_line(last[0]) == moved else None


def _first_kept(before: Blocks, now: Blocks, places: Iterable[int]) -> tuple[int, int] | None:
    """The first of some places whose message was held before: where it was, and where it is."""
    kept = ((at, place) for place in places if (at := before.index_of(now.messages[place].id)) is not None)
    return next(kept, None)


def _setting(stretch: Stretch, index: int, zone: tzinfo | None, chunks: int) -> Setting:
    message = stretch.messages[index]
    previous = stretch.messages[index - 1] if index else None
    day = local(message.clock, zone).date()
    is_new_day = previous is None or day != local(previous.clock, zone).date()
    divider = stretch.divider if _divides(stretch, previous, message) else None
    head = stretch.divider.after.id if stretch.divider and stretch.divider.replies else None
    return Setting(
        day=long_day(day) if is_new_day else None,
        repeats_name=not is_new_day and divider is None and _goes_on(previous, message),
        is_first=index == 0 and stretch.at_start,
        is_last=index == len(stretch.messages) - 1 and stretch.at_end,
        unread=divider.unread if divider else 0,
        replies=divider.replies if divider else 0,
        hides_quote=head is not None and message.parent_id == head,
        chunks=chunks,
    )


def _divides(stretch: Stretch, previous: Message | None, message: Message) -> bool:
    """Whether the divider stands right before a message; before the first one held only where nothing is before it."""
    if stretch.divider is None or message.cursor <= stretch.divider.after:
        return False
    return stretch.at_start if previous is None else previous.cursor <= stretch.divider.after


def _goes_on(previous: Message | None, message: Message) -> bool:
    return (
        previous is not None
        and previous.sender_id == message.sender_id
        and previous.sender == message.sender
        and Kind.SYSTEM not in (previous.kind, message.kind)
        and message.sent_at - previous.sent_at <= TOGETHER
    )
