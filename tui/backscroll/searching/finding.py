"""Searches an archive: hits of a query as they are found, how many there are, and what is worth saying about it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import Final
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Cursor, Message
from backscroll.model.query import Order, Query
from backscroll.searching.highlight import highlights
from backscroll.searching.resolving import Resolved, Resolver
from backscroll.searching.suggesting import Suggestion, suggestions
from backscroll.searching.walking import Plan, Step

CANDIDATES: Final = 6_000
"""How many hits are scored, the newest ones: a tenth of a second at ten million messages. While a person is still
typing `CANDIDATES_TYPING` are enough."""
CANDIDATES_TYPING: Final = 2_000
PHRASES_SHARE: Final = 4
"""A phrase is scored among this part of them: most of what its words lead to must be read and is no hit."""
COUNTED: Final = 1_000
"""Where counting ends."""


BETWEEN: Final = 0.04
"""Seconds between two looks at what has been found: to fetch messages takes longer than many a step."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found, its chat's title, and the query that found it."""

    message: Message
    chat: str
    query: Query = field(compare=False, repr=False)

    @property
    def highlights(self) -> list[tuple[int, int]]:
        """Where the query's words stand in the text, looked for when it is asked: most hits are never drawn."""
        return highlights(self.message.text, self.query)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found so far.

    `searched_to` is the moment up to which everything was looked at (None: nothing yet, or all). `complete` says that
    nothing more is to be found; else `cursor` asks for the next page once this one is full, or goes on where the time
    was up. `remarks` are sentences worth showing: a name that nobody bears, a search that is slow.
    """

    hits: list[Hit]
    searched_to: datetime | None
    complete: bool
    cursor: Cursor | None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many hits there are; where `is_capped`, there may be more."""

    n: int
    is_capped: bool


class Finding:
    """Searches in one archive; names are read once and kept for a while."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._resolver = Resolver(archive)
        self._titles: dict[UUID, str] = {}

    async def find(
        self,
        query: Query,
        *,
        order: Order = "newest",
        limit: int = 50,
        after: Cursor | None = None,
        chat: UUID | None = None,
        candidates: int = CANDIDATES,
    ) -> AsyncIterator[Found]:
        """Hits of a query as they are found; each value holds all hits so far, the last one is final.

        Newest and oldest first walk the archive and may go on `after` a cursor. Ranked order scores the newest
        `candidates` hits (of a phrase a quarter) and has one page. Other scopes than one `chat`: `Query.inside`.
        Raises AppError.
        """
        if order == "rank" and after:
            raise AppError("Ranked hits have one page", "Search newest or oldest first to go on.", code="bad_query")
        query = await self.understood(query)
        found = await self.resolve(query.inside(chat) if chat else query)
        is_ranked = order == "rank" and bool(found.rank)
        plan = Plan(self._archive.search, found.condition, "oldest" if order == "oldest" else "newest", limit)
        if is_ranked:
            steps = plan.best(found.rank, candidates // (PHRASES_SHARE if "<->" in found.rank else 1))
        else:
            steps = plan.steps(after or (OLDEST if order == "oldest" else NEWEST))
        full = None if is_ranked else limit
        known: dict[UUID, Hit] = {}
        held, said = None, monotonic()
        try:
            async for step in steps:
                held = step
                if monotonic() - said >= BETWEEN:
                    yield _found(step, await self._hits(query, step.places, known), found.remarks, full)
                    held, said = None, monotonic()
            if held:
                yield _found(held, await self._hits(query, held.places, known), found.remarks, full)
        except AppError as error:
            raise _slow(error) from None

    async def understood(self, query: Query) -> Query:
        """The same query with the languages of the archive: highlights then light up other forms of its words, too."""
        return replace(query, languages=await self._resolver.languages())

    async def resolve(self, query: Query) -> Resolved:
        """What a query means in this archive: enough to say whether it can be asked. Raises AppError."""
        return await self._resolver.resolve(query)

    async def count(self, query: Query, *, cap: int = COUNTED, chat: UUID | None = None) -> Count:
        """How many hits a query has; counting stops at `cap`, or where the time of a regular expression is up.

        Raises AppError.
        """
        found = await self.resolve(query.inside(chat) if chat else query)
        try:
            return Count(*await Plan(self._archive.search, found.condition, "newest", cap).count(cap))
        except AppError as error:
            raise _slow(error) from None

    async def suggest(self, query: Query) -> list[Suggestion]:
        """What to look for instead, where nothing was found: for each word that no message holds. Raises AppError."""
        return await suggestions(self._archive, await self.understood(query), COUNTED)

    async def _hits(self, query: Query, places: tuple[Place, ...], known: dict[UUID, Hit]) -> list[Hit]:
        new = [place for place in places if place.cursor.id not in known]
        if new:
            await self._learn_titles({place.conversation_id for place in new})
            for message in await self._archive.messages.at(new):
                known[message.id] = Hit(message, self._titles.get(message.conversation_id, ""), query)
        return [hit for place in places if (hit := known.get(place.cursor.id))]

    async def _learn_titles(self, chats: set[UUID]) -> None:
        if unknown := chats - self._titles.keys():
            self._titles |= await self._archive.conversations.titles_of(list(unknown))


def _found(step: Step, hits: list[Hit], remarks: tuple[str, ...], full: int | None) -> Found:
    """What is shown of a step; `full` is the size of a page that another one may follow."""
    is_full = len(step.places) == full
    complete = step.has_ended and not is_full
    if step.stopped_at and not is_full:
        remarks = (*remarks, "The time is up; the search can go on from here.")
    cursor = step.places[-1].cursor if is_full else step.stopped_at
    # How far a full page's last step looked depends on the hour; the page itself ends at its last hit.
    searched_to = cursor.sent_at if is_full and cursor else step.edge
    return Found(hits, None if complete else searched_to, complete, cursor, remarks)


def _slow(error: AppError) -> AppError:
    """A step of a regular expression that took too long is told as such."""
    if error.code != "cancelled":
        return error
    hint = "Give words, a chat or dates beside it, or make it simpler."
    return AppError("The regular expression takes too long", hint, code="slow_query")
