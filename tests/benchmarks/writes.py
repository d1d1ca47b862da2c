"""Writes of people: how soon they are safe, and what faults and kills do to them."""

import asyncio
import logging
import os
import signal
import sqlite3
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from backscroll.archive import migrations
from backscroll.archive.server import cluster
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.model.ids import new_id
from backscroll.model.message import Cursor
from backscroll.model.notes import Annotation
from backscroll.model.writes import AnnotationWrite, Write
from backscroll.writing.outbox import Outbox
from tests.benchmarks.machine import described
from tests.benchmarks.serving import fresh_database, opened
from tests.benchmarks.timing import figures, in_turns, ratio, table
from tests.making import chat, store
from tests.writing.faults import through_faults, under_kills

_ROUNDS: Final = 1_000
_LOOK: Final = 0.02
_INSERT: Final = "INSERT INTO kept (id, payload) VALUES (?, ?)"


def measure(home: Path, count: int, kills: int, seed: int) -> str:
    """How soon writes are safe, and what came of faults and of kills; anything wrong fails it.

    The server that is crashed is one of its own, in a directory of the home that is gone afterwards.
    """
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # it tells of every lost connection
    home.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home) as folder:
        server = EmbeddedServer(Path(folder) / "server", status=print)
        server.acquire()
        try:
            migrations.migrate(server.dsn)
            asyncio.run(_store(server.dsn))
            safe = asyncio.run(_safe(Path(folder)))
            print(safe, flush=True)
            faults = _through_faults(server, Path(folder), count, Random(seed))
            print(faults, flush=True)
            killed = _under_kills(server, Path(folder), count, kills, Random(seed))
            return f"{killed}\n\n{described(server.dsn)}"
        finally:
            server.release()
            server.stop()


async def _safe(folder: Path) -> str:
    """The outbox beside SQLite alone, with the same settings, on the same disk, called in the same way."""
    outbox = Outbox(folder / "safe" / "outbox.sqlite")
    bare = sqlite3.connect(folder / "bare.sqlite", isolation_level=None, check_same_thread=False)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE kept (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, payload TEXT)")
    note, text = _note(), "x" * 700

    def ours() -> None:
        outbox.add(Write(new_id(), AnnotationWrite(note), note.created_at))

    def theirs() -> None:
        bare.execute(_INSERT, (str(new_id()), text))

    calls = {"outbox": partial(asyncio.to_thread, ours), "bare": partial(asyncio.to_thread, theirs)}
    found = await in_turns([calls] * _ROUNDS)
    row = ("a write is safe", figures(found["outbox"]), figures(found["bare"]))
    ratios = ratio(found["outbox"].p50, found["bare"].p50), ratio(found["outbox"].p95, found["bare"].p95)
    head = ("work", "outbox, ms: p50 / p95 / max", "bare SQLite insert, fsync", "ratio p50", "ratio p95")
    return table(head, [(*row, *ratios)])


def _note() -> Annotation:
    now, identity = datetime.now(UTC), UUID(int=1)
    quote, text = "Has anyone seen the keys?" * 4, "A remark of about the usual length. " * 4
    return Annotation(identity, identity, "Family", Cursor(now, identity), "Ana", quote, text, "theme", (), now, now)


def _through_faults(server: EmbeddedServer, folder: Path, count: int, draw: Random) -> str:
    restart = partial(_restart, server, folder / "server")
    faults, wrong = asyncio.run(through_faults(server.dsn, folder / "faults", count, draw, restart))
    if wrong:
        raise SystemExit("\n".join(wrong))
    told = ", ".join(f"{number} {fault}" for fault, number in asdict(faults).items())
    return f"{count:,} writes through faults ({told}): none lost, none twice, all in their order."


def _under_kills(server: EmbeddedServer, folder: Path, count: int, kills: int, draw: Random) -> str:
    with fresh_database(server.dsn, "writes_kills") as dsn:
        asyncio.run(_store(dsn))
        untold, wrong = under_kills(dsn, folder / "kills", count, kills, draw)
    if wrong:
        raise SystemExit("\n".join(wrong))
    return (
        f"{count:,} writes by programs that were killed {kills} times: all that was told of is there once and in its"
        f" order; {untold} were kept and not told of."
    )


async def _store(dsn: str) -> None:
    async with opened(dsn) as archive:
        await store(archive, chat("c", ["one"]))


def _restart(server: EmbeddedServer, home: Path) -> str:
    """Ends the server at once, as a crash does, and starts it again; gives its DSN."""
    data = cluster.existing(home.resolve())
    assert data is not None
    postmaster = int((data / "postmaster.pid").read_text().split()[0])
    with suppress(ProcessLookupError):
        os.kill(postmaster, signal.SIGQUIT)
        while True:
            os.kill(postmaster, 0)  # until it is gone: one that still dies would pass for one that lives
            time.sleep(_LOOK)
    server.ensure()
    return server.dsn
