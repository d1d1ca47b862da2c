"""Brings kept statistics up to date: only months whose messages changed are counted, in steps that a crash cannot undo.

Each step is a transaction that stores some months with what was known of them, so that whoever comes next finds what
is left by looking at what changed, and nothing is counted twice. A job says how far it is.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Final, TypeAlias, TypeVar
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.statistics import JobState, Stale

Item = TypeVar("Item")
Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many messages of how many are counted."""
STEP: Final = 100_000
"""About how many messages are counted in one transaction: a second or less, and a few megabytes on the server."""
_LANES: Final = 2
"""Counting keeps as many processors of the server busy."""


async def refresh(
    archive: Archive,
    chat: UUID,
    zone: str,
    progress: Progress = lambda _done, _total: None,
    *,
    is_anew: bool = False,
) -> int:
    """Counts the months of a chat that changed, or all of them anew; gives how many these were. Raises AppError."""
    stale = await archive.statistics.stale(chat, zone, is_anew=is_anew)
    if not stale:
        return 0
    job = await archive.statistics_jobs.schedule(zone, chat)
    done, total = 0, sum(month.messages for month in stale)

    async def count(step: list[Stale]) -> None:
        nonlocal done
        await archive.statistics.count(job, chat, zone, step)
        done += sum(month.messages for month in step)
        progress(done, total)

    async with working(archive, job, total):
        await archive.statistics.prepare([month.month for month in stale])
        await _side_by_side(steps(stale), count)
        await archive.statistics.weigh(chat, zone)
    return len(stale)


async def refresh_all(archive: Archive, zone: str, progress: Progress = lambda _done, _total: None) -> int:
    """The same for all chats; gives how many had something to count. Raises AppError."""
    chats = await archive.statistics.stale_chats(zone)
    if not chats:
        return 0
    job = await archive.statistics_jobs.schedule(zone)
    done, total = 0, sum(messages for _, messages in chats)

    async def count(chat: UUID) -> None:
        nonlocal done
        stale = await archive.statistics.stale(chat, zone)  # what another program counted meanwhile is left out
        await archive.statistics.prepare([month.month for month in stale])
        for step in steps(stale):
            await archive.statistics.count(job, chat, zone, step)
            done += sum(month.messages for month in step)
            progress(min(done, total), total)
        await archive.statistics.weigh(chat, zone)

    async with working(archive, job, total):
        await _side_by_side((chat for chat, _ in chats), count)
    return len(chats)


async def _side_by_side(items: Iterable[Item], work: Callable[[Item], Awaitable[None]]) -> None:
    """Does the work for each of the items, two at a time; where one fails, the other is cancelled."""
    left = iter(items)

    async def lane() -> None:
        for item in left:
            await work(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_LANES):
                group.create_task(lane())
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None


def steps(stale: Sequence[Stale]) -> Iterator[list[Stale]]:
    """The months in lots of about `STEP` messages; a month is never divided."""
    lot: list[Stale] = []
    for month in stale:
        if lot and sum(other.messages for other in lot) + month.messages > STEP:
            yield lot
            lot = []
        lot.append(month)
    if lot:
        yield lot


@asynccontextmanager
async def working(archive: Archive, job: UUID, total: int) -> AsyncIterator[None]:
    """Says what becomes of a job; one whose program is killed stays open."""
    await archive.statistics_jobs.start(job, total)
    try:
        yield
    except AppError as error:
        await archive.statistics_jobs.finish(job, JobState.FAILED, error.title)
        raise
    except asyncio.CancelledError:
        await archive.statistics_jobs.finish(job, JobState.CANCELLED)
        raise
    await archive.statistics_jobs.finish(job, JobState.DONE)
