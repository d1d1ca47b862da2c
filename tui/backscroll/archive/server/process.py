"""What runs: the server's pid file, whether its processes live, and how they are stopped (standard library only)."""

import os
import signal
import socket as sockets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from backscroll.archive.server import locks
from backscroll.archive.server.place import Place

PORT = 5432
PAUSE = 0.003
"""Seconds between two looks at something that cannot be waited for."""

_FAST_STOP = 300.0  # seconds: a last checkpoint on a slow disk; after that an immediate stop, which loses nothing
_LAST_STOP = 330.0
_IS_THERE_TLS = bytes((0, 0, 0, 8, 4, 210, 22, 47))  # a question that every server answers before it asks who we are


@dataclass(frozen=True)
class Postmaster:
    """The server's first process as its pid file tells it: `started` in seconds since 1970, as text."""

    pid: int
    started: str
    socket: Path | None
    is_ready: bool

    @property
    def mark(self) -> str:
        """Tells this run of the server from every other."""
        return f"{self.pid} {self.started}"


def read(data: Path) -> Postmaster | None:
    """The pid file of a data directory, whether its process lives or not; None if missing, empty or cut short."""
    try:
        lines = (data / "postmaster.pid").read_text("utf-8", "surrogateescape").split("\n")
    except OSError:
        return None
    lines += [""] * 8
    if not lines[0].isdigit():
        return None
    return Postmaster(int(lines[0]), lines[2], Path(lines[4]) if lines[4] else None, lines[7].strip() == "ready")


def living(place: Place) -> Postmaster | None:
    """The server of this place if it lives: a pid that another program has taken since does not deceive it."""
    server = read(place.data)
    if server is None or is_postmaster(server.pid, place.data):
        return server
    # A container beside us may share the home but not our view of processes: its server answers.
    if server.socket and locks.held(place.server_lock) and _answers(server.socket):
        return server
    return None


def is_postmaster(pid: int, data: Path) -> bool:
    """Whether `pid` is a living postgres that was started on this data directory (a zombie has no arguments)."""
    if sys.platform == "linux":
        arguments = _arguments(Path(f"/proc/{pid}"))
        return Path(os.fsdecode(arguments[0])).name == "postgres" and os.fsencode(data) in arguments
    shown = subprocess.run(["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, check=False).stdout
    return b"postgres" in shown and os.fsencode(data) in shown


def is_staying(place: Place) -> bool:
    """Whether the server that runs was asked to outlive its users."""
    server = read(place.data)
    try:
        return server is not None and place.stay.read_text("utf-8") == server.mark
    except OSError:
        return False


def stop(place: Place) -> bool:
    """Stop the server and wait until its last process is gone; False if none of ours ran.

    Clients are sent away, what they committed is safe. A server that somebody started by other means is left alone.
    """
    began, sent, socket = time.monotonic(), set[tuple[int, int]](), None
    while locks.held(place.server_lock) and (passed := time.monotonic() - began) < _LAST_STOP:
        server = read(place.data)
        if server and is_postmaster(server.pid, place.data):
            order = (server.pid, signal.SIGINT if passed < _FAST_STOP else signal.SIGQUIT)
            if order not in sent:
                sent.add(order)
                _send(*order)
            socket = server.socket or socket
        else:
            quit_orphans(place.data)
        time.sleep(PAUSE)
    if socket:
        with suppress(OSError):
            socket.rmdir()
    return bool(sent)


def quit_orphans(data: Path) -> None:
    """End what a killed server left behind, as it would have done itself: a busy backend notices only when idle."""
    for pid in _orphans(data):
        _send(pid, signal.SIGQUIT)


def _orphans(data: Path) -> Iterator[int]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            is_ours = (entry / "cwd").readlink() == data
        except OSError:
            continue
        if is_ours and _arguments(entry)[0].startswith(b"postgres: "):
            yield int(entry.name)


def _arguments(entry: Path) -> list[bytes]:
    try:
        return (entry / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return [b""]


def _answers(directory: Path) -> bool:
    with sockets.socket(sockets.AF_UNIX) as channel:
        channel.settimeout(2)
        try:
            channel.connect(os.fsencode(directory / f".s.PGSQL.{PORT}"))
            channel.sendall(_IS_THERE_TLS)
            # A server that is just being killed still takes connections, but never says a word.
            return bool(channel.recv(1))
        except OSError:
            return False


def _send(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
