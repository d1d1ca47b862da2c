"""Live sources on the command line: found, mirrored, listed, paused; and what is said where none is known."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.cli.running import Run, rows, run_on
from tests.conftest import copied
from tests.figures import wrong_figures
from tests.syncing.systems.whatsapp_builder import WhatsAppBuilder
from tests.syncing.world import World, held


@pytest.fixture
def archive(server: EmbeddedServer, template: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The DSN of an archive of its own, empty at first."""
    with copied(server, template, request.node.nodeid) as dsn:
        yield dsn


@pytest.fixture
def run(archive: str) -> Run:
    """Runs a command on it."""
    return lambda *arguments: run_on(archive, *arguments)


@pytest.fixture
def world(server: EmbeddedServer, request: pytest.FixtureRequest) -> Iterator[World]:
    """A source."""
    with copied(server, None, f"{request.node.nodeid} source") as dsn:
        made = World(WhatsAppBuilder(), dsn)
        made.make()
        yield made


def test_a_source_is_looked_at_synced_listed_and_paused(world: World, run: Run, archive: str) -> None:
    found, look = rows(run("sync", world.dsn, "--dry-run", "--json"))
    assert found["found"]["system"] == "WhatsApp builder"
    assert 'CREATE INDEX CONCURRENTLY ON public.messages ("updatedAt");' in found["found"]["missing_indexes"]
    assert (look["messages"], held(archive)) == (60, {})

    _, done = rows(run("sync", world.dsn, "--json"))
    counts = ("chats", "messages", "participants", "duplicates", "skipped", "updated", "deleted", "seconds", "system")
    assert set(counts) <= done.keys()
    assert held(archive) == world.expected()
    assert wrong_figures(archive) == {}

    (known,) = rows(run("sync", "--json"))
    world.delete(5)
    _, look = rows(run("sync", world.dsn, "--dry-run", "--json"))
    assert (look["messages"], look["updated"], look["deleted"]) == (0, 0, 1)
    assert "0 new messages would come in, 0 be changed, 1 deleted." in run("sync", world.dsn, "--dry-run").stdout
    assert (known["system"], known["messages"], known["is_paused"]) == ("whatsapp_builder", 60, False)
    (_, paused) = rows(run("sync", world.dsn, "--pause", "--json"))
    assert paused["is_paused"]
    _, resumed = rows(run("sync", world.dsn, "--resume", "--json"))
    assert (resumed["messages"], resumed["deleted"]) == (0, 1)


def test_a_database_of_nobodys_is_refused_with_the_tables_that_look_like_messages(
    server: EmbeddedServer, run: Run, request: pytest.FixtureRequest
) -> None:
    with copied(server, None, f"{request.node.nodeid} source") as dsn:
        with psycopg.connect(dsn) as connection:
            connection.execute("CREATE TABLE notices (id int, posted_at timestamptz, body text)")
            connection.execute("CREATE TABLE prices (id int, amount numeric)")
        refused = run("sync", dsn)
    assert refused.returncode == 1
    assert "public.notices (id, posted_at, body)" in refused.stderr
    assert "prices" not in refused.stderr


def test_an_error_says_nothing_of_what_stands_in_the_address(server: EmbeddedServer, run: Run) -> None:
    address = make_conninfo(server.dsn, dbname="nowhere_db", user="somebody", password="hunter2")
    for arguments in ((address, "--json"), ("postgresql://u:hunter2@[broken", "--json")):
        refused = run("sync", *arguments)
        assert refused.returncode == 1
        host = str(conninfo_to_dict(server.dsn)["host"])
        for secret in ("hunter2", "nowhere_db", "somebody", host):
            assert secret not in refused.stderr + refused.stdout
