"""The steps of a search plan: the typed face of sql/queries/search.sql."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final, Literal, TypeAlias
from uuid import UUID

from psycopg import sql
from psycopg.rows import BaseRowFactory, args_row, class_row, scalar_row, tuple_row

from backscroll.archive.conditions import Clause
from backscroll.archive.gateway import Gateway, Query, T
from backscroll.archive.queries import queries
from backscroll.model.condition import Condition, Leaf
from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Cursor

_SQL = queries("search")
_WORDS = queries("conditions")
Way: TypeAlias = Literal["newest", "oldest"]
"""Which hit comes first."""
_PLAIN: Final = re.compile(r"['a-z&|!()<>:* -]{,1000}")
"""A query of short words of the letters a to z, which the parser leaves as they are."""
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A partition of messages and its bounds (None: open); `until` is exclusive."""

    name: str
    since: datetime | None
    until: datetime | None


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

    async def size(self, chats: Sequence[UUID]) -> int:
        """How many messages some chats hold together."""
        return int(await self._gateway.fetch_value(_SQL["sizes"], {"chats": list(chats)}))

    async def walk(
        self, sought: Sought, way: Way, cursor: Cursor, limit: int, *, walk: int, chats: Sequence[UUID] = ()
    ) -> list[Place]:
        """Hits among the first `walk` messages beyond the cursor: of all, or of each of these chats."""
        query = _SQL["walk_in_chats" if chats else "walk"]
        values = _values(cursor, limit) | {"walk": walk} | ({"chats": list(chats)} if chats else {})
        return await self._places(query, sought, way, Clause(parameters=values))

    async def through(
        self, quarters: Sequence[Quarter], sought: Sought, way: Way, cursor: Cursor, limit: int
    ) -> list[Place]:
        """Hits of some quarters beyond the cursor; the quarters stand in the order of the walk."""
        query, clause = _in_turn("hits", quarters, sought, _values(cursor, limit), way)
        return await self._fetch(query, sought, clause, args_row(_place))

    async def edge(self, quarter: Quarter, way: Way, cursor: Cursor, walk: int) -> Cursor | None:
        """The last of the next `walk` messages of a quarter beyond the cursor; None where there are fewer."""
        query = _SQL["edge"].format(quarter=_table(quarter.name), **_directions(way))
        values = _values(cursor, 1) | {"walk": walk}
        found = await self._gateway.fetch_all(query, values, args_row(Cursor))
        return found[0] if found else None

    async def stretch(
        self, quarter: Quarter, sought: Sought, way: Way, cursor: Cursor, edge: Cursor | None, limit: int
    ) -> list[Place]:
        """Hits of a quarter from behind the cursor to an edge (included; None: to its end)."""
        last = edge or (OLDEST if way == "newest" else NEWEST)
        first = min(max(cursor.sent_at, OLDEST.sent_at), NEWEST.sent_at - _INSTANT)
        low, high = sorted((last.sent_at, first))
        clause = Clause(
            max(low, quarter.since or low),
            min(min(high, NEWEST.sent_at - _INSTANT) + _INSTANT, quarter.until or NEWEST.sent_at),
            _values(cursor, limit) | {"edge_sent_at": last.sent_at, "edge_id": last.id},
        )
        return await self._places(_SQL["stretch"], sought, way, clause, quarter)

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
        names = {"condition": clause.of(sought.condition), **_directions(way)}
        if quarter:
            names["quarter"] = _table(quarter.name)
        return await self._fetch(template.format(**names), sought, clause, args_row(_place))

    async def _fetch(self, query: Query, sought: Sought, clause: Clause, row: BaseRowFactory[T]) -> list[T]:
        if sought.is_words_alone:
            return await self._gateway.fetch_all(query, clause.parameters, row)
        return await self._gateway.fetch_by_values(query, clause.parameters, row, patience=sought.patience)


def _values(cursor: Cursor, limit: int) -> dict[str, object]:
    return {"sent_at": cursor.sent_at, "id": cursor.id, "limit": limit}


def _table(quarter: str) -> sql.Identifier:
    return sql.Identifier("backscroll", quarter)


def _in_turn(
    name: str, quarters: Sequence[Quarter], sought: Sought, values: Mapping[str, object], way: Way = "newest"
) -> tuple[Query, Clause]:
    """A query that asks some quarters one after another, in one round trip."""
    clause = Clause(parameters=dict(values))
    if sought.is_words_alone and isinstance(sought.condition, Leaf):
        clause.parameters |= sought.condition.values
        return _by_words(name, tuple(quarter.name for quarter in quarters), way), clause
    arms = [(q.name, clause.between(q.since, q.until).of(sought.condition)) for q in quarters]
    return _united(name, arms, way), clause


@cache
def _by_words(name: str, quarters: tuple[str, ...], way: Way) -> sql.SQL:
    """The text is put together once: to do it for each search takes longer than most quarters."""
    condition = _WORDS["words"].format(query=sql.Placeholder("query"))
    return sql.SQL(_united(name, [(quarter, condition) for quarter in quarters], way).as_string())


def _united(name: str, arms: Sequence[tuple[str, sql.Composed]], way: Way) -> sql.Composed:
    ways = _directions(way)
    each = [_SQL[f"{name}_in"].format(quarter=_table(quarter), condition=c, **ways) for quarter, c in arms]
    return _SQL[name].format(arms=sql.SQL("\nUNION ALL\n").join(each))


def _directions(way: Way) -> dict[str, sql.Composable]:
    return {part: _SQL[f"{part}_{way}"] for part in ("beyond", "within", "order")}


def _place(conversation_id: UUID, sent_at: datetime, identity: UUID) -> Place:
    return Place(conversation_id, Cursor(sent_at, identity))


def _ranked(conversation_id: UUID, sent_at: datetime, identity: UUID, score: float, seen: int) -> Ranked:
    return Ranked(_place(conversation_id, sent_at, identity), score, seen)
