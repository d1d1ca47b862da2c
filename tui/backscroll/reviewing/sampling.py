"""Chooses the messages of a review from what a search finds: all of them, some by chance, or some of each part."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import tzinfo
from fractions import Fraction
from heapq import nsmallest
from typing import Final
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.archive.sampling import Candidate
from backscroll.archive.steps import Quarter
from backscroll.errors import AppError
from backscroll.model.condition import Condition, reach
from backscroll.model.conversation import Place
from backscroll.model.message import Cursor
from backscroll.model.query import Query
from backscroll.model.review import Drawn, Sample, SampleKind, Stratum
from backscroll.searching.finding import Finding

MOST: Final = 100_000
"""How many messages a review may have."""


class Sampling:
    """Draws from one archive; months are those of `zone`."""

    def __init__(self, archive: Archive, zone: tzinfo) -> None:
        self._archive = archive
        self._zone = str(zone)

    async def draw(self, query: Query, sample: Sample) -> list[Drawn]:
        """The messages of a sample, in the order of the queue.

        All messages come chat by chat in reading order. Chosen ones come in the order of chance: what was coded when
        somebody stops is a sample, too. Raises AppError (`empty_review`, `large_review`).
        """
        if sample.size is not None and not 0 < sample.size <= MOST:
            raise _too_large()
        condition = (await Finding(self._archive).resolve(query)).condition
        drawn = await self._drawn(condition, sample)
        if not drawn:
            raise AppError("No message fits", "Try the query with `search` first.", code="empty_review")
        return drawn

    async def _drawn(self, condition: Condition, sample: Sample) -> list[Drawn]:
        if sample.kind is SampleKind.ALL:
            return await self._all(condition, sample.size)
        size = sample.size or MOST
        if sample.kind is SampleKind.RANDOM:
            return [Drawn(found.place) for found in await self._by_chance(condition, size, sample.seed)]
        return await self._stratified(condition, size, sample.seed, sample.by or Stratum.CHAT)

    async def _all(self, condition: Condition, size: int | None) -> list[Drawn]:
        wanted, found = size or MOST + 1, list[Place]()
        async for quarter in self._quarters(condition):
            rows = await self._archive.sampling.first(quarter, condition, wanted - len(found))
            found += [row.place for row in rows]
            if len(found) >= wanted:
                break
        if len(found) > MOST:
            raise _too_large()
        return [Drawn(place) for place in chat_by_chat(found)]

    async def _by_chance(self, condition: Condition, size: int, seed: int) -> list[Candidate]:
        found = list[Candidate]()
        async for quarter in self._quarters(condition):
            found += await self._archive.sampling.by_chance(quarter, condition, size, seed)
            found = nsmallest(size, found, key=_priority)
        return found

    async def _stratified(self, condition: Condition, size: int, seed: int, by: Stratum) -> list[Drawn]:
        counts = Counter[str]()
        async for quarter in self._quarters(condition):
            counts.update(await self._archive.sampling.strata(quarter, condition, by, self._zone))
        sizes = {stratum: share for stratum, share in shares(counts, size).items() if share}
        found = dict[str, list[Candidate]]()
        async for quarter in self._quarters(condition):
            area = self._archive.sampling
            for row in await area.of_strata(quarter, condition, by, self._zone, sizes, seed):
                found.setdefault(row.stratum, []).append(row)
            # A part may lie in several quarters, each of which gives as many as all of it may have.
            found = {stratum: nsmallest(sizes[stratum], rows, key=_priority) for stratum, rows in found.items()}
        names = await self._names(by, found)
        rows = sorted((row for part in found.values() for row in part), key=_priority)
        return [Drawn(row.place, names.get(row.stratum, row.stratum)) for row in rows]

    async def _names(self, by: Stratum, strata: Iterable[str]) -> dict[str, str]:
        if by is not Stratum.CHAT:
            return {}
        titles = await self._archive.conversations.titles_of([UUID(stratum) for stratum in strata])
        return {str(chat): title for chat, title in titles.items()}

    async def _quarters(self, condition: Condition) -> AsyncIterator[Quarter]:
        known = reach(condition)
        for quarter in await self._archive.search.quarters():
            if quarter.meets(known):
                yield quarter


def shares(counts: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of `size` each part gets by its count: the whole numbers of its quota, then the largest remainders.

    Where remainders are equal, the larger part comes first, then the one whose name does. There are never more than a
    part has.
    """
    total = sum(counts.values())
    size = min(size, total)
    quotas = {stratum: Fraction(size * count, total) for stratum, count in counts.items()} if total else {}
    whole = {stratum: int(quota) for stratum, quota in quotas.items()}
    by_rest = sorted(quotas, key=lambda stratum: (whole[stratum] - quotas[stratum], -counts[stratum], stratum))
    for stratum in by_rest[: size - sum(whole.values())]:
        whole[stratum] += 1
    return whole


def chat_by_chat(places: Iterable[Place]) -> list[Place]:
    """Places in reading order inside their chats; the chat of the oldest one comes first."""
    ordered = sorted(places, key=lambda place: place.cursor)
    begun: dict[UUID, Cursor] = {}
    for place in ordered:
        begun.setdefault(place.conversation_id, place.cursor)
    return sorted(ordered, key=lambda place: begun[place.conversation_id])


def _priority(candidate: Candidate) -> str:
    return candidate.priority


def _too_large() -> AppError:
    return AppError(
        f"A review has 1 to {MOST:,} messages",
        "Narrow the query, or take a sample of another size.",
        code="large_review",
    )
