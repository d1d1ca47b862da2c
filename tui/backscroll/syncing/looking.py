"""Says what a sync would bring, and writes nothing."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from backscroll.archive.known import Known
from backscroll.archive.live import LiveDatabase
from backscroll.importing.dry_run import DryRun, look
from backscroll.importing.pipeline import Progress
from backscroll.syncing.comparing import differences, missing_of
from backscroll.syncing.mirror import Due, Mirror
from backscroll.syncing.recognising import Found, excluded_there


@dataclass(frozen=True, slots=True)
class Looked:
    """What a sync would read and store, and how many messages it would delete."""

    read: DryRun
    deleted: int


async def look_at(
    known: Known | None, database: LiveDatabase, found: Found, progress: Callable[[Progress], None] = lambda _: None
) -> Looked:
    """Compares a source with the archive and reads what differs; `known` None: there is no archive yet.

    A paused source is looked at as if it went on. Raises AppError.
    """
    mirror = Mirror(database, found.recognised, found.source)
    with database.snapshot():
        excluded = set(await asyncio.to_thread(excluded_there, database, found.recognised))
        if known is None:
            mirror.due = await asyncio.to_thread(_all_of, mirror, tuple(sorted(excluded)))
            return Looked(await look(None, [mirror], progress), 0)
        sync = next((one for one in await known.syncs.all() if one.source_id == found.source.id), None)
        if sync is not None:
            excluded |= set(sync.excluded)
            mirror.skipped = sync.skipped
        due = Due(excluded=tuple(sorted(excluded)))
        differing = await differences(known.syncs, mirror, due)
        moved, deleted = set[UUID](), 0
        async for missing in missing_of(known.syncs, mirror, differing):
            moved |= {one.id for one in missing.moved}
            deleted += len(missing.gone)
        mirror.due = Due(differing.there, differing.is_all, excluded=due.excluded)
        return Looked(await look(known, [mirror], progress, partial(known.weigh_live, moved=moved)), deleted)


def _all_of(mirror: Mirror, excluded: tuple[str, ...]) -> Due:
    marks = mirror.database.ask(mirror.found, "chat_marks", "marks", {"excluded": list(excluded)})
    return Due(is_all=True, excluded=excluded, expected=sum(mark["messages"] for mark in marks))
