"""The steps of a search plan: the typed face of sql/queries/search.sql."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from psycopg.rows import BaseRowFactory, args_row, class_row, scalar_row, tuple_row

from backscroll.archive.arms import Statement, directions, numbered, table, united
from backscroll.archive.conditions import Clause
from backscroll.archive.gateway import Gateway, T
from backscroll.archive.queries import queries
from backscroll.archive.steps import INSTANT, Extent, Page, Quarter, Ranked, Reached, Sought, Walk, Way
from backscroll.model.condition import Leaf
from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Cursor

_SQL = queries("search")
_PLAIN: Final = re.compile(r"['a-z&|!()<>:* -]{,1000}")
"""A query of short words of the letters a to z, which the parser leaves as they are."""
BUDGET: Final = timedelta(milliseconds=20)
"""For how long a question about several quarters turns to another one."""


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
        query = _SQL["through_chats"].format(condition=clause.of(sought.condition), **directions(page.way))
        if sought.is_words_alone:
            return await self._gateway.fetch_all(query, clause.parameters, args_row(_place))
        return await self._gateway.fetch_by_values(query, clause.parameters, args_row(_place), patience=sought.patience)

    async def first(self, quarters: Sequence[Quarter], sought: Sought, page: Page, walk: Walk) -> Reached:
        """Hits that a walk through the first messages of some quarters meets; where it fills no page, hits of these
        quarters by the indexes. The quarters stand in the order of the walk."""
        values = page.values | _edge(quarters[-1].end(page.way)) | {"budget": BUDGET}
        values |= {"walk": walk.rows, "few": walk.few, "farthest": walk.farthest}
        if walk.chat:
            values["chat"] = walk.chat
        name: Statement = "first" if walk.chat is None else "first_in_chat"
        return _reached(quarters, await self._asked(name, quarters, sought, values, tuple_row, page.way))

    async def through(self, quarters: Sequence[Quarter], sought: Sought, page: Page) -> Reached:
        """Hits of some quarters by the indexes; the quarters stand in the order of the walk."""
        values = page.values | {"budget": BUDGET}
        return _reached(quarters, await self._asked("hits", quarters, sought, values, tuple_row, page.way))

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
        names = {"condition": clause.of(sought.condition), "quarter": table(quarter.name), **directions(page.way)}
        # By its values, also where it is of words alone: a general plan takes `-word` for rare, and asks the word index
        # for all that is without it.
        query, patience = _SQL["stretch"].format(**names), sought.patience
        return await self._gateway.fetch_by_values(query, clause.parameters, args_row(_place), patience=patience)

    async def ranked(
        self, quarters: Sequence[Quarter], sought: Sought, rank: str, candidates: int, limit: int
    ) -> list[Ranked]:
        """The hits of some quarters, among the first `candidates`, that fit the words of `rank` best, best first."""
        values = {"rank": rank, "candidates": candidates, "limit": limit}
        return await self._asked("ranked", quarters, sought, values, args_row(_ranked))

    async def count(self, quarters: Sequence[Quarter], sought: Sought, limit: int) -> int:
        """How many hits some quarters have, at most `limit`."""
        # A general plan would count what is not there by its index, in a hundred times the time.
        rows = await self._by_values("count", quarters, sought, {"limit": limit}, scalar_row)
        return int(rows[0])

    async def bounds(self, mark: str) -> tuple[datetime, datetime] | None:
        """When the first and the last message was sent that bears a mark that another table holds."""
        found = await self._gateway.fetch_all(_SQL[f"bounds_{mark}"], {}, tuple_row)
        first, last = found[0]
        return None if first is None else (first, last)

    async def _asked(
        self,
        statement: Statement,
        quarters: Sequence[Quarter],
        sought: Sought,
        values: dict[str, object],
        row: BaseRowFactory[T],
        way: Way = "newest",
    ) -> list[T]:
        """The rows of a statement that asks some quarters one after another, in one round trip."""
        if sought.is_words_alone and isinstance(sought.condition, Leaf):
            query, names = numbered(statement, _names(quarters), way)
            given = {**values, **sought.condition.values}
            return await self._gateway.fetch_numbered(query, [given[name] for name in names], row)
        return await self._by_values(statement, quarters, sought, values, row, way)

    async def _by_values(
        self,
        statement: Statement,
        quarters: Sequence[Quarter],
        sought: Sought,
        values: dict[str, object],
        row: BaseRowFactory[T],
        way: Way = "newest",
    ) -> list[T]:
        clause = Clause(parameters=dict(values))
        arms = [(q.name, clause.between(q.since, q.until).of(sought.condition)) for q in quarters]
        query = united(statement, arms, way)
        return await self._gateway.fetch_by_values(query, clause.parameters, row, patience=sought.patience)


def _names(quarters: Sequence[Quarter]) -> tuple[str, ...]:
    return tuple(quarter.name for quarter in quarters)


def _reached(quarters: Sequence[Quarter], rows: Sequence[tuple[UUID, datetime, UUID]]) -> Reached:
    if rows and rows[-1][2] is None:
        return Reached([_place(*row) for row in rows[:-1]], len(quarters))
    # A page, or the time was up: the quarters up to the last hit were asked, and the first one in any case.
    last = rows[-1][1] if rows else None
    done = (number for number, quarter in enumerate(quarters, 1) if last and quarter.holds(last))
    return Reached([_place(*row) for row in rows], next(done, 1))


def _edge(edge: Cursor) -> dict[str, object]:
    return {"edge_sent_at": edge.sent_at, "edge_id": edge.id}


def _place(conversation_id: UUID, sent_at: datetime, identity: UUID) -> Place:
    return Place(conversation_id, Cursor(sent_at, identity))


def _ranked(conversation_id: UUID, sent_at: datetime, identity: UUID, score: float, seen: int) -> Ranked:
    return Ranked(_place(conversation_id, sent_at, identity), score, seen)
