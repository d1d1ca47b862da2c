"""Gathering memory in huge pages changes nothing of what it holds, and takes no memory that was not in use."""

import mmap
import sys
from contextlib import closing
from ctypes import addressof, c_char
from pathlib import Path

import pytest

from backscroll.archive.opening import Archive
from backscroll.importing import batching, huge_pages, pipeline
from backscroll.importing.huge_pages import gather
from backscroll.importing.pipeline import import_paths
from tests.importing.test_pipeline import BERLIN

HUGE = 2 * 1024**2
SIZE = 8 * HUGE
PATTERN = bytes(range(256)) * (SIZE // 256)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has MADV_COLLAPSE")


def private() -> mmap.mmap:
    """Memory of this process alone; no page of it is in use."""
    return mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


def kilobytes(memory: mmap.mmap, what: str) -> int:
    """What the system says of the mapping in which the memory lies (a line of smaps)."""
    place = addressof(c_char.from_buffer(memory)) + SIZE // 2
    found, inside = 0, False
    for line in Path("/proc/self/smaps").read_text("utf-8").splitlines():
        first, *others = line.split()
        if not first.endswith(":"):
            low, high = (int(end, 16) for end in first.split("-"))
            inside = low <= place < high
        elif inside and first == f"{what}:":
            found = int(others[0])
    return found


def is_able() -> bool:
    """Whether this system gives a huge page where one is asked for: not before Linux 6.1, or where they are off."""
    with closing(private()) as memory:
        memory[:] = PATTERN
        place = addressof(c_char.from_buffer(memory)) // HUGE * HUGE + HUGE
        return bool(huge_pages._libc().madvise(place, HUGE, huge_pages._COLLAPSE) == 0)


def test_what_is_in_use_comes_into_huge_pages_and_stays_as_it_was() -> None:
    if not is_able():
        pytest.skip("this system has no huge pages to give")
    with closing(private()) as memory:
        memory.madvise(mmap.MADV_NOHUGEPAGE)
        memory[:] = PATTERN
        memory.madvise(mmap.MADV_HUGEPAGE)
        gather()
        assert memory[:] == PATTERN
        assert kilobytes(memory, "AnonHugePages") > 0


def test_a_stretch_that_is_hardly_in_use_takes_no_more_memory() -> None:
    with closing(private()) as memory:
        memory.madvise(mmap.MADV_NOHUGEPAGE)
        for place in range(0, SIZE, HUGE // 4):
            memory[place] = 1
        memory.madvise(mmap.MADV_HUGEPAGE)
        before = kilobytes(memory, "Rss")
        gather()
        assert kilobytes(memory, "AnonHugePages") == 0
        assert kilobytes(memory, "Rss") <= before


def test_where_the_system_tells_nothing_of_its_memory_nothing_happens(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(huge_pages, "_MAPS", tmp_path / "missing")
    gather()


@pytest.mark.parametrize(("chats", "messages", "most"), [(1, 30, 0), (1, 90, 4), (12, 10, 5)])
async def test_only_a_long_import_gathers_its_memory_and_no_chat_of_it_does_so_anew(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, chats: int, messages: int, most: int
) -> None:
    gathered: list[bool] = []
    monkeypatch.setattr(huge_pages, "gather", lambda: gathered.append(True))
    monkeypatch.setattr(batching, "BATCH", 20)
    monkeypatch.setattr(batching, "BATCH_MOST", 20)
    monkeypatch.setattr(pipeline, "_LONG", 40)
    text = "".join(f"{13 + number % 3}/03/2024, 09:{number % 60:02} - Ana: {number}\n" for number in range(messages))
    for chat in range(chats):
        (tmp_path / f"WhatsApp Chat with Home {chat}.txt").write_text(text, "utf-8")
    report = await import_paths(archive, [tmp_path], BERLIN)
    assert report.stored.messages == chats * messages
    assert len(gathered) <= most
    assert bool(gathered) is bool(most)
