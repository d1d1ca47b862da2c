"""Where an import spends its time: every statement of its transactions by its name, as the client waits for it.

Up to three batches are on their way at a time, so the parts are more than the whole.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from time import perf_counter
from typing import Any, TypeVar

from psycopg import sql

from backscroll.archive.gateway import Connection, Gateway, Query
from backscroll.archive.opening import Archive
from backscroll.archive.queries import queries
from backscroll.archive.staging import TOGETHER, Staging

T = TypeVar("T")
_NAMES = {
    **{
        query.as_string(): name
        for area in ("staging", "filling", "updating", "tidying")
        for name, query in queries(area).items()
    },
    **{query.as_string(): "record the run" for query in queries("import_runs").values()},
}
_NAMES[TOGETHER.as_string()] = "figures of threads"
_SUMMED = {
    "create": "quarters, filled with search vectors",
    "rename": "quarters, attached",
    "count_all": "figures of chats, people and days",
}


class Steps(defaultdict[str, float]):
    """Seconds by step."""

    def __init__(self) -> None:
        super().__init__(float)

    @property
    def total(self) -> float:
        """All of them."""
        return sum(self.values())

    def add(self, query: Query, seconds: float) -> None:
        """Counts a statement under its name; one that was formatted is known by its beginning."""
        text = query.as_string()
        name = _NAMES.get(text) or next(name for template, name in _NAMES.items() if _fits(template, text))
        self[_SUMMED.get(name, name)] += seconds


def _fits(template: str, text: str) -> bool:
    start, placeholder, _ = template.partition("{")
    return bool(placeholder) and text.startswith(start)


class _Timed:
    """A connection whose statements are timed."""

    def __init__(self, connection: Connection, steps: Steps) -> None:
        self._connection = connection
        self._steps = steps

    async def execute(self, query: sql.SQL | sql.Composed, *parameters: Any, **options: Any) -> Any:
        """The connection's own."""
        began = perf_counter()
        try:
            return await self._connection.execute(query, *parameters, **options)
        finally:
            self._steps.add(query, perf_counter() - began)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class _TimedGateway:
    """The archive's gateway, with every unit of work on a timed connection."""

    def __init__(self, gateway: Gateway, steps: Steps) -> None:
        self._gateway = gateway
        self._steps = steps

    async def transact(self, unit: Callable[[Connection], Awaitable[T]]) -> T:
        """The gateway's own; what is left of the unit's time is COPY, and of the transaction's the COMMIT."""
        inside = 0.0

        async def timed(connection: Connection) -> T:
            nonlocal inside
            began, mine = perf_counter(), Steps()
            result = await unit(_Timed(connection, mine))  # type: ignore[arg-type]
            inside = perf_counter() - began
            for name, seconds in mine.items():
                self._steps[name] += seconds
            self._steps["COPY with search vectors, then waiting for the batch before"] += inside - mine.total
            return result

        began = perf_counter()
        result = await self._gateway.transact(timed)
        self._steps["commit"] += perf_counter() - began - inside
        return result

    async def execute(self, query: Query, parameters: dict[str, object]) -> int:
        """The gateway's own."""
        began = perf_counter()
        try:
            return await self._gateway.execute(query, parameters)
        finally:
            self._steps.add(query, perf_counter() - began)


def watched(archive: Archive) -> tuple[Archive, Steps]:
    """The same archive, with the write side of imports timed."""
    steps = Steps()
    gateway = _TimedGateway(archive.staging._gateway, steps)
    return replace(archive, staging=Staging(gateway)), steps  # type: ignore[arg-type]
