"""A file is written whole or not at all, over nothing that was there."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.exporting.target import whole_file
from backscroll.spreadsheets import defused


async def test_a_file_stands_in_its_place_only_when_it_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"
    async with whole_file(place) as part:
        part.write_text("all")
        assert not place.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert (place.read_text(), place.stat().st_mode & 0o777) == ("all", 0o600)


async def test_nothing_is_left_of_what_failed_or_was_cancelled(tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"
    place.write_text("before")
    with pytest.raises(AppError, match="cannot be written"):
        async with whole_file(place, overwrite=True):
            raise OSError(28, "No space left on device")
    begun = asyncio.Event()

    async def export() -> None:
        async with whole_file(place, overwrite=True) as part:
            part.write_text("half")
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(export())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("notes.txt", "before")]


async def test_what_is_there_is_overwritten_only_when_that_is_asked_for(tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"

    async def export_beside_another() -> None:
        async with whole_file(place) as part:
            part.write_text("mine")
            place.write_text("came meanwhile")

    with pytest.raises(AppError) as refused:
        await export_beside_another()
    assert (refused.value.code, place.read_text()) == ("file_exists", "came meanwhile")
    with pytest.raises(AppError, match="is there already"):
        async with whole_file(place):
            raise AssertionError
    async with whole_file(place, overwrite=True) as part:
        part.write_text("mine")
    assert place.read_text() == "mine"
    for wrong in (tmp_path, tmp_path / "no" / "such.txt"):
        with pytest.raises(AppError):
            async with whole_file(wrong, overwrite=True):
                raise AssertionError
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@given(st.text() | st.text("=+-@\t\r\n ＝'a"))
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    cell = defused(text)
    assert not cell.lstrip().startswith(tuple("=+-@\t\r＝＋－＠"))
    assert cell == defused(cell)
