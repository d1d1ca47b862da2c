"""The search plan: which steps are taken, in which order, until a page of hits is full."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Final

from backscroll.archive.search import BUDGET, Search
from backscroll.archive.steps import INSTANT, Page, Quarter, Ranked, Sought, Walk, Way
from backscroll.model.condition import Condition, Reach, leaves, reach
from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Cursor

WALKED_WHOLE: Final = 20_000
"""Chats up to this many messages are read through: faster than the word index for every kind of query."""
WALK: Final = 1_000
"""How many messages are looked at before the indexes are asked."""
LONGEST_WALK: Final = 32_000
"""How many are where the first have so many hits that the rest is sooner met on the way than by an index, which gives
all of a quarter."""
PATIENCE: Final = 20.0
"""Seconds after which a search by regular expression ends where it is."""
STEP_PATIENCE: Final = 5.0
MOST_AT_ONCE: Final = 8
"""How many quarters are asked in one question that does not look at the clock, or that is planned anew for each."""


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
        chats = self._known.chats
        whole = False
        if chats:
            extent = await self.search.extent(list(chats))
            self._known &= Reach(since=extent.since, until=extent.last and _behind(extent.last))
            whole = extent.messages <= WALKED_WHOLE and not self._has_joins
        cursor = self._moved(cursor)
        quarters = [] if chats == frozenset() or self._is_behind(cursor.sent_at) else await self._ahead(cursor)
        if whole and quarters:
            page = Page(self.way, cursor, self.limit)
            found = await self.search.through_chats(list(chats or ()), self._sought, page, quarters[-1].end(self.way))
            yield Step(tuple(found), has_ended=True)
        elif quarters:
            rest = self._quarters if self._known.is_indexed else self._stretches
            async for step in rest(cursor, quarters):
                yield step
        else:
            yield Step((), has_ended=True)

    @property
    def _has_joins(self) -> bool:
        return any(leaf.is_join for leaf in leaves(self.condition))

    def _moved(self, cursor: Cursor) -> Cursor:
        """The cursor, or where the time that is asked for begins."""
        known = self._known
        if self.way == "newest" and known.until:
            return min(cursor, Cursor(known.until, OLDEST.id))
        if self.way == "oldest" and known.since and known.since > OLDEST.sent_at:
            return max(cursor, Cursor(known.since - INSTANT, NEWEST.id))
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
        end = quarter.end(self.way)
        return end < cursor if self.way == "newest" else end > cursor

    async def _quarters(self, cursor: Cursor, quarters: Sequence[Quarter]) -> AsyncIterator[Step]:
        """By the indexes, several quarters in one question; what is frequent is met on a walk before them."""
        places: tuple[Place, ...] = ()
        pace = self._paced(quarters, leaps=self._sought.is_words_alone)
        walk = None if self._has_joins else self._walk
        while some := pace.next():
            page = Page(self.way, cursor, self.limit - len(places))
            if walk:
                reached = await self.search.first(some, self._sought, page, walk)
            else:
                reached = await self.search.through(some, self._sought, page)
            walk = None
            places += tuple(reached.places)
            pace.answered(reached.done)
            last = some[reached.done - 1]
            stopped = last.end(self.way) if self._is_late and not pace.has_ended else None
            yield Step(places, self._end_of(last), pace.has_ended, stopped)
            if stopped or len(places) == self.limit:
                return

    @property
    def _walk(self) -> Walk:
        """How far one goes before the indexes are asked: farther where they would have to read what they lead to."""
        chats = self._known.chats
        is_exact = self._sought.is_words_alone and "<->" not in (self._known.words or "")
        # The first messages of each of several chats are not the first of all.
        chat = next(iter(chats)) if chats and len(chats) == 1 else None
        return Walk(WALK, max(self.limit // (6 if is_exact else 24), 1), LONGEST_WALK, chat)

    def _paced(self, quarters: Sequence[Quarter], *, leaps: bool = False) -> "_Pace":
        # Most hits are among the newest; what reads texts may take long even for one quarter.
        return _Pace(quarters, 2 if self._sought.patience is None else 1, leaps)

    def _end_of(self, quarter: Quarter) -> datetime | None:
        return quarter.since if self.way == "newest" else quarter.until

    async def _stretches(self, cursor: Cursor, quarters: Sequence[Quarter]) -> AsyncIterator[Step]:
        """By time, in growing stretches: no index leads to what is asked for."""
        places: tuple[Place, ...] = ()
        walk = WALK
        for quarter in quarters:
            at: Cursor | None = cursor
            while at is not None:
                edge = await self.search.edge(quarter, self.way, at, walk)
                page = Page(self.way, at, self.limit - len(places))
                places += tuple(await self.search.stretch(quarter, self._sought, page, edge))
                walk = min(2 * walk, LONGEST_WALK)
                at = edge
                stopped = (edge or quarter.end(self.way)) if self._is_late else None
                yield Step(places, edge.sent_at if edge else self._end_of(quarter), stopped_at=stopped)
                if stopped or len(places) == self.limit:
                    return
        yield Step(places, has_ended=True)

    @property
    def _is_late(self) -> bool:
        return self._sought.patience is not None and monotonic() - self._began > PATIENCE

    # The best, and how many

    async def best(self, rank: str, candidates: int) -> AsyncIterator[Step]:
        """The hits that fit the words of `rank` best, among the newest `candidates`; one page."""
        best: list[Ranked] = []
        quarters = await self._ahead(self._moved(NEWEST))
        pace = self._paced(quarters)
        while some := pace.next():
            scored = await self.search.ranked(some, self._sought, rank, candidates, self.limit)
            pace.answered(len(some))
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
            pace.answered(len(some))
            if counted > cap or self._is_late:
                return min(counted, cap), True
        return counted, False


def _behind(moment: datetime) -> datetime | None:
    """The moment after one, as the open end of a stretch; None: there is none."""
    return moment + INSTANT if moment < NEWEST.sent_at else None


@dataclass(slots=True)
class _Pace:
    """Quarters that are asked one after another: as many in one question as answer before a person would wait.

    `leaps` where a question itself looks at the clock, and costs the same however often it is put: it may be about all.
    """

    quarters: Sequence[Quarter]
    _size: int
    leaps: bool = False
    _done: int = 0
    _began: float = 0.0

    def next(self) -> Sequence[Quarter]:
        """The quarters to ask now; empty where all are done."""
        self._began = monotonic()
        return self.quarters[self._done : self._done + self._size]

    def answered(self, done: int) -> None:
        """Takes note that so many of them are done."""
        self._done += done
        fitting = BUDGET.total_seconds() * done / max(monotonic() - self._began, 1e-6)
        most = len(self.quarters) if self.leaps else min(2 * self._size, MOST_AT_ONCE)
        # A power of two, so that the same questions are put again and again: they are planned once.
        self._size = 1 << int(max(min(fitting, most), 1)).bit_length() - 1

    @property
    def has_ended(self) -> bool:
        """Whether all are done."""
        return self._done >= len(self.quarters)
