"""Live sources that are synced or followed while the browser is open; it goes on whatever screen is shown."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from textual.worker import Worker

from backscroll.errors import AppError
from backscroll.model.sync import Sync
from backscroll.ui.screens.base import toast

if TYPE_CHECKING:
    from backscroll.archive.live import LiveDatabase
    from backscroll.importing.pipeline import Progress
    from backscroll.syncing.recognising import Found
    from backscroll.syncing.session import Synced
    from backscroll.ui.app import BackscrollApp


@dataclass(slots=True)
class Underway:
    """A source that is being synced: how far, and what came in since it was begun.

    `is_following` is whether it goes on after the first comparison; `is_first`, whether that is still under way.
    """

    is_following: bool
    is_first: bool = True
    done: int = 0
    total: int = 0
    messages: int = 0
    changed: int = 0
    deleted: int = 0
    worker: "Worker[None] | None" = None

    def take(self, synced: "Synced") -> None:
        """Counts what a pass brought."""
        self.is_first = False
        self.messages += synced.stored.messages
        self.changed += synced.stored.updated
        self.deleted += synced.deleted


class Address(NamedTuple):
    """Where a source is, and the file that says what is what in it, where no system is known."""

    url: str
    mapping: Path | None = None


@dataclass(slots=True)
class LiveSources:
    """What runs, by source. Addresses are remembered until the browser is closed, and kept nowhere."""

    app: "BackscrollApp"
    underway: dict[UUID, Underway] = field(default_factory=dict)
    addresses: dict[UUID, Address] = field(default_factory=dict)

    async def begin(self, address: Address, known: Sync | None, *, follow: bool) -> UUID:
        """Connects, recognises the system and begins; gives the source. Raises AppError.

        `known` is the source that the address is of, if it was synced before.
        """
        from backscroll.archive.live import LiveDatabase
        from backscroll.syncing.mapping import read_mapping
        from backscroll.syncing.recognising import find

        mapping = await asyncio.to_thread(read_mapping, address.mapping) if address.mapping else None
        database = LiveDatabase(address.url)
        await asyncio.to_thread(database.open)
        try:
            found = await asyncio.to_thread(find, database, name=_given_name(known, database), mapping=mapping)
            source = found.source.id
            if known is not None and source != known.source_id:
                hint = "Add it as a source of its own, or give the right address."
                raise AppError("This is the address of another source", hint, code="other_source")
        except BaseException:
            database.close()
            raise
        self.addresses[source] = address
        if source in self.underway:
            database.close()
            self.underway[source].is_following |= follow
            return source
        state = self.underway[source] = Underway(follow)
        work = self._run(database, found, state)
        state.worker = self.app.run_worker(work, group=f"sync-{source}", exit_on_error=False)
        return source

    def stop(self, source: UUID) -> None:
        """Ends what runs of a source; what was stored stays."""
        state = self.underway.get(source)
        if state is not None and state.worker is not None:
            state.worker.cancel()

    async def _run(self, database: "LiveDatabase", found: "Found", state: Underway) -> None:
        from backscroll.syncing.following import follow
        from backscroll.syncing.session import syncing

        def show(progress: "Progress") -> None:
            state.done, state.total = progress.done, progress.total

        def tell(synced: "Synced") -> None:
            state.take(synced)
            self.app.look_for_news()

        try:
            async with syncing(self.app.archive, database, found, show) as session:
                tell(await session.whole_pass())
                if state.is_following:
                    await follow(session, tell)
        except AppError as error:
            toast(self.app, error)
        finally:
            del self.underway[found.source.id]
            database.close()


def _given_name(known: Sync | None, database: "LiveDatabase") -> str | None:
    """The name that a person gave the source; None where it goes by its place."""
    if known is None:
        return None
    name = known.identity.partition(":")[2]
    # The table of a mapping stands behind it, and a schema that is not the usual one.
    name = name.rpartition("/")[0] if known.found.get("mapping") else name.removesuffix(f"/{known.found.get('schema')}")
    return None if name == database.place else name
