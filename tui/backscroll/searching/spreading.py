"""How the hits of a query spread over chats, senders, years, kinds and days: counted up to a cap, the newest first."""

from asyncio import sleep
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta, tzinfo
from heapq import nsmallest
from time import monotonic
from typing import Final, TypeVar
from uuid import UUID

from backscroll.archive.facets import Tally
from backscroll.archive.opening import Archive
from backscroll.archive.steps import Quarter, Sought
from backscroll.dates import Span, day_of, long_day, start_of
from backscroll.errors import AppError
from backscroll.model.condition import leaves, reach
from backscroll.model.query import Inside, Named, OfKind, Query
from backscroll.model.words import normalise
from backscroll.searching.finding import Finding
from backscroll.searching.narrowing import FACETS, Choice, Facet, narrowed, sent_in

V = TypeVar("V")

CAP: Final = 10_000
"""Where counting ends."""
PATIENCE: Final = 2.0
"""Seconds after which it ends as well."""
BETWEEN: Final = 0.1
"""Seconds between two looks at what has been counted."""
_FEW: Final = 20
"""How many entries of a facet are made while it is being counted: thousands of names would hold up a key."""
_EARLY, _LATE = 1970, 2200
"""Times before and after these years are no days that anyone asks for; each end is counted as one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a facet and how many hits it has, with what it asks for."""

    choice: Choice
    hits: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days and how many hits they have."""

    span: Span
    hits: int


@dataclass(frozen=True, slots=True)
class Spread:
    """What has been counted so far: the newest `hits` hits; where `is_capped`, there may be more.

    Entries stand most hits first, years newest first, and only the first few until the last value, which has all. A
    facet is missing until it has been counted: what is chosen of it does not narrow its own entries. `stretches` are
    the days that have hits, oldest first.
    """

    facets: Mapping[Facet, tuple[Entry, ...]]
    stretches: tuple[Stretch, ...]
    hits: int
    is_capped: bool

    @property
    def back_to(self) -> date | None:
        """The first day that was counted, where there may be hits before it."""
        return self.stretches[0].span.first if self.is_capped and self.stretches else None

    @property
    def told(self) -> str:
        """What was counted, in words."""
        if not self.is_capped:
            return f"{self.hits:,} hit{'' if self.hits == 1 else 's'}"
        since = f", since {long_day(self.back_to)}" if self.back_to else ""
        return f"the newest {self.hits:,} hits{since}"


@dataclass(slots=True)
class _Sum:
    """The tallies of some quarters together."""

    tally: Tally = field(default_factory=Tally)
    spans: Counter[Span] = field(default_factory=Counter)
    is_capped: bool = False

    def add(self, tally: Tally, cells: Sequence[Span]) -> None:
        self.tally.chats.update(tally.chats)
        self.tally.senders.update(tally.senders)
        self.tally.kinds.update(tally.kinds)
        self.spans.update({cells[cell]: hits for cell, hits in tally.cells.items()})


class Spreading:
    """Counts in one archive; days are those of `zone` (None: the machine's)."""

    def __init__(self, archive: Archive, finding: Finding, zone: tzinfo | None) -> None:
        self._archive = archive
        self._finding = finding
        self._zone = zone
        self._titles: dict[UUID, str] = {}
        self._spelt: dict[str, str] = {}

    async def spread(self, query: Query, choices: Sequence[Choice] = (), *, cap: int = CAP) -> AsyncIterator[Spread]:
        """How the hits of a query, narrowed to some choices, spread; the last value is final. Raises AppError."""
        chosen = dict.fromkeys(choice.facet for choice in choices)
        sum_ = _Sum()
        async for sum_ in self._sums(narrowed(query, choices), cap):
            yield await self._spread_of(sum_, set(FACETS) - chosen.keys(), _FEW)
        spread = await self._spread_of(sum_, set(FACETS) - chosen.keys())
        for facet in chosen.keys() & set(FACETS):
            async for own in self._sums(narrowed(query, choices, without=facet), cap):
                sum_ = own
            entries = await self._entries(sum_, facet)
            missing = [c for c in choices if c.facet == facet and c not in {entry.choice for entry in entries}]
            entries += tuple(Entry(choice, 0) for choice in missing)
            spread = replace(spread, facets={**spread.facets, facet: entries})
        yield spread

    async def _spread_of(self, sum_: _Sum, facets: Iterable[Facet], most: int | None = None) -> Spread:
        entries = {facet: await self._entries(sum_, facet, most) for facet in facets}
        stretches = tuple(Stretch(span, sum_.spans[span]) for span in sorted(sum_.spans, key=lambda s: s.first))
        return Spread(entries, stretches, sum_.tally.hits, sum_.is_capped)

    async def _sums(self, query: Query, cap: int) -> AsyncIterator[_Sum]:
        condition = (await self._finding.resolve(query)).condition
        known = reach(condition)
        is_slow = not known.is_indexed or any(leaf.is_slow for leaf in leaves(condition))
        sought = Sought(condition, PATIENCE if is_slow else None)
        sum_, began, said = _Sum(), monotonic(), 0.0
        for quarter in reversed(await self._archive.search.quarters()):
            if not quarter.meets(known):
                continue
            cells = _cells(quarter, self._zone)
            edges = [start_of(cell.first, self._zone) for cell in cells[1:]]
            try:
                tally, is_full = await self._archive.facets.tally(quarter, sought, edges, cap - sum_.tally.hits)
            except AppError as error:
                if error.code != "cancelled":
                    raise
                sum_.is_capped = True
                break
            sum_.add(tally, cells)
            sum_.is_capped = is_full or monotonic() - began > PATIENCE
            if sum_.is_capped:
                break
            if monotonic() - said > BETWEEN:
                yield sum_
                said = monotonic()
        yield sum_

    async def _entries(self, sum_: _Sum, facet: Facet, most: int | None = None) -> tuple[Entry, ...]:
        await sleep(0)  # between two facets a key may be drawn
        if facet == "chat":
            return await self._chats(sum_.tally.chats, most)
        if facet == "sender":
            people = self._people(sum_.tally.senders)
            return tuple(
                Entry(Choice("sender", name, Named("from", name, is_exact=True)), people[name])
                for name in _first(people, most, lambda name: name)
            )
        if facet == "kind":
            kinds = sum_.tally.kinds
            ordered = _first(kinds, most, lambda kind: kind.value)
            return tuple(Entry(Choice("kind", kind.value, OfKind(kind)), kinds[kind]) for kind in ordered)
        years: Counter[Span] = Counter()
        for span, hits in sum_.spans.items():
            years[_year(span)] += hits
        return tuple(
            Entry(Choice("year", _year_label(span), sent_in(span, self._zone)), years[span])
            for span in sorted(years, key=lambda s: s.first, reverse=True)
        )

    async def _chats(self, chats: Counter[UUID], most: int | None) -> tuple[Entry, ...]:
        if unknown := chats.keys() - self._titles.keys():
            self._titles |= await self._archive.conversations.titles_of(list(unknown))
        ordered = _first(chats, most, lambda chat: self._titles.get(chat, ""))
        return tuple(Entry(Choice("chat", self._titles.get(c, ""), Inside((c,))), chats[c]) for c in ordered)

    def _people(self, senders: Counter[str]) -> Counter[str]:
        """Names that `from:` takes for the same one together, under their most frequent spelling."""
        spelt: dict[str, str] = {}
        people: Counter[str] = Counter()
        for name, hits in senders.most_common():
            if name not in self._spelt:
                self._spelt[name] = " ".join(normalise(name).split()) or name.strip().casefold()
            people[spelt.setdefault(self._spelt[name], name)] += hits
        return people


def _first(counts: Mapping[V, int], most: int | None, label: Callable[[V], str]) -> list[V]:
    """What has the most hits, at most so many (None: all), by its label where that is equal."""
    return nsmallest(most or len(counts), counts, key=lambda v: (-counts[v], label(v).casefold(), label(v)))


# Time


def _cells(quarter: Quarter, zone: tzinfo | None) -> list[Span]:
    """The days of a quarter in order; the years of an open one, where nobody looks for days."""
    first = day_of(quarter.since, zone) if quarter.since else date(_EARLY, 1, 1)
    last = day_of(quarter.until - timedelta(microseconds=1), zone) if quarter.until else date(_LATE - 1, 12, 31)
    if quarter.since and quarter.until:
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return [Span(day, day + timedelta(days=1)) for day in days]
    years = [Span(date(year, 1, 1), date(year + 1, 1, 1)) for year in range(first.year, last.year + 1)]
    before = [] if quarter.since else [Span(date.min, years[0].first)]
    after = [] if quarter.until else [Span(years[-1].after, date.max)]
    return [*before, *years, *after]


def _year(span: Span) -> Span:
    is_end = span.first == date.min or span.after == date.max
    return span if is_end else Span(date(span.first.year, 1, 1), date(span.first.year + 1, 1, 1))


def _year_label(span: Span) -> str:
    if span.first == date.min:
        return f"before {span.after.year}"
    return f"from {span.first.year}" if span.after == date.max else str(span.first.year)
