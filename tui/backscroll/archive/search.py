"""The steps of a search plan: the typed face of sql/queries/search.sql."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import BaseRowFactory, args_row, class_row, scalar_row, tuple_row

from backscroll.archive.arms import Statement, Way, directions, table, united, words_alone
from backscroll.archive.conditions import Clause
from backscroll.archive.gateway import Gateway, Query, T
from backscroll.archive.queries import queries
from backscroll.model.condition import Condition, Leaf
from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Cursor

_SQL = queries("search")
_PLAIN: Final = re.compile(r"['a-z&|!()<>:* -]{,1000}")
"""A query of short words of the letters a to z, which the parser leaves as they are."""
INSTANT: Final = timedelta(microseconds=1)
"""The step of the clock that messages are ordered by."""
BUDGET: Final = timedelta(milliseconds=20)
"""For how long a question about several quarters turns to another one."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A partition of messages and its bounds (None: open); `until` is exclusive."""

    name: str
    since: datetime | None
    until: datetime | None

    def end(self, way: Way) -> Cursor:
        """The place from which the next quarter is looked at."""
        if way == "newest":
            return Cursor(self.since, OLDEST.id) if self.since else OLDEST
        return Cursor(self.until - INSTANT, NEWEST.id) if self.until else NEWEST

    def holds(self, moment: datetime) -> bool:
        """Whether what was sent at a moment is in it."""
        return not (self.since and moment < self.since) and not (self.until and moment >= self.until)


