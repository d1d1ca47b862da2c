"""Messages that are drawn from what a search finds: the typed face of sql/queries/sampling.sql."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import sql
from psycopg.rows import args_row, tuple_row

from backscroll.archive.conditions import Clause
from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.archive.steps import Quarter
from backscroll.model.condition import Condition
from backscroll.model.conversation import Place
from backscroll.model.message import Cursor
from backscroll.model.review import Stratum

_SQL = queries("sampling")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message with what decides whether it is drawn (the lowest are), and the part that it stands for."""

    place: Place
    priority: str
    stratum: str = ""


class Sampling:
    """Draws from one quarter at a time; how many are wanted of each part is decided in `reviewing`."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def first(self, quarter: Quarter, condition: Condition, size: int) -> list[Candidate]:
        """At most `size` messages that fit, the oldest first."""
        return await self._drawn(quarter, condition, size, 0, _SQL["in_time"])

    async def by_chance(self, quarter: Quarter, condition: Condition, size: int, seed: int) -> list[Candidate]:
        """At most `size` messages that fit, the lowest priorities first."""
        return await self._drawn(quarter, condition, size, seed, _SQL["by_chance"])

    async def strata(self, quarter: Quarter, condition: Condition, by: Stratum, zone: str) -> dict[str, int]:
        """How many messages that fit each part has: a chat's id, a sender's name, a month (`2021-03`) of a zone."""
        clause = Clause(quarter.since, quarter.until, {"zone": zone})
        query = _SQL["strata"].format(**_names(quarter, clause, condition), stratum=_SQL[by.value])
        return dict(await self._gateway.fetch_by_values(query, clause.parameters, tuple_row))

    async def of_strata(
        self, quarter: Quarter, condition: Condition, by: Stratum, zone: str, sizes: Mapping[str, int], seed: int
    ) -> list[Candidate]:
        """Of each part at most as many messages as `sizes` says, those of the lowest priorities, in no order."""
        wanted = {"strata": list(sizes), "sizes": list(sizes.values())}
        clause = Clause(quarter.since, quarter.until, {"zone": zone, "seed": str(seed), **wanted})
        query = _SQL["drawn_of_strata"].format(**_names(quarter, clause, condition), stratum=_SQL[by.value])
        return await self._gateway.fetch_by_values(query, clause.parameters, args_row(_candidate))

    async def _drawn(
        self, quarter: Quarter, condition: Condition, size: int, seed: int, order: sql.SQL
    ) -> list[Candidate]:
        clause = Clause(quarter.since, quarter.until, {"seed": str(seed), "size": size})
        query = _SQL["drawn"].format(**_names(quarter, clause, condition), order=order)
        return await self._gateway.fetch_by_values(query, clause.parameters, args_row(_candidate))


def _names(quarter: Quarter, clause: Clause, condition: Condition) -> dict[str, sql.Composable]:
    return {"quarter": sql.Identifier("backscroll", quarter.name), "condition": clause.of(condition)}


def _candidate(conversation_id: UUID, sent_at: datetime, identity: UUID, priority: str, stratum: str = "") -> Candidate:
    return Candidate(Place(conversation_id, Cursor(sent_at, identity)), priority, stratum)
