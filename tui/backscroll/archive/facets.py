"""How the hits of a search spread: the typed face of sql/queries/facets.sql."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from psycopg import sql
from psycopg.rows import tuple_row

from backscroll.archive.conditions import Clause
from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.archive.steps import Quarter, Sought
from backscroll.model.message import Kind

_SQL = queries("facets")
_Row: TypeAlias = tuple[UUID | None, str | None, str | None, int | None, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits by chat, by the name of their sender (system messages have none), by kind, and by the cell of their time."""

    chats: Counter[UUID] = field(default_factory=Counter)
    senders: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    cells: Counter[int] = field(default_factory=Counter)

    @property
    def hits(self) -> int:
        """How many hits were counted."""
        return self.kinds.total()


class Facets:
    """Counts of one quarter at a time; which quarters are counted, and where it ends, is decided in `searching`."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def tally(self, quarter: Quarter, sought: Sought, edges: Sequence[datetime], cap: int) -> tuple[Tally, bool]:
        """The hits of a quarter, at most its newest `cap`, and whether it has more.

        `edges` are moments in order; a hit is in cell 0 before the first, in cell 1 from there to the second, ...
        """
        rows = await self._rows(quarter, sought, edges, cap + 1, sql.SQL(""))
        tally = _tally(rows)
        if tally.hits <= cap:
            return tally, False
        # In order only where there are so many: a walk through the quarter finds them soon.
        return _tally(await self._rows(quarter, sought, edges, cap, _SQL["newest"])), True

    async def _rows(
        self, quarter: Quarter, sought: Sought, edges: Sequence[datetime], limit: int, order: sql.SQL
    ) -> list[_Row]:
        clause = Clause(quarter.since, quarter.until, {"edges": list(edges), "limit": limit})
        query = _SQL["tally"].format(
            quarter=sql.Identifier("backscroll", quarter.name), condition=clause.of(sought.condition), order=order
        )
        return await self._gateway.fetch_by_values(query, clause.parameters, tuple_row, patience=sought.patience)


def _tally(rows: list[_Row]) -> Tally:
    tally = Tally()
    for chat, sender, kind, cell, hits in rows:
        if kind is not None:
            tally.kinds[Kind(kind)] += hits
        elif cell is not None:
            tally.cells[cell] += hits
        elif chat is not None:
            tally.chats[chat] += hits
            if sender is not None:
                tally.senders[sender] += hits
    return tally
