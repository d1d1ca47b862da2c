"""Says what a sync would bring, and writes nothing."""

import asyncio
from collections.abc import Callable

from backscroll.archive.known import Known
from backscroll.archive.live import LiveDatabase
from backscroll.importing.dry_run import DryRun, look
from backscroll.importing.pipeline import Progress
from backscroll.syncing.mirror import Due, Mirror
from backscroll.syncing.recognising import Found, excluded_there


async def look_at(
    known: Known | None, database: LiveDatabase, found: Found, progress: Callable[[Progress], None] = lambda _: None
) -> DryRun:
    """Reads all of a source; `known` None: there is no archive yet. Raises AppError.

    What is there and was changed since is among the duplicates, and what the source has no more is not looked for.
    """

    def expected() -> Due:
        excluded = excluded_there(database, found.recognised)
        marks = database.ask(found.recognised, "chat_marks", "marks", {"excluded": list(excluded)})
        return Due(is_all=True, excluded=excluded, expected=sum(mark["messages"] for mark in marks))

    with database.snapshot():
        mirror = Mirror(database, found.recognised, found.source, due=await asyncio.to_thread(expected))
        return await look(known, [mirror], progress)
