"""One archive that has everything which can be searched for; tests only read it."""

from collections.abc import AsyncIterator

import pytest

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings
from tests.conftest import copied
from tests.searching import world as worlds


@pytest.fixture(scope="session")
async def searched(server: EmbeddedServer, template: str) -> AsyncIterator[Archive]:
    """The archive, open."""
    with copied(server, template, "searched") as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            await worlds.fill(archive)
            await archive.staging.tidying.settle()
            yield archive


@pytest.fixture(scope="session")
async def world(searched: Archive) -> worlds.World:
    """What is in it."""
    return await worlds.look(searched)
