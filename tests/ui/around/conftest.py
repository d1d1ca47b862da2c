"""One small archive for all tests of the screens around reading; what a test writes, it takes away again."""

from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from backscroll.archive.migrations import migrate
from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings
from tests.ui.around.small_archive import fill


@pytest.fixture(scope="session")
async def small_archive(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Archive]:
    """An open archive with three chats and a hostile one."""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("CREATE DATABASE around")
    dsn = make_conninfo(server.dsn, dbname="around")
    migrate(dsn)
    async with open_archive(Settings(dsn=dsn)) as archive:
        folder: Path = tmp_path_factory.mktemp("around")
        await fill(archive, folder)
        yield archive
