"""An empty archive beside a second database on the same server, which is the source."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from backscroll.archive.live import LiveDatabase
from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings
from backscroll.syncing.looking import Looked, look_at
from backscroll.syncing.recognising import find
from backscroll.syncing.session import Session, Synced, syncing
from tests.conftest import copied


@dataclass
class Sides:
    """The source's DSN, and the archive with its own."""

    source: str
    dsn: str
    archive: Archive

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """A sync."""
        database = LiveDatabase(self.source)
        database.open()
        try:
            async with syncing(self.archive, database, find(database, name="test")) as session:
                yield session
        finally:
            database.close()

    async def sync(self) -> Synced:
        """All of a sync."""
        async with self.session() as session:
            return await session.whole_pass()

    async def look(self) -> Looked:
        """What a sync would bring."""
        database = LiveDatabase(self.source)
        database.open()
        try:
            return await look_at(self.archive.known, database, find(database, name="test"))
        finally:
            database.close()


def told(done: Looked | Synced) -> tuple[int, int, int]:
    """What came in, was changed and was deleted, or would be."""
    stored = done.read.stored if isinstance(done, Looked) else done.stored
    return stored.messages, stored.updated, done.deleted


@pytest.fixture
def source(server: EmbeddedServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """The DSN of an empty database for a source."""
    with copied(server, None, f"{request.node.nodeid} source") as dsn:
        yield dsn


@pytest.fixture
async def sides(
    server: EmbeddedServer, template: str, source: str, request: pytest.FixtureRequest
) -> AsyncIterator[Sides]:
    """Both, the archive open."""
    with copied(server, template, request.node.nodeid) as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            yield Sides(source, dsn, archive)
