"""The search plan: which steps are taken, in which order, until a page of hits is full."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.archive.search import Looked, Quarter, Ranked
from backscroll.errors import AppError
from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Cursor, Message
from backscroll.model.query import Query
from backscroll.searching.highlight import highlights

Order: TypeAlias = Literal["newest", "oldest", "rank"]

WALKED_WHOLE: Final = 20_000
"""Chats up to this many messages are read through: faster than the word index for every kind of query."""
CANDIDATES: Final = 10_000
"""How many hits are scored at most; the newest ones."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found, its chat's title, and where the query's words stand in its text."""

    message: Message
    chat: str
    highlights: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found so far.

    `searched_to` is the moment up to which everything was looked at (None: nothing yet, or all). `complete` says that
    nothing more is to be found; else `cursor` asks for the next page once this one is full.
    """

    hits: list[Hit]
    searched_to: datetime | None
    complete: bool
    cursor: Cursor | None


class Finding:
    """Searches in one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._titles: dict[UUID, str] = {}

    async def find(
        self,
        query: Query,
        *,
        order: Order = "newest",
        limit: int = 50,
        after: Cursor | None = None,
        chat: UUID | None = None,
    ) -> AsyncIterator[Found]:
        """Hits of a query as they are found; each value holds all hits so far, the last one is final.

        Newest and oldest first walk the archive and may go on `after` a cursor. Ranked order scores the newest
        `CANDIDATES` hits and has one page. Raises AppError.
        """
        if order == "rank" and after:
            raise AppError("Ranked hits have one page", "Search newest or oldest first to go on.", code="bad_query")
        looked = await self._looked(query, chat)
        if looked is None:
            yield Found([], None, complete=True, cursor=None)
            return
        if order == "rank":
            steps = self._ranked(looked, limit)
        elif order == "oldest":
            steps = self._oldest(looked, limit, after or OLDEST)
        else:
            steps = self._newest(looked, limit, after or NEWEST)
        known: dict[Place, Hit] = {}
        async for places, found in steps:
            yield replace(found, hits=await self._hits(query, places, known))

    async def _looked(self, query: Query, chat: UUID | None) -> Looked | None:
        search = self._archive.search
        expression = await search.tsquery(query.expression)
        chats: tuple[UUID, ...] | None = (chat,) if chat else None
        if query.chats:
            named = {c for words in query.chats for c in await search.chats(words)}
            chats = tuple(named & {chat} if chat else named)
        senders: tuple[UUID, ...] | None = None
        if query.senders:
            senders = tuple({s for words in query.senders for s in await search.senders(words)})
        if not expression or chats == () or senders == ():
            return None
        return Looked(expression, chats, senders, query.since, query.until)

    async def _newest(self, looked: Looked, limit: int, cursor: Cursor) -> AsyncIterator[tuple[list[Place], Found]]:
        search = self._archive.search
        small = looked.chats is not None and await search.size(looked.chats) <= WALKED_WHOLE
        if small:
            places = await search.recent(looked, cursor, limit, walk=WALKED_WHOLE)
            yield places, _page(places, limit, ended=True)
            return
        places = await search.recent(looked, cursor, limit)
        yield places, _page(places, limit, ended=False)
        if len(places) == limit:
            return
        places = []
        quarters = [q for q in await search.quarters() if not _beyond(q, looked, cursor)]
        for i, quarter in enumerate(reversed(quarters)):
            places = places + await search.quarter(quarter, looked, cursor, limit - len(places), order="newest")
            yield places, _page(places, limit, ended=i == len(quarters) - 1, searched_to=quarter.since)
            if len(places) == limit:
                return
        if not quarters:
            yield places, _page(places, limit, ended=True)

    async def _oldest(self, looked: Looked, limit: int, cursor: Cursor) -> AsyncIterator[tuple[list[Place], Found]]:
        search = self._archive.search
        places: list[Place] = []
        quarters = [q for q in await search.quarters() if q.until is None or q.until > cursor.sent_at]
        for i, quarter in enumerate(quarters):
            places = places + await search.quarter(quarter, looked, cursor, limit - len(places), order="oldest")
            yield places, _page(places, limit, ended=i == len(quarters) - 1, searched_to=quarter.until)
            if len(places) == limit:
                return

    async def _ranked(self, looked: Looked, limit: int) -> AsyncIterator[tuple[list[Place], Found]]:
        search = self._archive.search
        best: list[Ranked] = []
        left = CANDIDATES
        quarters = list(reversed(await search.quarters()))
        for i, quarter in enumerate(quarters):
            scored = await search.ranked(quarter, looked, left, limit)
            left -= scored[0].seen if scored else 0
            best = sorted(best + scored, key=lambda r: (r.score, r.place.cursor), reverse=True)[:limit]
            ended = i == len(quarters) - 1
            if ended or left <= 0:
                yield [r.place for r in best], Found([], None if ended else quarter.since, complete=ended, cursor=None)
                return

    async def _hits(self, query: Query, places: list[Place], known: dict[Place, Hit]) -> list[Hit]:
        new = [place for place in places if place not in known]
        if new:
            await self._learn_titles({place.conversation_id for place in new})
            for message in await self._archive.messages.at(new):
                hit = Hit(message, self._titles.get(message.conversation_id, ""), highlights(message.text, query))
                known[Place(message.conversation_id, message.cursor)] = hit
        return [known[place] for place in places if place in known]

    async def _learn_titles(self, chats: set[UUID]) -> None:
        if unknown := chats - self._titles.keys():
            self._titles |= await self._archive.conversations.titles_of(list(unknown))


def _page(places: list[Place], limit: int, *, ended: bool, searched_to: datetime | None = None) -> Found:
    full = len(places) == limit
    complete = ended and not full
    return Found([], None if complete else searched_to, complete, places[-1].cursor if full else None)


def _beyond(quarter: Quarter, looked: Looked, cursor: Cursor) -> bool:
    newer = quarter.since is not None and quarter.since > cursor.sent_at
    return newer or (looked.since is not None and quarter.until is not None and quarter.until <= looked.since)
