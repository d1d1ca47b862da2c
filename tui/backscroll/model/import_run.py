"""An import run: one reading of one export, and what it brought."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

SHOWN: Final = 13
"""How many characters of a run's id a list shows: its milliseconds, which tell runs apart."""


class RunState(StrEnum):
    """How far a run is; `RUNNING` also where its program was killed, `UNDOING` where taking it back was broken off."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One reading of one export; the counts are what it brought, also after it was taken back.

    `source` is None until the export could be opened, and where nothing of the source is left. `error` is the title of
    the error that ended the run.
    """

    id: UUID
    state: RunState
    format: str
    file_name: str
    source: str | None
    time_zone: str
    date_order: str | None
    chats: int
    messages: int
    participants: int
    duplicates: int
    updated: int
    conflicts: int
    doubles: int
    skipped: int
    error: str | None
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None

    @property
    def name(self) -> str:
        """The beginning of its id, as lists show it."""
        return str(self.id)[:SHOWN]
