"""The record of counting statistics: the typed face of sql/queries/statistics_jobs.sql."""

from typing import Any, Literal
from uuid import UUID

from psycopg.rows import kwargs_row
from psycopg.types.json import Jsonb

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.model.ids import new_id
from backscroll.model.statistics import Job, JobKind, JobState

_SQL = queries("statistics_jobs")


class StatisticsJobs:
    """One row for each counting; it survives the program that counts."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def schedule(self, zone: str, chat: UUID | None = None, kind: JobKind | None = None) -> UUID:
        """The open job about a chat (None: the whole archive) in a time zone; a new one where there is none.

        Without a kind it is one that counts.
        """
        about = {"time_zone": zone} | ({"conversation": str(chat)} if chat else {})
        kind = kind or (JobKind.CONVERSATION if chat else JobKind.ARCHIVE)
        values = {"id": new_id(), "kind": kind.value, "parameters": Jsonb(about)}
        return UUID(str(await self._gateway.fetch_value(_SQL["schedule"], values)))

    async def start(self, job: UUID, total: int) -> None:
        """Says that a program begins to work on it, with so many messages to count."""
        await self._gateway.execute(_SQL["start"], {"id": job, "total": total})

    async def finish(
        self, job: UUID, state: Literal[JobState.DONE, JobState.FAILED, JobState.CANCELLED], error: str | None = None
    ) -> None:
        """Says how it ended."""
        await self._gateway.execute(_SQL["finish"], {"id": job, "state": state.value, "error": error})

    async def newest(self, limit: int = 50) -> list[Job]:
        """The last jobs, the newest first."""
        return await self._gateway.fetch_all(_SQL["newest"], {"limit": limit}, kwargs_row(_job))


def _job(kind: str, state: str, **columns: Any) -> Job:
    return Job(kind=JobKind(kind), state=JobState(state), **columns)