@dataclass(frozen=True, slots=True)
class Extent:
    """How many messages some chats hold together, and when the first and the last was sent (None: there are none)."""

    messages: int
    since: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Walk:
    """How far one goes through messages before the indexes are asked, in one `chat` or in all.

    `rows` first; where they give `few` hits or more, which do not fill the page, on to `farthest`.
    """

    rows: int
    few: int
    farthest: int
    chat: UUID | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Which hits are wanted: the first `limit` beyond a cursor."""

    way: Way
    cursor: Cursor
    limit: int

    @property
    def values(self) -> dict[str, object]:
        """The parameters of a question for it."""
        return {"sent_at": self.cursor.sent_at, "id": self.cursor.id, "limit": self.limit}


@dataclass(frozen=True, slots=True)
class Reached:
    """Hits of quarters, and how many of those that were asked are done, as the time allowed: one or more."""

    places: list[Place]
    done: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hit with its score, and how many candidates of its quarter were scored."""

    place: Place
    score: float
    seen: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What a step looks for, and for how many seconds at most it may (None: as long as it takes)."""

    condition: Condition
    patience: float | None = None

    @property
    def is_words_alone(self) -> bool:
        """Whether nothing but the word index is asked, which needs no thought about values."""
        return isinstance(self.condition, Leaf) and self.condition.name == "words" and self.patience is None


class Search:
    """One step of a search at a time; which steps are taken, and in which order, is decided in `searching`."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._quarters: list[Quarter] = []
        self._known: str | None = None

    async def tsqueries(self, texts: Sequence[str]) -> list[str]:
        """Queries in to_tsquery's language as the server's parser cuts them; empty where no word is left."""
        if all(map(_PLAIN.fullmatch, texts)):
            return list(texts)
        return await self._gateway.fetch_all(_SQL["tsqueries"], {"texts": list(texts)}, scalar_row)

    async def check_pattern(self, expression: str) -> None:
        """Raises AppError (`bad_regex`) where the server cannot read a regular expression."""
        await self._gateway.fetch_value(_SQL["check_pattern"], {"expression": expression})

    async def quarters(self) -> list[Quarter]:
        """The partitions of messages, oldest first."""
        known = await self._gateway.fetch_value(_SQL["quarters_known"], {})
        if self._known != known:
            self._quarters = await self._gateway.fetch_all(_SQL["quarters"], {}, class_row(Quarter))
            self._known = known
        return self._quarters

    async def extent(self, chats: Sequence[UUID]) -> Extent:
        """How much some chats hold together."""
        (found,) = await self._gateway.fetch_all(_SQL["extent"], {"chats": list(chats)}, class_row(Extent))
        return found

    async def through_chats(self, chats: Sequence[UUID], sought: Sought, page: Page, edge: Cursor) -> list[Place]:
        """Hits among all messages of some chats as far as an edge (included)."""
        clause = Clause(parameters=page.values | _edge(edge) | {"chats": list(chats)})
        return await self._places(_SQL["through_chats"], sought, page.way, clause)

    async def first(self, quarters: Sequence[Quarter], sought: Sought, page: Page, walk: Walk) -> Reached:
        """Hits that a walk through the first messages of some quarters meets; where it fills no page, hits of these
        quarters by the indexes. The quarters stand in the order of the walk."""
        values = page.values | _edge(quarters[-1].end(page.way)) | {"budget": BUDGET}
        values |= {"walk": walk.rows, "few": walk.few, "farthest": walk.farthest}
        if walk.chat:
            values["chat"] = walk.chat
        name: Statement = "first" if walk.chat is None else "first_in_chat"
        query, clause = _in_turn(name, quarters, sought, values, page.way)
        return await self._reached(quarters, query, sought, clause)

    async def through(self, quarters: Sequence[Quarter], sought: Sought, page: Page) -> Reached:
        """Hits of some quarters by the indexes; the quarters stand in the order of the walk."""
        query, clause = _in_turn("hits", quarters, sought, page.values | {"budget": BUDGET}, page.way)
        return await self._reached(quarters, query, sought, clause)

    async def _reached(self, quarters: Sequence[Quarter], query: Query, sought: Sought, clause: Clause) -> Reached:
        rows = await self._fetch(query, sought, clause, tuple_row)
        if rows and rows[-1][2] is None:
            return Reached([_place(*row) for row in rows[:-1]], len(quarters))
        # A page, or the time was up: the quarters up to the last hit were asked, and the first one in any case.
        last = rows[-1][1] if rows else None
        done = (number for number, quarter in enumerate(quarters, 1) if last and quarter.holds(last))
        return Reached([_place(*row) for row in rows], next(done, 1))

    async def edge(self, quarter: Quarter, way: Way, cursor: Cursor, walk: int) -> Cursor | None:
        """The last of the next `walk` messages of a quarter beyond the cursor; None where there are fewer."""
        query = _SQL["edge"].format(quarter=table(quarter.name), **directions(way))
        values = Page(way, cursor, 1).values | {"walk": walk}
        found = await self._gateway.fetch_all(query, values, args_row(Cursor))
        return found[0] if found else None

    async def stretch(self, quarter: Quarter, sought: Sought, page: Page, edge: Cursor | None) -> list[Place]:
        """Hits of a quarter from behind the cursor to an edge (included; None: to its end)."""
        last = edge or (OLDEST if page.way == "newest" else NEWEST)
        first = min(max(page.cursor.sent_at, OLDEST.sent_at), NEWEST.sent_at - INSTANT)
        low, high = sorted((last.sent_at, first))
        clause = Clause(
            max(low, quarter.since or low),
            min(min(high, NEWEST.sent_at - INSTANT) + INSTANT, quarter.until or NEWEST.sent_at),
            page.values | _edge(last),
        )
        return await self._places(_SQL["stretch"], sought, page.way, clause, quarter)

    async def ranked(
        self, quarters: Sequence[Quarter], sought: Sought, rank: str, candidates: int, limit: int
    ) -> list[Ranked]:
        """The hits of some quarters, among the first `candidates`, that fit the words of `rank` best, best first."""
        values = {"rank": rank, "candidates": candidates, "limit": limit}
        query, clause = _in_turn("ranked", quarters, sought, values)
        return await self._fetch(query, sought, clause, args_row(_ranked))

    async def count(self, quarters: Sequence[Quarter], sought: Sought, limit: int) -> int:
        """How many hits some quarters have, at most `limit`."""
        query, clause = _in_turn("count", quarters, sought, {"limit": limit})
        # A general plan would count what is not there by its index, in a hundred times the time.
        rows = await self._gateway.fetch_by_values(query, clause.parameters, scalar_row, patience=sought.patience)
        return int(rows[0])

    async def bounds(self, mark: str) -> tuple[datetime, datetime] | None:
        """When the first and the last message was sent that bears a mark that another table holds."""
        found = await self._gateway.fetch_all(_SQL[f"bounds_{mark}"], {}, tuple_row)
        first, last = found[0]
        return None if first is None else (first, last)

    async def _places(
        self, template: sql.SQL, sought: Sought, way: Way, clause: Clause, quarter: Quarter | None = None
    ) -> list[Place]:
        names = {"condition": clause.of(sought.condition), **directions(way)}
        if quarter:
            names["quarter"] = table(quarter.name)
        return await self._fetch(template.format(**names), sought, clause, args_row(_place))

    async def _fetch(self, query: Query, sought: Sought, clause: Clause, row: BaseRowFactory[T]) -> list[T]:
        if sought.is_words_alone:
            return await self._gateway.fetch_all(query, clause.parameters, row)
        return await self._gateway.fetch_by_values(query, clause.parameters, row, patience=sought.patience)


def _edge(edge: Cursor) -> dict[str, object]:
    return {"edge_sent_at": edge.sent_at, "edge_id": edge.id}


def _in_turn(
    statement: Statement,
    quarters: Sequence[Quarter],
    sought: Sought,
    values: Mapping[str, object],
    way: Way = "newest",
) -> tuple[Query, Clause]:
    """A statement that asks some quarters one after another, in one round trip, with its parameters."""
    clause = Clause(parameters=dict(values))
    if sought.is_words_alone and isinstance(sought.condition, Leaf):
        clause.parameters |= sought.condition.values
        return words_alone(statement, tuple(quarter.name for quarter in quarters), way), clause
    arms = [(q.name, clause.between(q.since, q.until).of(sought.condition)) for q in quarters]
    return united(statement, arms, way), clause


def _place(conversation_id: UUID, sent_at: datetime, identity: UUID) -> Place:
    return Place(conversation_id, Cursor(sent_at, identity))


def _ranked(conversation_id: UUID, sent_at: datetime, identity: UUID, score: float, seen: int) -> Ranked:
    return Ranked(_place(conversation_id, sent_at, identity), score, seen)
