"""The queue as one reviewer walks through it: which message comes next, what is decided, how long it will take."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from backscroll.model.review import Decision, DecisionState, Pass

LONGEST_LOOK: Final = 300.0
"""Seconds at one message that count as work; after that somebody went for lunch."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is set on a message and not decided yet."""

    codes: tuple[UUID, ...] = ()
    is_flagged: bool = False
    remark: str = ""


class Queue:
    """Some `positions` of a review, decided one after another by one reviewer in one pass.

    It begins at the first message that is not decided. What is set on a message stays set when one leaves it undecided.
    """

    def __init__(self, author: str, made_in: Pass, positions: Sequence[int], decided: Iterable[Decision]) -> None:
        self.author = author
        self.made_in = made_in
        self.positions = positions
        held = positions if isinstance(positions, range) else frozenset(positions)
        own = (d for d in decided if d.author == author and d.made_in is made_in)
        self.decided = {d.position: d for d in own if d.position in held}
        self.begins_with: Mapping[int, tuple[UUID, ...]] = {}
        """Codes that a message starts with."""
        self._drafts: dict[int, Draft] = {}
        self._seconds = sum(decision.seconds for decision in self.decided.values())
        self._index = 0
        self._go_on(0)

    @property
    def position(self) -> int | None:
        """The message in hand; None after the last one."""
        return self.positions[self._index] if self._index < len(self.positions) else None

    def ahead(self, count: int) -> list[int]:
        """The messages that come next, at most so many, once this one is decided."""
        rest = (self.positions[index] for index in range(self._index + 1, len(self.positions)))
        return list(islice((position for position in rest if position not in self.decided), count))

    @property
    def index(self) -> int:
        """Its place in the queue, from 0; the queue's length after the last one."""
        return self._index

    @property
    def draft(self) -> Draft:
        """What is set on the message in hand."""
        if self.position is None:
            return Draft()
        decision = self.decided.get(self.position)
        if decision is not None:
            start = Draft(decision.codes, decision.is_flagged, decision.remark)
        else:
            start = Draft(self.begins_with.get(self.position, ()))
        return self._drafts.get(self.position, start)

    # What is set

    def toggle(self, code: UUID) -> None:
        """Gives the message in hand a code, or takes it away."""
        codes = self.draft.codes
        kept = tuple(c for c in codes if c != code) if code in codes else (*codes, code)
        self._set(replace(self.draft, codes=kept))

    def toggle_flag(self) -> None:
        """Marks the message in hand to be talked about, or takes the mark away."""
        self._set(replace(self.draft, is_flagged=not self.draft.is_flagged))

    def note(self, remark: str) -> None:
        """Writes a remark on the message in hand."""
        self._set(replace(self.draft, remark=remark.strip()))

    def _set(self, draft: Draft) -> None:
        if self.position is not None:
            self._drafts[self.position] = draft

    # The way

    def decide(self, state: DecisionState, seconds: float, now: datetime) -> Decision | None:
        """Decides on the message in hand as it is set, and goes on to the next that is not decided.

        `seconds` is how long it was looked at. What was skipped bears no codes. None after the last message.
        """
        position, draft = self.position, self.draft
        if position is None:
            return None
        codes = draft.codes if state is DecisionState.CODED else ()
        looked = min(seconds, LONGEST_LOOK)
        made = Decision(position, self.author, self.made_in, codes, state, now, draft.is_flagged, draft.remark, looked)
        self._drafts.pop(position, None)
        self._seconds += looked
        self.decided[position] = added(self.decided.get(position), made)
        self._go_on(self._index + 1)
        return made

    def take_back(self, made: Decision) -> None:
        """Forgets a decision that could not be kept: its message is in hand again, with what was set on it."""
        del self.decided[made.position]
        self._seconds -= made.seconds
        self._drafts[made.position] = Draft(made.codes, made.is_flagged, made.remark)
        self._index = self.positions.index(made.position)

    def back(self) -> bool:
        """Goes to the message before; says whether there is one."""
        if self._index == 0:
            return False
        self._index -= 1
        return True

    def _go_on(self, index: int) -> None:
        """To the next message that is not decided, or from the beginning to one that was left; else to the end."""
        self._index = self._undecided_from(index)
        if self._index == len(self.positions):
            self._index = self._undecided_from(0)

    def _undecided_from(self, index: int) -> int:
        return next(
            (i for i in range(index, len(self.positions)) if self.positions[i] not in self.decided), len(self.positions)
        )

    # How far

    @property
    def done(self) -> int:
        """How many messages of the queue are decided."""
        return len(self.decided)

    @property
    def seconds_each(self) -> float | None:
        """How long a message takes on the average; None before the first."""
        return self._seconds / self.done if self.decided else None

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take at this pace."""
        each = self.seconds_each
        return None if each is None else each * (len(self.positions) - self.done)


def added(before: Decision | None, made: Decision) -> Decision:
    """A decision after one of the same reviewer on the same message: the later one stays, and time adds up."""
    if before is None:
        return made
    if before.decided_at == made.decided_at:  # the same one: it came to the archive while it waited
        return before
    later = made if made.decided_at >= before.decided_at else before
    return replace(later, seconds=before.seconds + made.seconds)


def laid_over(decisions: Iterable[Decision], waiting: Iterable[Decision]) -> list[Decision]:
    """Decisions as they will be once those that wait have come to the archive."""
    found = {(d.position, d.author, d.made_in): d for d in decisions}
    for decision in waiting:
        key = (decision.position, decision.author, decision.made_in)
        found[key] = added(found.get(key), decision)
    return [found[key] for key in sorted(found)]
