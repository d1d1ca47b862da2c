"""A short form of `python -m tests.benchmarks writes`: lost connections, lost answers and killed programs."""

from pathlib import Path
from random import Random

from backscroll.archive.opening import Archive
from tests.making import chat, store
from tests.writing.faults import through_faults, under_kills


async def test_faults_on_the_way_lose_nothing_and_double_nothing(archive: Archive, tmp_path: Path) -> None:
    await store(archive, chat("c", ["one"]))
    faults, wrong = await through_faults(archive.bookmarks._gateway._dsn, tmp_path, 90, Random(5))
    assert wrong == []
    assert min(faults.terminated, faults.cut, faults.eaten) >= 3, faults


async def test_programs_that_are_killed_lose_nothing_that_they_told_of(archive: Archive, tmp_path: Path) -> None:
    await store(archive, chat("c", ["one"]))
    _, wrong = under_kills(archive.bookmarks._gateway._dsn, tmp_path, 60, 2, Random(5))
    assert wrong == []
