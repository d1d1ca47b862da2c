"""The record of imports: the typed face of sql/queries/import_runs.sql."""

from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from psycopg.rows import class_row, kwargs_row, tuple_row
from psycopg.types.json import Jsonb

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.errors import AppError
from backscroll.model.import_report import Reported, as_json, from_json
from backscroll.model.import_run import ImportRun, RunState
from backscroll.model.message import NEWEST

_SQL = queries("import_runs")
UNREAD_MAX: Final = 100_000
"""Pieces that could not be read, as far as a report carries them; its count is of all."""


class Unread(NamedTuple):
    """Something that a run could not read, where it stands and why."""

    place: str
    reason: str
    data: str


class ReadText(NamedTuple):
    """A text that a run read to its end: its bytes, their sha256 in hexadecimal, and how they were read."""

    size: int
    sha256: str
    read_as: str


class RunReport(NamedTuple):
    """A run, what it said of itself, and what it could not read."""

    run: ImportRun
    reported: Reported
    unread: tuple[Unread, ...]


class ImportRuns:
    """One row for each reading of an export."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def begin(
        self, run: UUID, *, format_name: str, file_name: str, time_zone: str, reported: Reported | None = None
    ) -> None:
        """Notes that a run has begun; its counts are added, and its report renewed, batch by batch."""
        parameters = {
            "id": run,
            "format": format_name,
            "file_name": file_name,
            "time_zone": time_zone,
            "report": Jsonb(as_json(reported or Reported())),
        }
        await self._gateway.execute(_SQL["begin"], parameters)

    async def finish(
        self,
        run: UUID,
        state: Literal["done", "failed", "cancelled"],
        error: str | None = None,
        read: ReadText | None = None,
        reported: Reported | None = None,
    ) -> None:
        """Notes how a run ended, which text it read to its end, and what it says of itself up to its last batch.

        One that is being taken back stays so.
        """
        size, sha256, read_as = read or (None, None, None)
        report = Jsonb(as_json(reported)) if reported else None
        told = {"read_size": size, "read_sha256": sha256, "read_as": read_as, "report": report}
        await self._gateway.execute(_SQL["finish"], {"id": run, "state": state, "error": error, **told})

    async def read_before(self, source: UUID, read_as: str, size: int) -> list[tuple[int, str]]:
        """Texts of at most `size` bytes of a source, read like that, whose messages are all there: size and sha256."""
        given = {"source": source, "read_as": read_as, "size": size}
        return await self._gateway.fetch_all(_SQL["read_before"], given, tuple_row)

    async def unread(self, run: UUID, *, limit: int) -> list[Unread]:
        """What a run could not read, in the order of the export."""
        return await self._gateway.fetch_all(_SQL["logs"], {"id": run, "limit": limit}, class_row(Unread))

    async def report(self, run: ImportRun, *, most: int = UNREAD_MAX) -> RunReport:
        """What a run said of itself, with `most` of what it could not read."""
        ((report, added),) = await self._gateway.fetch_all(_SQL["report"], {"id": run.id}, tuple_row)
        is_there = run.state not in {RunState.UNDOING, RunState.UNDONE}
        reported = from_json(report, {UUID(chat): messages for chat, messages in added.items()} if is_there else None)
        return RunReport(run, reported, tuple(await self.unread(run.id, limit=most)))

    async def page(self, *, limit: int, after: ImportRun | None = None) -> list[ImportRun]:
        """Runs, newest first, after one of the page before."""
        key = (after.started_at, after.id) if after else (NEWEST.sent_at, NEWEST.id)
        parameters = {"started_at": key[0], "id": key[1], "limit": limit}
        return await self._gateway.fetch_all(_SQL["page"], parameters, kwargs_row(_run))

    async def find(self, text: str) -> ImportRun:
        """The run that a person names by its id or the beginning of it (4 characters or more).

        Raises AppError where nothing or more than one run fits.
        """
        hexadecimal = text.replace("-", "").lower()
        if not 4 <= len(hexadecimal) <= 32 or set(hexadecimal) - set("0123456789abcdef"):
            raise _unknown(text)
        bounds = {"low": UUID(hexadecimal.ljust(32, "0")), "high": UUID(hexadecimal.ljust(32, "f"))}
        found = await self._gateway.fetch_all(_SQL["find"], bounds, kwargs_row(_run))
        if not found:
            raise _unknown(text)
        if len(found) > 1:
            raise AppError(f"{text} begins more than one run's id", "Give more of it.", code="ambiguous_run")
        return found[0]


def _run(state: str, **columns: Any) -> ImportRun:
    return ImportRun(state=RunState(state), **columns)


def _unknown(text: str) -> AppError:
    return AppError(f"There is no import run {text[:60]}", "`backscroll imports` lists them.", code="no_such_run")
