"""The search plan: which steps are taken, in which order, until a page of hits is full."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from backscroll.archive.search import Quarter, Ranked, Search, Sought, Way
from backscroll.model.condition import Condition, Reach, leaves, reach
from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Cursor

WALKED_WHOLE: Final = 20_000
"""Chats up to this many messages are read through: faster than the word index for every kind of query."""
WALK: Final = 2_000
"""How many messages are looked at before the indexes are asked."""
LONGEST_STRETCH: Final = 32_000
PATIENCE: Final = 20.0
"""Seconds after which a search by regular expression ends where it is."""
STEP_PATIENCE: Final = 5.0
MOST_AT_ONCE: Final = 8
"""How many quarters are asked in one question, where they answer quickly."""
_QUICK: Final = 0.005
_SLOW: Final = 0.03
"""Seconds after which a question should be smaller, so that a person sees that the search goes on."""


@dataclass(frozen=True, slots=True)
class Step:
    """All hits so far, in order; everything up to `edge` was looked at (None: nothing yet).

    `has_ended` where there is nothing more to look at. `stopped_at` is where the time was up: another search may go
    on from there.
    """

    places: tuple[Place, ...]
    edge: datetime | None = None
    has_ended: bool = False
    stopped_at: Cursor | None = None


@dataclass(slots=True)
class Plan:
    """How one condition is looked for, page by page, in one direction."""

    search: Search
    condition: Condition
    way: Way
    limit: int
    _sought: Sought = field(init=False)
    _known: Reach = field(init=False)
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        is_slow = any(leaf.is_slow for leaf in leaves(self.condition))
        self._sought = Sought(self.condition, STEP_PATIENCE if is_slow else None)
        self._known = reach(self.condition)
        self._began = monotonic()

    async def steps(self, cursor: Cursor) -> AsyncIterator[Step]:
        """One step after another, until the page is full or nothing is left. Raises AppError."""
        cursor = self._moved(cursor)
        chats = self._known.chats
        if chats == frozenset() or self._is_behind(cursor.sent_at):
            yield Step((), has_ended=True)
            return
        if not any(leaf.is_join for leaf in leaves(self.condition)):
            whole = chats is not None and await self.search.size(list(chats)) <= WALKED_WHOLE
            # The first messages of each of several chats are not the first of all.
            near = list(chats) if chats is not None and (whole or len(chats) == 1) else []
            walk = WALKED_WHOLE if whole else WALK
            found = await self.search.walk(self._sought, self.way, cursor, self.limit, walk=walk, chats=near)
            if not whole and self.limit / 3 <= len(found) < self.limit:
                # So many that the rest is sooner met on the way than by the index, which gives all of a quarter.
                found = await self.search.walk(self._sought, self.way, cursor, self.limit, walk=4 * walk, chats=near)
            yield Step(tuple(found), has_ended=whole)
            if whole or len(found) == self.limit:
                return
        rest = self._quarters if self._known.is_indexed else self._stretches
        async for step in rest(cursor):
            yield step

    def _moved(self, cursor: Cursor) -> Cursor:
        """The cursor, or where the time that is asked for begins."""
        known = self._known
        if self.way == "newest" and known.until:
            return min(cursor, Cursor(known.until, OLDEST.id))
        if self.way == "oldest" and known.since and known.since > OLDEST.sent_at:
            return max(cursor, Cursor(known.since - timedelta(microseconds=1), NEWEST.id))
        return cursor

    def _is_behind(self, moment: datetime) -> bool:
        """Whether nothing that is asked for lies beyond a moment."""
        known = self._known
        if self.way == "newest":
            return known.since is not None and moment < known.since
        return known.until is not None and moment >= known.until

    async def _ahead(self, cursor: Cursor) -> list[Quarter]:
        """The quarters that the walk will meet, in its order."""
        quarters = [q for q in await self.search.quarters() if self._is_ahead(q, cursor)]
        return quarters[::-1] if self.way == "newest" else quarters

    def _is_ahead(self, quarter: Quarter, cursor: Cursor) -> bool:
        known = self._known
        if known.since and quarter.until and quarter.until <= known.since:
            return False
        if known.until and quarter.since and quarter.since >= known.until:
            return False
        return self._behind(quarter) < cursor if self.way == "newest" else self._behind(quarter) > cursor

    async def _quarters(self, cursor: Cursor) -> AsyncIterator[Step]:
        """By the indexes, one quarter after another: several in one question where they answer quickly."""
        places: tuple[Place, ...] = ()
        quarters = await self._ahead(cursor)
        pace = self._paced(quarters)
        while some := pace.next():
            left = self.limit - len(places)
            places += tuple(await self.search.through(some, self._sought, self.way, cursor, left))
            stopped = self._behind(some[-1]) if self._is_late and not pace.has_ended else None
            yield Step(places, self._end_of(some[-1]), pace.has_ended, stopped)
            if stopped or len(places) == self.limit:
                return
        if not quarters:
            yield Step((), has_ended=True)

    def _paced(self, quarters: Sequence[Quarter]) -> "_Pace":
        # Most hits are among the newest; what reads texts may take long even for one quarter.
        return _Pace(quarters, 2 if self._sought.patience is None else 1)

    def _end_of(self, quarter: Quarter) -> datetime | None:
        return quarter.since if self.way == "newest" else quarter.until

    async def _stretches(self, cursor: Cursor) -> AsyncIterator[Step]:
        """By time, in growing stretches: no index leads to what is asked for."""
        places: tuple[Place, ...] = ()
        walk = WALK
        for quarter in await self._ahead(cursor):
            at: Cursor | None = cursor
            while at is not None:
                edge = await self.search.edge(quarter, self.way, at, walk)
                left = self.limit - len(places)
                places += tuple(await self.search.stretch(quarter, self._sought, self.way, at, edge, left))
                walk = min(2 * walk, LONGEST_STRETCH)
                at = edge
                stopped = (edge or self._behind(quarter)) if self._is_late else None
                yield Step(places, edge.sent_at if edge else self._end_of(quarter), stopped_at=stopped)
                if stopped or len(places) == self.limit:
                    return
        yield Step(places, has_ended=True)

    @property
    def _is_late(self) -> bool:
        return self._sought.patience is not None and monotonic() - self._began > PATIENCE

    def _behind(self, quarter: Quarter) -> Cursor:
        """The place from which the next quarter is looked at."""
        if self.way == "newest":
            return Cursor(quarter.since, OLDEST.id) if quarter.since else OLDEST
        return Cursor(quarter.until - timedelta(microseconds=1), NEWEST.id) if quarter.until else NEWEST

    # The best, and how many

    async def best(self, rank: str, candidates: int) -> AsyncIterator[Step]:
        """The hits that fit the words of `rank` best, among the newest `candidates`; one page."""
        best: list[Ranked] = []
        quarters = await self._ahead(self._moved(NEWEST))
        pace = self._paced(quarters)
        while some := pace.next():
            scored = await self.search.ranked(some, self._sought, rank, candidates, self.limit)
            candidates -= scored[0].seen if scored else 0
            best = sorted(best + scored, key=lambda r: (r.score, r.place.cursor), reverse=True)[: self.limit]
            yield Step(tuple(r.place for r in best), some[-1].since, pace.has_ended)
            if candidates <= 0 or self._is_late:
                return
        if not quarters:
            yield Step((), has_ended=True)

    async def count(self, cap: int) -> tuple[int, bool]:
        """How many hits there are, at most `cap`, the newest quarters first; and whether there may be more."""
        counted = 0
        if self._known.chats == frozenset():
            return 0, False
        pace = self._paced(await self._ahead(self._moved(NEWEST)))
        while some := pace.next():
            counted += await self.search.count(some, self._sought, cap + 1 - counted)
            if counted > cap or self._is_late:
                return min(counted, cap), True
        return counted, False


@dataclass(slots=True)
class _Pace:
    """Quarters that are asked one after another: as many in one question as answer before a person would wait."""

    quarters: Sequence[Quarter]
    _size: int
    _done: int = 0
    _began: float = 0.0

    def next(self) -> Sequence[Quarter]:
        """The quarters to ask now; empty where all are done."""
        took = monotonic() - self._began
        if self._done:
            if took < _QUICK:
                self._size = min(2 * self._size, MOST_AT_ONCE)
            elif took > _SLOW:
                self._size = max(self._size // 2, 1)
        self._began = monotonic()
        some = self.quarters[self._done : self._done + self._size]
        self._done += len(some)
        return some

    @property
    def has_ended(self) -> bool:
        """Whether those that were asked last are the last."""
        return self._done == len(self.quarters)
