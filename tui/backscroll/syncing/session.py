"""One sync of a live source: passes that compare it with the archive and bring over what differs, all as one run."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from backscroll.archive.batch import Stored
from backscroll.archive.live import LiveDatabase
from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.importing.pipeline import Import, Progress
from backscroll.importing.stemming import finish_stems
from backscroll.model.sync import Sync
from backscroll.syncing.comparing import Differences, differences, remove_missing
from backscroll.syncing.lists import lists_of, mirror_lists
from backscroll.syncing.mirror import Due, Mirror
from backscroll.syncing.recognising import Found

_ROWS: Final = ("chats", "people")
"""Lists that are records of the run itself."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What passes brought: as an import, and how many messages the source had no more."""

    stored: Stored = field(default_factory=Stored)
    deleted: int = 0

    def __add__(self, other: "Synced") -> "Synced":
        return Synced(self.stored + other.stored, self.deleted + other.deleted)


@dataclass(slots=True)
class Session:
    """A source that is being synced; its run begins with the first pass that brings something."""

    archive: Archive
    database: LiveDatabase
    found: Found
    mirror: Mirror
    work: Import

    async def whole_pass(self) -> Synced:
        """Compares all that the source has, and brings over what differs. Raises AppError."""
        sync = await self.archive.syncs.of_source(self.found.source.id)
        if sync.is_paused:
            return Synced()
        async with self._snapshot():
            due, cursor, lists = await self._due(sync), await self._cursor(), await self._lists()
            found = await differences(self.archive.syncs, self.mirror, due)
            brought = await self._bring(sync, due, found, lists)
            others = lists_of(self.found.recognised)
            await mirror_lists(self.archive, self.mirror, [one for one in others if lists[one] != sync.lists.get(one)])
            await self.archive.syncs.checked(sync.source_id, is_whole=True, cursor=cursor, lists=lists)
        if self.work.current is not None:
            await finish_stems(self.archive, [sync.source_id])
            await self.archive.staging.tidying.settle()
        return brought

    async def quick_pass(self) -> Synced:
        """Looks only for what came or was changed since the last pass, where the source tells that. Raises AppError."""
        sync = await self.archive.syncs.of_source(self.found.source.id)
        if sync.is_paused:
            return Synced()
        if "touched" not in self.found.recognised.queries or sync.cursor is None:
            return await self.whole_pass()
        async with self._snapshot():
            cursor = await self._cursor()
            if cursor == sync.cursor:
                return Synced()
            due = await self._due(sync)
            given = {"after": sync.cursor, "excluded": list(due.excluded)}
            touched: defaultdict[str, set[date]] = defaultdict(set)
            for row in await self._ask("touched", "touched", given):
                touched[row["chat"]].add(row["day"])
            found = await differences(self.archive.syncs, self.mirror, due, touched)
            brought = await self._bring(sync, due, found, dict(sync.lists))
            await self.archive.syncs.checked(sync.source_id, is_whole=False, cursor=cursor)
        return brought

    async def _bring(self, sync: Sync, due: Due, found: Differences, lists: dict[str, str]) -> Synced:
        """Brings over days that differ, and the lists of chats and people where they are not `sync`'s any more."""
        changed = {name for name in _ROWS if lists.get(name) != sync.lists.get(name)}
        if not found and not changed:
            return Synced()
        self.mirror.skipped = sync.skipped
        self.mirror.due = replace(
            due,
            days=found.there,
            is_all=found.is_all,
            has_new_chats="chats" in changed,
            has_new_people="people" in changed,
        )
        run = self.work.current or await self.work.begin(self.mirror)
        before = self.work.stored
        removed = await remove_missing(self.archive.syncs, self.mirror, found) if sync.has_messages else 0
        if not found.is_all:  # an earlier pass may have deleted what is there again
            self.archive.staging.forget_made()
        self.work.total = self.mirror.total
        await self.work.store_all(run, self.mirror)
        return Synced(_added(self.work.stored, before), removed)

    async def _due(self, sync: Sync) -> Due:
        """Nothing yet, but which chats are left out: by a person, and by the source itself."""
        excluded = set(sync.excluded)
        excluded |= {row["chat"] for row in await self._plain("excluded")}
        return Due(excluded=tuple(sorted(excluded)))

    async def _cursor(self) -> str | None:
        rows = await self._plain("cursor")
        return rows[0]["cursor"] if rows else None

    async def _lists(self) -> dict[str, str]:
        """The marks of the source's lists."""
        names = [name for name in (*_ROWS, *lists_of(self.found.recognised)) if name in self.found.recognised.queries]
        return {name: (await self._ask("list_mark", name, {}))[0]["mark"] for name in names}

    async def _ask(self, wrapper: str, query: str, given: dict[str, Any]) -> list[dict[str, Any]]:
        return await asyncio.to_thread(self.database.ask, self.found.recognised, wrapper, query, given)

    async def _plain(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query that not every system has."""
        if query not in self.found.recognised.queries:
            return []
        return await asyncio.to_thread(self.database.plain, self.found.recognised, query, {})

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[None]:
        """All that is read of the source inside is of one moment."""
        with ExitStack() as stack:
            await asyncio.to_thread(stack.enter_context, self.database.snapshot())
            yield


def _added(after: Stored, before: Stored) -> Stored:
    return Stored(**{name: getattr(after, name) - getattr(before, name) for name in Stored.__dataclass_fields__})


@asynccontextmanager
async def syncing(
    archive: Archive, database: LiveDatabase, found: Found, progress: Callable[[Progress], None] = lambda _: None
) -> AsyncIterator[Session]:
    """A sync of a source that was found; its run ends with the block. Raises AppError where the source is paused."""
    work = Import(archive, progress, 0, links=True)
    try:
        await archive.syncs.begin(found.source, found.told)
        if (await archive.syncs.of_source(found.source.id)).is_paused:
            hint = "`backscroll sync URL --resume` goes on; with --from-now, without what was written meanwhile."
            raise AppError("This source is paused", hint, code="paused")
        async with work.ending():
            yield Session(archive, database, found, Mirror(database, found.recognised, found.source), work)
    finally:
        work.keeping.close()
