"""Homes with a cluster in them, other Backscrolls, and looking at processes: for the tests of the embedded server."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from backscroll.archive.server import cluster, process
from backscroll.archive.server.process import Postmaster

_CLIENT = """
import sys
from pathlib import Path
from backscroll.archive.server.supervisor import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.acquire()
print(server.dsn, flush=True)
sys.stdin.read()
"""


class Client:
    """Another Backscroll: a process that uses the server of a home until it is told to leave, or killed."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CLIENT, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def dsn(self) -> str:
        """The address that it was given; waits until it has the server."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> tuple[str, str]:
        """Let it end as a program ends, without releasing anything; what it still wrote."""
        return self.process.communicate(timeout=60)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def until(condition: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Wait for something that cannot be blocked on."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"still waiting for: {what}"
        time.sleep(0.005)


def wait_until_stopped(home: Path) -> None:
    """Block until the last process of the server and its keeper are gone."""
    for name in ("server.lock", "keeper.lock"):
        with suppress(FileNotFoundError), (home / name).open() as file:
            signal.alarm(60)  # its default action ends a test run that would hang
            fcntl.flock(file, fcntl.LOCK_SH)
            signal.alarm(0)


def postmaster(home: Path) -> Postmaster:
    """The server that runs in a home."""
    place = cluster.place(home)
    assert place
    server = process.living(place)
    assert server
    return server


def kill_server(home: Path) -> None:
    """Kill the server's first process and wait until it is dead (a signal takes a moment)."""
    server, data = postmaster(home), home / "pg18"
    os.kill(server.pid, signal.SIGKILL)
    until(lambda: not process.is_postmaster(server.pid, data), "the server's death")


def keeper(home: Path) -> int | None:
    """The pid of the keeper of a home."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if b"backscroll.archive.server.keeper" in words and os.fsencode(home) in words:
                return int(entry.name)
    return None


def as_account(uid: int, work: Callable[[], None]) -> int:
    """Run `work` in a forked child that has become `uid`; the child's exit status, 1 if it raised."""
    child = os.fork()
    if child == 0:
        status = 1
        with suppress(Exception):
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            work()
            status = 0
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def count(dsn: str, table: str = "kept") -> int:
    """How many rows a table has."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row
    return row[0]


def write(dsn: str, rows: int = 1) -> None:
    """Commit rows one by one into a table."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        for n in range(rows):
            connection.execute("INSERT INTO kept VALUES (%s)", (n,))
