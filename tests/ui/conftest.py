"""The archive that the reading screens are tested on, and the browser over it."""

from collections.abc import AsyncIterator

import pytest

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings
from tests.conftest import copied
from tests.ui import reading_archive


@pytest.fixture(scope="session")
async def reading_template(server: EmbeddedServer, template: str) -> AsyncIterator[str]:
    """The name of a filled database that nobody is connected to."""
    with copied(server, template, "reading") as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            await reading_archive.fill(archive)
        yield dsn.partition("dbname=")[2].split()[0]


@pytest.fixture
async def reading(
    server: EmbeddedServer, reading_template: str, request: pytest.FixtureRequest
) -> AsyncIterator[Archive]:
    """A fresh copy of it, open."""
    with copied(server, reading_template, request.node.nodeid) as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            yield archive
