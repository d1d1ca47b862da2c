"""Reads exports into an archive: detect, parse as a stream, store in batches; may be cancelled and repeated."""

import asyncio
import gc
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final, Literal, TypeVar
from uuid import UUID

from backscroll.archive.batch import Batch, SourceRow, Stored
from backscroll.archive.import_runs import ReadText
from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.importing import batching, huge_pages
from backscroll.importing.batching import Reader
from backscroll.importing.beginnings import beginning_of
from backscroll.importing.format import Choices
from backscroll.importing.groups import survey
from backscroll.importing.joining import joined
from backscroll.importing.keeping import Brought, Keeping
from backscroll.importing.readable import Readable
from backscroll.importing.stemming import finish_stems
from backscroll.importing.wording import Wording
from backscroll.model import ids
from backscroll.model.import_report import Reported, Unrecognised

T = TypeVar("T")

_LONG: Final = 2 * batching.BATCH
"""Messages from which on an import gains more by gathering its memory, once for each full batch, than that takes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come: bytes read of all bytes, messages read so far, and files brought with their bytes."""

    done: int
    total: int
    messages: int
    file_name: str
    files: int = 0
    file_size: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought, `files` those of its messages. Its `runs` have their reports in the archive, and what
    could not be read.
    """

    stored: Stored
    seconds: float
    unknown: tuple[Unrecognised, ...]
    runs: tuple[UUID, ...]
    files: Brought


async def import_paths(
    archive: Archive,
    paths: Sequence[Path],
    choices: Choices,
    *,
    format_name: str | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> ImportReport:
    """Imports everything that is recognised at the paths.

    Every export is opened before anything is written, so a question that only a person can answer (AppError
    `ambiguous_date_order`) leaves the archive as it was. Each batch is one transaction: cancelling keeps the batches
    that were stored, and importing again goes on where they end. Raises AppError.
    """
    began = monotonic()
    groups = await joined(partial(survey, paths, choices, format_name), choices, archive.known)
    work = Import(archive, progress, sum(group.total for group in groups), choices.links)
    try:
        runs = [await work.run(group) for group in groups]
    finally:
        work.keeping.close()
    await finish_stems(archive, sorted(work.sources))
    await archive.staging.tidying.settle()
    unknown = tuple(one for group in groups for one in group.unrecognised)
    return ImportReport(work.stored, monotonic() - began, unknown, tuple(runs), work.keeping.brought)


@dataclass(slots=True)
class Import:
    """One import on its way through its runs: what was read (`done` bytes of `total`) and stored so far."""

    archive: Archive
    progress: Callable[[Progress], None]
    total: int
    links: bool
    done: int = 0
    current: UUID | None = None  # the run that is under way
    stored: Stored = field(default_factory=Stored)
    reported: Reported | None = None  # by the run's last batch that is stored
    sources: set[UUID] = field(default_factory=set)
    keeping: Keeping = field(init=False)
    _shown: Progress = field(init=False)
    _gathered: int = 0  # messages that were read when memory was gathered last

    def __post_init__(self) -> None:
        self.keeping = Keeping(self.archive.attachments, links=self.links, shown=self._show)
        self._shown = Progress(0, self.total, 0, "")

    def _show(self) -> None:
        """Tells how far it is, with the files that came in since."""
        brought = self.keeping.brought
        self._shown = replace(self._shown, files=brought.files, file_size=brought.bytes)
        self.progress(self._shown)

    async def run(self, group: Readable) -> UUID:
        """Stores a group, and how that ended; gives the run."""
        async with self.ending() as read:
            run = await self.begin(group)
            read.append(await self.store_all(run, group))
        self.done += group.total
        return run

    async def begin(self, group: Readable) -> UUID:
        """Notes that a run begins, and gives it."""
        run, self.reported = ids.new_id(), None
        zone, reported = group.time_zone_name, group.reported()
        runs = self.archive.import_runs
        await runs.begin(run, format_name=group.format_name, file_name=group.name, time_zone=zone, reported=reported)
        self.current = run
        return run

    @asynccontextmanager
    async def ending(self) -> AsyncIterator[list[ReadText | None]]:
        """Notes how the run ended that was begun in the block, with the last text that it lists as read."""
        read: list[ReadText | None] = []
        try:
            yield read
        except asyncio.CancelledError:
            await asyncio.shield(self._finish("cancelled"))
            raise
        except AppError as error:
            await self._finish("failed", error.title)
            raise
        await self._finish("done", read=read[-1] if read else None)

    async def _finish(
        self, state: Literal["done", "failed", "cancelled"], error: str | None = None, read: ReadText | None = None
    ) -> None:
        run, self.current = self.current, None
        if run is not None:
            await self.archive.import_runs.finish(run, state, error, read=read, reported=self.reported)

    async def store_all(self, run: UUID, group: Readable) -> ReadText | None:
        """Stores all that a group yields; gives the text that was read whole, where that is told by its bytes."""
        source = group.source()
        self.sources.add(source.id)
        beginning = await beginning_of(group, self.archive.import_runs)
        reader, wording = Reader(group, beginning.known), Wording(await self.archive.languages.known(source.id))
        read = self.stored.messages + self.stored.duplicates
        # While a batch is stored, the next ones are made ready by the server, and the one after is read and worded.
        storing: deque[asyncio.Task[Stored]] = deque()
        tidying = asyncio.create_task(self._tidy())
        try:
            while (batch := await self._next(reader, wording, source)) is not None:
                await self._end(storing, _ahead_of(batch))
                read += len(batch.messages) + batch.duplicates
                self._shown = Progress(self.done + reader.position, self.total, read, group.name)
                self._show()
                before = storing[-1] if storing else None
                storing.append(asyncio.create_task(self._store(run, source, batch, before)))
                if tidying.done():
                    tidying.result()
                    tidying = asyncio.create_task(self._tidy())
            await self._end(storing, 0)
            await tidying
        except BaseException:
            for task in (*storing, tidying):
                task.cancel()
            await asyncio.gather(*storing, tidying, return_exceptions=True)
            raise
        return None if reader.has_files else beginning.read_whole()

    async def _tidy(self) -> None:
        """Does beside the batches what makes the end, or those to come, quicker."""
        await self.archive.staging.tidying.left_behind()
        read = self._shown.messages
        if read >= _LONG and read - self._gathered >= batching.BATCH:
            self._gathered = read
            await asyncio.to_thread(huge_pages.gather)

    async def _end(self, storing: deque[asyncio.Task[Stored]], left: int) -> None:
        """Waits until no more than so many batches are being stored."""
        while len(storing) > left:
            self.stored += await storing[0]
            storing.popleft()

    async def _next(self, reader: Reader, wording: Wording, source: SourceRow) -> Batch | None:
        batch = await _uncollected(reader.next_batch)
        if batch is not None:
            await _uncollected(wording.hear, batch)
            if not source.is_live:  # any part of what is known may be another there
                await self.archive.known.drop(batch)
            await _uncollected(wording.word, batch)
        return batch

    async def _store(self, run: UUID, source: SourceRow, batch: Batch, before: asyncio.Task[Stored] | None) -> Stored:
        await self.keeping.keep(batch)
        stored = await self.archive.staging.store(run, source, batch, before)
        self.reported = batch.reported
        return stored


def _ahead_of(batch: Batch) -> int:
    """How many batches may be on their way when this one follows: with what is read meanwhile, all take the memory of
    five usual ones.

    With one, an import takes an eighth more time where other programs are busy, too.
    """
    if batch.file_size:
        return 0
    return 2 if len(batch.messages) <= batching.BATCH * 5 // 4 else 1


async def _uncollected(work: Callable[..., T], *given: object) -> T:
    """Does work in a thread, without the collector of cycles: a batch has none, and looking through its rows for them
    again and again takes a seventh of the time of reading it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return await asyncio.to_thread(work, *given)
    finally:
        if collects:
            gc.enable()
