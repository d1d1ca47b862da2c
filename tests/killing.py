"""Imports that are killed with -9 at random moments and begun again: what they end with, beside an undisturbed one."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final, TypeAlias
from uuid import UUID

import psycopg

from backscroll.archive.opening import open_archive
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import import_paths
from backscroll.importing.undoing import undo
from backscroll.model.conversation import Place
from backscroll.settings import Settings
from tests.dumping import Dump, differences, dump
from tests.figures import wrong_figures
from tests.mixed_exports import write_exports, write_noted
from tests.noting import annotate, bookmark

_PROGRAM: Final = """
from backscroll.importing import batching, undoing
batching.BATCH, batching.BATCH_MOST, undoing.STEP = 250, 400, 500
from backscroll.cli.main import main
main()
"""
"""The program itself, with batches so small that it can be killed between and inside many of them."""
_BEGUN: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'backscroll'"
)

Fresh: TypeAlias = Callable[[str], AbstractContextManager[str]]
"""Gives the DSN of an archive that is empty at first, by a name."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What kills have led to: how many there were, how often it was begun, every difference from undisturbed work."""

    kills: int
    starts: int
    wrong: tuple[str, ...]

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.kills + other.kills, self.starts + other.starts, self.wrong + other.wrong)


@dataclass(frozen=True, slots=True)
class Golden:
    """What undisturbed work ends with: before the imports, after them; and how many seconds they took."""

    before: Dump
    after: Dump
    seconds: float
    paths: tuple[str, ...]
    noted: str


def undisturbed(folder: Path, fresh: Fresh) -> Golden:
    """Writes the exports into a folder and imports them without a disturbance."""
    paths, noted = tuple(map(str, write_exports(folder))), str(write_noted(folder))
    with fresh("golden") as dsn:
        asyncio.run(_write_notes(dsn, noted))
        before = dump(dsn)
        program = _start(dsn, "import", *paths, "--timezone", "Europe/Berlin")
        _until_it_works(dsn, program)
        began = monotonic()
        _, said = program.communicate()
        if program.returncode:
            raise AssertionError(f"the import ended with {program.returncode}: {said}")
        return Golden(before, dump(dsn), monotonic() - began, paths, noted)


async def _write_notes(dsn: str, noted: str) -> None:
    """Imports a small chat and writes bookmarks and annotations to its messages."""
    async with open_archive(Settings(dsn=dsn)) as archive:
        await import_paths(archive, [Path(noted)], Choices(UTC, "UTC"))
        (chat,) = await archive.conversations.page(limit=2)
        for message in await archive.messages.after(chat.id, limit=10):
            await bookmark(archive, Place(chat.id, message.cursor), title="kept")
            await annotate(archive, Place(chat.id, message.cursor), "kept, too")


async def _take_back(dsn: str, runs: Sequence[str]) -> None:
    async with open_archive(Settings(dsn=dsn)) as archive:
        for run in runs:
            await undo(archive, UUID(run))


def disturbed(golden: Golden, fresh: Fresh, random: Random) -> Outcome:
    """Imports until it once comes through, and compares; then takes every run back likewise, and compares again."""
    with fresh("disturbed") as dsn:
        asyncio.run(_write_notes(dsn, golden.noted))
        outcome = _under_kills(dsn, ("import", *golden.paths, "--timezone", "Europe/Berlin"), golden, random)
        wrong = differences(golden.after, dump(dsn)) + _told(wrong_figures(dsn))
        outcome += Outcome(0, 0, tuple(f"after imports: {one}" for one in wrong))
        first, *others = _runs(dsn)
        outcome += _under_kills(dsn, ("import", "--undo", first, "--yes", "--json"), golden, random)
        asyncio.run(_take_back(dsn, others))
        without = frozenset({"words"})  # they stay
        left = {table: rows for table, rows in golden.before.items() if table not in without}
        wrong = differences(left, dump(dsn, without=without)) + _told(wrong_figures(dsn))
        return outcome + Outcome(0, 0, tuple(f"after undoing: {one}" for one in wrong))


def _told(wrong: dict[str, list[object]]) -> list[str]:
    return [f"{name}: {rows[:3]}" for name, rows in wrong.items()]


def _runs(dsn: str) -> list[str]:
    """The runs that have brought something, the largest first; not the one that the notes are about."""
    query = """
        SELECT id::text FROM backscroll.import_runs
        WHERE file_name <> 'noted.csv' AND (messages > 0 OR participants > 0 OR chats > 0) ORDER BY messages DESC
    """
    with psycopg.connect(dsn) as connection:
        return [run for (run,) in connection.execute(query).fetchall()]


def _under_kills(dsn: str, arguments: Sequence[str], golden: Golden, random: Random) -> Outcome:
    """Begins again and again, until no kill comes before the end: what was done before makes each time shorter."""
    killed = 0
    while True:
        program = _start(dsn, *arguments)
        _until_it_works(dsn, program)
        try:
            _, said = program.communicate(timeout=random.uniform(0, golden.seconds))
        except subprocess.TimeoutExpired:
            program.kill()
            program.communicate()
            killed += 1
            continue
        is_done = killed and '"error": "undone"' in said  # the last kill came after all was taken back
        if program.returncode and not is_done:
            raise AssertionError(f"{arguments[:2]} ended with {program.returncode}: {said}")
        return Outcome(killed, killed + 1, ())


def _until_it_works(dsn: str, program: "subprocess.Popen[str]") -> None:
    with psycopg.connect(dsn, autocommit=True, application_name="watcher") as watcher:
        while watcher.execute(_BEGUN).fetchone() == (0,):
            if program.poll() is not None:
                return


def _start(dsn: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _PROGRAM, "--dsn", dsn, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
