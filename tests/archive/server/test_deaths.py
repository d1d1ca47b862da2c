"""Whatever is killed, the embedded server comes back with every committed row, and leaves when nobody is there."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from backscroll.archive.server import locks
from backscroll.archive.server.supervisor import EmbeddedServer
from tests.archive.server.others import Client, count, keeper, kill_server, postmaster, until, wait_until_stopped, write

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_killed_client_stops_the_server(home: Path, number: signal.Signals) -> None:
    client = Client(home)
    write(client.dsn())
    client.process.send_signal(number)
    client.process.communicate()
    wait_until_stopped(home)
    assert not (home / "pg18" / "postmaster.pid").exists()


def test_every_committed_row_is_there_after_the_server_was_killed(server: EmbeddedServer, home: Path) -> None:
    write(server.dsn)
    committed = 1

    def keep_writing() -> None:
        nonlocal committed
        with suppress(psycopg.OperationalError), psycopg.connect(server.dsn, autocommit=True) as connection:
            while True:
                connection.execute("INSERT INTO kept VALUES (0)")
                committed += 1

    writer = threading.Thread(target=keep_writing)
    writer.start()
    until(lambda: committed > 200, "rows")
    kill_server(home)
    server.ensure()
    writer.join()
    assert committed <= count(server.dsn) <= committed + 1


def test_a_table_that_was_filled_as_it_was_made_is_whole_after_the_server_was_killed(
    server: EmbeddedServer, home: Path
) -> None:
    """Such a table, and its index, are not in the log but synced: imports make quarters like that."""
    with psycopg.connect(server.dsn) as connection:
        connection.execute("CREATE TABLE filled (words tsvector)")
        connection.execute(
            "INSERT INTO filled SELECT to_tsvector('w' || n % 7) FROM generate_series(1, 70000) AS k (n)"
        )
        connection.execute("CREATE INDEX ON filled USING gin (words)")
    kill_server(home)
    server.ensure()
    with psycopg.connect(server.dsn) as connection:
        assert connection.execute("SELECT count(*) FROM filled").fetchone() == (70_000,)
        connection.execute("SET enable_seqscan = off")
        found = connection.execute("SELECT count(*) FROM filled WHERE words @@ 'w3'::tsquery").fetchone()
        assert found == (10_000,)


@on_linux
def test_a_busy_process_that_outlives_the_killed_server_does_not_keep_it_from_starting(
    server: EmbeddedServer, home: Path
) -> None:
    write(server.dsn)
    connection = psycopg.connect(server.dsn, autocommit=True)
    finished = []

    def be_busy() -> None:
        with suppress(psycopg.OperationalError):
            connection.execute("DO $$ BEGIN FOR n IN 1..2000000000 LOOP END LOOP; END $$")
            finished.append(True)

    busy = threading.Thread(target=be_busy)
    busy.start()
    until(lambda: _works(server.dsn, connection.info.backend_pid), "the busy statement")
    kill_server(home)
    server.ensure()
    busy.join()
    assert not finished
    assert count(server.dsn) == 1


def test_the_server_works_again_after_one_of_its_processes_was_killed(server: EmbeddedServer) -> None:
    write(server.dsn)
    with suppress(psycopg.OperationalError), psycopg.connect(server.dsn) as victim:
        os.kill(victim.info.backend_pid, signal.SIGKILL)
        victim.execute("SELECT 1")

    def answers() -> bool:
        server.ensure()
        with suppress(psycopg.OperationalError):
            return count(server.dsn) == 1
        return False

    until(answers, "recovery")


def test_a_recovery_is_told_while_it_is_waited_for(home: Path) -> None:
    told: list[str] = []
    server = EmbeddedServer(home, status=told.append)
    server.acquire()
    write(server.dsn)
    assert not any("Recovering" in each for each in told)
    kill_server(home)
    server.ensure()
    assert any("Recovering" in each for each in told)
    assert count(server.dsn) == 1


def test_ensure_lets_a_living_server_be(server: EmbeddedServer, home: Path) -> None:
    before = postmaster(home)
    server.ensure()
    assert postmaster(home).mark == before.mark


@on_linux
def test_a_removed_socket_directory_is_made_again(server: EmbeddedServer, home: Path) -> None:
    write(server.dsn)
    shutil.rmtree(home / "socket")
    server.ensure()
    assert count(server.dsn) == 1


@on_linux
def test_a_killed_keeper_is_replaced_by_the_next_to_come(server: EmbeddedServer, home: Path) -> None:
    first = keeper(home)
    assert first
    os.kill(first, signal.SIGKILL)
    until(lambda: not locks.held(home / "keeper.lock"), "the keeper's death")
    client = Client(home)
    client.dsn()
    second = keeper(home)
    assert second not in {None, first}
    server.release()
    client.kill()
    wait_until_stopped(home)


@on_linux
def test_the_keeper_has_a_session_of_its_own_and_holds_no_terminal(server: EmbeddedServer, home: Path) -> None:
    pid = keeper(home)
    assert pid
    assert os.getsid(pid) != os.getsid(0)
    held = {str(Path(f"/proc/{pid}/fd/{each}").readlink()) for each in range(3)}
    assert held == {"/dev/null", str(home / "server.log")}


@pytest.mark.parametrize("content", ["reused", "dead", "empty"])
def test_a_stale_pid_file_is_no_obstacle_and_its_process_is_left_alone(home: Path, content: str) -> None:
    stranger = subprocess.Popen(["sleep", "600"])
    if content == "dead":
        stranger.kill()
        stranger.wait()
    lines = [stranger.pid, home / "pg18", 1700000000, 5432, home / "socket", "", "  5432001  98304", "ready   "]
    text = "" if content == "empty" else "".join(f"{line}\n" for line in lines)
    (home / "pg18" / "postmaster.pid").write_text(text)
    with socket.socket(socket.AF_UNIX) as deserted:
        (home / "socket").mkdir(mode=0o700, exist_ok=True)
        deserted.bind(str(home / "socket" / ".s.PGSQL.5432"))
    try:
        assert not EmbeddedServer(home).stop()
        server = EmbeddedServer(home)
        server.acquire()
        write(server.dsn)
        server.release()
        wait_until_stopped(home)
        assert content == "dead" or stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_server_that_was_held_before_the_machine_went_down_starts_on_demand_again(home: Path) -> None:
    server = EmbeddedServer(home)
    server.hold()
    kill_server(home)
    server.release()
    client = Client(home)
    client.dsn()
    client.kill()
    wait_until_stopped(home)


def _works(dsn: str, pid: int) -> bool:
    with psycopg.connect(dsn) as connection:
        row = connection.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", (pid,)).fetchone()
    return row == ("active",)
