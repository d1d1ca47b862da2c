"""What the tests stand on: embedded servers on private directories, started and stopped by the tests themselves."""

import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from hashlib import sha1
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from backscroll.archive.migrations import migrate
from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.sample.loading import load_sample
from backscroll.settings import Settings

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"


@pytest.fixture(scope="session", autouse=True)
def private_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No setting and no archive of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("BACKSCROLL_")]:
            patch.delenv(name)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # hundreds of programs are started
        base = tmp_path_factory.mktemp("person")
        patch.setenv("XDG_CONFIG_HOME", str(base / "config"))
        patch.setenv("XDG_DATA_HOME", str(base / "data"))
        patch.setenv("XDG_STATE_HOME", str(base / "state"))
        patch.setenv("TZ", "UTC")
        time.tzset()
        patch.setenv("TEXTUAL_ANIMATIONS", "none")
        yield
    time.tzset()


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
    with copied(server, None, request.node.nodeid) as dsn:
        yield dsn


@pytest.fixture(scope="session")
def template(server: EmbeddedServer) -> str:
    """The name of a database with an empty archive, to be copied: a migration for each test would take minutes."""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_archive")
    migrate(make_conninfo(server.dsn, dbname="template_archive"))
    return "template_archive"


@pytest.fixture
async def archive(server: EmbeddedServer, template: str, request: pytest.FixtureRequest) -> AsyncIterator[Archive]:
    """A fresh, empty archive on the run's server."""
    with copied(server, template, request.node.nodeid) as dsn:
        async with open_archive(Settings(dsn=dsn)) as opened:
            yield opened


@pytest.fixture(scope="session")
async def sample(server: EmbeddedServer, template: str) -> AsyncIterator[str]:
    """The DSN of an archive that holds the sample; for tests that only read it."""
    with copied(server, template, "sample") as dsn:
        async with open_archive(Settings(dsn=dsn)) as opened:
            await load_sample(opened)
        yield dsn


@pytest.fixture
async def sample_archive(sample: str) -> AsyncIterator[Archive]:
    """The sample, open; for tests that only read it."""
    async with open_archive(Settings(dsn=sample)) as opened:
        yield opened


@pytest.fixture
async def sample_copy(server: EmbeddedServer, sample: str, request: pytest.FixtureRequest) -> AsyncIterator[Archive]:
    """A copy of the sample, open; for tests that change it."""
    name = str(conninfo_to_dict(sample)["dbname"])
    with copied(server, name, request.node.nodeid) as dsn:
        async with open_archive(Settings(dsn=dsn)) as opened:
            yield opened


@contextmanager
def copied(server: EmbeddedServer, template: str | None, of: str) -> Iterator[str]:
    """The DSN of a fresh database, made from a template, that is gone when the block ends."""
    name = f"t{sha1(of.encode()).hexdigest()[:16]}"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(server.dsn, autocommit=True, dbname="postgres") as connection:
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template or "template1")))
        yield make_conninfo(server.dsn, dbname=name)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def shared(name: str) -> Path:
    """A directory of real conversations; skips the test where it is not there."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"real conversations are not here: {path}")
    return path
