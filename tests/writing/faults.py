"""Many writes through faults, and by programs that are killed: what of them is lost, doubled or out of order."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

import psycopg
from psycopg import sql

from backscroll.archive.opening import open_archive
from backscroll.errors import AppError
from backscroll.model.writes import AnnotationWrite, Outcome, Write
from backscroll.settings import Settings
from backscroll.writing.desk import Desk
from backscroll.writing.noting import new_annotation
from backscroll.writing.outbox import Outbox
from backscroll.writing.written import written
from tests.making import chat_id
from tests.writing.proxy import Proxy

PROGRAM: Final = """
import asyncio, sys
from pathlib import Path
from backscroll.archive.opening import open_archive
from backscroll.model.writes import AnnotationWrite
from backscroll.settings import Settings
from backscroll.writing.desk import Desk
from backscroll.writing.noting import new_annotation
from backscroll.writing.outbox import Outbox
from tests.making import chat_id

async def main(dsn, home, first, last):
    async with open_archive(Settings(dsn=dsn, home=Path(home))) as archive:
        (message,) = await archive.messages.after(chat_id("c"), limit=1)
        desk = Desk(Outbox(archive.outbox), archive)
        desk.start()
        for number in range(int(first), int(last)):
            write = await desk.write(AnnotationWrite(new_annotation(message, "C", str(number))))
            print(write.id, flush=True)
        await desk.sent()
        await desk.stop()

asyncio.run(main(*sys.argv[1:]))
"""
"""Writes numbers from the first up to the last, and says each as soon as it is kept."""

_TERMINATE: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_APPLIED: Final = "SELECT w.id::text FROM backscroll.applied_writes AS w ORDER BY w.applied_at"
_NOTES: Final = """
SELECT count(*), count(DISTINCT n.last_write), count(*) FILTER (WHERE n.conflicts_with IS NOT NULL)
FROM backscroll.annotations AS n"""


@dataclass(slots=True)
class Faults:
    """What was done to writes: backends ended, connections reset, answers lost, servers restarted."""

    terminated: int = 0
    cut: int = 0
    eaten: int = 0
    restarted: int = 0


async def through_faults(
    dsn: str, home: Path, count: int, draw: Random, restart: Callable[[], str] | None = None
) -> tuple[Faults, list[str]]:
    """Writes so many annotations, every third one a change of the one before, while one in five meets a fault.

    `restart` ends the server and starts it again, and gives the DSN under which it is reached then. Gives the faults,
    and whatever is wrong afterwards. The chat `c` of `tests.making` has to be there.
    """
    faults, wrong = Faults(), list[str]()
    reached = dsn
    async with Proxy(dsn) as proxy, open_archive(Settings(dsn=proxy.dsn, home=home)) as archive:
        (message,) = await archive.messages.after(chat_id("c"), limit=1)
        desk = Desk(Outbox(archive.outbox), archive)

        def disturb(write: Write, outcome: Outcome | AppError) -> None:
            nonlocal reached
            if outcome is not Outcome.APPLIED:
                wrong.append(f"{write.kind} ended as {outcome}")
            roll = draw.random()
            if roll < 0.08:
                faults.terminated += 1
                with psycopg.connect(reached, autocommit=True) as killer:
                    killer.execute(_TERMINATE)
            elif roll < 0.14:
                faults.cut += 1
                proxy.cut()
            elif roll < 0.2:
                proxy.eats += 1
            elif roll < 0.206 and restart is not None:
                faults.restarted += 1
                reached = restart()
                proxy.reach(reached)

        desk.ended = disturb
        desk.start()
        writes: list[Write] = []
        for number in range(count):
            before = written(writes[-1]) if number % 3 == 2 else None
            note = replace(before, text=str(number)) if before else new_annotation(message, "C", str(number))
            writes.append(await desk.write(AnnotationWrite(note, before)))
        await desk.sent()
        await desk.finish(0)
        faults.eaten = proxy.eaten
        changed = sum(number % 3 == 2 for number in range(count))
        wrong += [*_wrong(reached, [str(write.id) for write in writes]), *_wrong_notes(reached, count - changed)]
        return faults, wrong


def under_kills(dsn: str, home: Path, count: int, kills: int, draw: Random) -> tuple[int, list[str]]:
    """Lets programs write so many annotations, each killed (-9) at a random moment, the last one to its end.

    Gives how many writes were kept that nobody was told of, and whatever is wrong afterwards.
    """
    told: list[str] = []
    while kills and len(told) < count:
        told += _run(dsn, home, len(told), count, kill_after=draw.randint(1, max(1, 2 * (count - len(told)) // kills)))
        kills -= 1
    told += _run(dsn, home, len(told), count, kill_after=None)
    with psycopg.connect(dsn) as connection:
        applied = [row[0] for row in connection.execute(_APPLIED)]
    untold = [identity for identity in applied if identity not in set(told)]
    kept = [identity for identity in applied if identity in set(told)]
    wrong = ["Not all that was told of is there once and in its order"] if kept != told else []
    return len(untold), [*wrong, *_wrong_notes(dsn, len(applied))]


def _run(dsn: str, home: Path, first: int, last: int, *, kill_after: int | None) -> list[str]:
    arguments = [sys.executable, "-c", PROGRAM, dsn, str(home), str(first), str(last)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        told: list[str] = []
        for line in program.stdout:
            told.append(line.strip())
            if len(told) == kill_after:
                program.kill()
        told = [identity for identity in told if len(identity) == 36]  # the last line may have been cut
    if kill_after is None and program.returncode:
        raise AssertionError(f"the program ended with {program.returncode}")
    return told


def _wrong(dsn: str, told: list[str]) -> list[str]:
    with psycopg.connect(dsn) as connection:
        applied = [row[0] for row in connection.execute(_APPLIED)]
    return [] if applied == told else [f"{len(told)} were written, {len(applied)} applied, or in another order"]


def _wrong_notes(dsn: str, wanted: int) -> list[str]:
    with psycopg.connect(dsn) as connection:
        found = connection.execute(sql.SQL(_NOTES)).fetchone()
    return (
        [] if found == (wanted, wanted, 0) else [f"annotations, writes, conflicts: {found}, not {wanted}, {wanted}, 0"]
    )
