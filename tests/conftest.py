"""What the tests stand on: embedded servers on private directories, started and stopped by the tests themselves."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"


@pytest.fixture(scope="session", autouse=True)
def private_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No setting and no archive of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("BACKSCROLL_")]:
            patch.delenv(name)
        base = tmp_path_factory.mktemp("person")
        patch.setenv("XDG_CONFIG_HOME", str(base / "config"))
        patch.setenv("XDG_DATA_HOME", str(base / "data"))
        patch.setenv("TZ", "UTC")
        patch.setenv("TEXTUAL_ANIMATIONS", "none")
        yield


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """One server for the whole run."""
    running = EmbeddedServer(tmp_path_factory.mktemp("server"))
    running.acquire()
    yield running
    running.release()


@pytest.fixture
def database(server: EmbeddedServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """The DSN of a fresh, empty database on the run's server."""
    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield make_conninfo(server.dsn, dbname=name)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
async def archive(database: str) -> AsyncIterator[Archive]:
    """A fresh, empty archive on the run's server."""
    from backscroll.archive.migrations import migrate

    migrate(database)
    async with open_archive(Settings(dsn=database)) as opened:
        yield opened


def shared(name: str) -> Path:
    """A directory of real conversations; skips the test where it is not there."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"real conversations are not here: {path}")
    return path
