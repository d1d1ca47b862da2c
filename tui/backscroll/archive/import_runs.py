"""The record of imports: the typed face of sql/queries/import_runs.sql."""

from typing import Literal, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries

_SQL = queries("import_runs")


class Unread(NamedTuple):
    """Something that a run could not read, where it stands and why."""

    place: str
    reason: str
    data: str


class ImportRuns:
    """One row for each reading of an export."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def begin(self, run: UUID, *, format_name: str, file_name: str, time_zone: str) -> None:
        """Notes that a run has begun; its counts are added batch by batch."""
        parameters = {"id": run, "format": format_name, "file_name": file_name, "time_zone": time_zone}
        await self._gateway.execute(_SQL["begin"], parameters)

    async def finish(self, run: UUID, state: Literal["done", "failed", "cancelled"], error: str | None = None) -> None:
        """Notes how a run ended."""
        await self._gateway.execute(_SQL["finish"], {"id": run, "state": state, "error": error})

    async def unread(self, run: UUID, *, limit: int) -> list[Unread]:
        """What a run could not read, in the order of the export."""
        return await self._gateway.fetch_all(_SQL["logs"], {"id": run, "limit": limit}, class_row(Unread))
