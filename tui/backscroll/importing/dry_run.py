"""An import that writes nothing: reads everything, asks the archive what it has, and reports what would come in."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TypeAlias
from uuid import UUID

from backscroll.archive.batch import Batch, Stored
from backscroll.archive.import_runs import UNREAD_MAX, RunReport, Unread
from backscroll.archive.known import Known
from backscroll.archive.updating import NOTHING_MET, Met
from backscroll.importing.batching import Reader
from backscroll.importing.format import Choices
from backscroll.importing.groups import survey
from backscroll.importing.joining import joined
from backscroll.importing.pipeline import Progress
from backscroll.importing.readable import Readable
from backscroll.model import ids
from backscroll.model.import_report import Reported, Unrecognised
from backscroll.model.import_run import ImportRun, RunState

Weigh: TypeAlias = Callable[[Batch], Awaitable[tuple[Met, Counter[UUID]]]]
"""Tells what of a batch is known, and how many of its messages are new by chats; may take out what is as it was."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an import would bring: the counts of all, and the report of each run that it would be.

    What one of its exports says after another is weighed beside the archive alone: a message that comes twice is a
    duplicate, whatever its second state is.
    """

    stored: Stored
    seconds: float
    unknown: tuple[Unrecognised, ...]
    reports: tuple[RunReport, ...]


async def read_only(
    known: Known | None,
    paths: Sequence[Path],
    choices: Choices,
    *,
    format_name: str | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> DryRun:
    """Reads what is recognised at the paths to its end, as an import would; `known` None: everything is new.

    Raises AppError where an import would.
    """
    groups = await joined(partial(survey, paths, choices, format_name), choices, known)
    unknown = tuple(one for group in groups for one in group.unrecognised)
    return replace(await look(known, groups, progress), unknown=unknown)


async def look(
    known: Known | None,
    groups: Sequence[Readable],
    progress: Callable[[Progress], None],
    weigh: Weigh | None = None,
) -> DryRun:
    """Reads what is given to its end, as runs would; `weigh` tells what of a batch is known, if not as in an export.

    Raises AppError where runs would.
    """
    began = monotonic()
    # A database of its own on the disk, gone with the connection: the ids of ten million messages fill the memory.
    with closing(sqlite3.connect("", check_same_thread=False, isolation_level=None)) as seen:
        seen.execute("CREATE TABLE seen (id BLOB PRIMARY KEY) WITHOUT ROWID")
        seen.execute("BEGIN")
        weigh = weigh or (partial(_weigh_export, known) if known is not None else None)
        work = _Look(known, weigh, progress, seen, sum(group.total for group in groups))
        reports = [await work.at(group) for group in groups]
    return DryRun(work.stored, monotonic() - began, (), tuple(reports))


@dataclass(slots=True)
class _Look:
    """One look on its way through the groups: what was read, and what would have been stored."""

    known: Known | None
    weigh: Weigh | None
    progress: Callable[[Progress], None]
    seen: sqlite3.Connection
    total: int
    done: int = 0
    read: int = 0
    stored: Stored = field(default_factory=Stored)
    lists: set[UUID] = field(default_factory=set)

    async def at(self, group: Readable) -> RunReport:
        """The report of a group, as if it had been imported now."""
        began = datetime.now(UTC)
        reader = Reader(group)
        stored, added, reported = Stored(), Counter[UUID](), group.reported()
        unread: list[Unread] = []
        while (batch := await asyncio.to_thread(reader.next_batch)) is not None:
            self.read += len(batch.messages) + batch.duplicates
            self.progress(Progress(self.done + reader.position, self.total, self.read, group.name))
            stored += await self._weigh(batch, added)
            unread += (Unread(*row) for row in batch.rejected[: UNREAD_MAX - len(unread)])
            reported = batch.reported
        self.done += group.total
        self.stored += stored
        return RunReport(_run(group, began, stored), _with_added(reported, added), tuple(unread))

    async def _weigh(self, batch: Batch, added: Counter[UUID]) -> Stored:
        """What of a batch would be new."""
        chats = set(batch.conversations) - self.lists
        people = set(batch.participants) - self.lists
        self.lists |= chats | people
        await asyncio.to_thread(self._drop_met, batch)
        met, new = NOTHING_MET, Counter(UUID(bytes=m.conversation_id) for m in batch.messages.values())
        if self.known is not None:
            chats -= await self.known.conversations(chats)
            people -= await self.known.participants(people, set(batch.conversations) | set(new))
        if self.weigh is not None:
            met, new = await self.weigh(batch)
        added.update(new)
        return Stored(
            chats=len(chats),
            messages=new.total(),
            participants=len(people),
            duplicates=batch.duplicates + met.alike + met.count - met.newer,
            skipped=len(batch.rejected),
            updated=met.newer,
            conflicts=met.elsewhen,
            doubles=met.doubles,
        )

    def _drop_met(self, batch: Batch) -> None:
        """Takes out the messages that were met before."""
        note = "INSERT OR IGNORE INTO seen VALUES (?)"
        left = {key: m for key, m in batch.messages.items() if self.seen.execute(note, (key,)).rowcount}
        batch.duplicates += len(batch.messages) - len(left)
        batch.messages = left


async def _weigh_export(known: Known, batch: Batch) -> tuple[Met, Counter[UUID]]:
    await known.drop(batch)
    return await known.weigh(batch) if batch.messages else (NOTHING_MET, Counter[UUID]())


def _with_added(reported: Reported, added: Counter[UUID]) -> Reported:
    return replace(reported, chats=tuple(replace(chat, added=added[chat.id]) for chat in reported.chats))


def _run(group: Readable, began: datetime, stored: Stored) -> ImportRun:
    source = group.source()
    return ImportRun(
        id=ids.new_id(),
        state=RunState.DONE,
        format=group.format_name,
        file_name=group.name,
        source=source.name,
        time_zone=source.time_zone,
        date_order=source.date_order,
        chats=stored.chats,
        messages=stored.messages,
        participants=stored.participants,
        duplicates=stored.duplicates,
        updated=stored.updated,
        conflicts=stored.conflicts,
        doubles=stored.doubles,
        skipped=stored.skipped,
        error=None,
        started_at=began,
        finished_at=datetime.now(UTC),
        undone_at=None,
    )
