"""Pictures are drawn where their file is there and the extra is installed; nothing else happens with a bad one."""

import io
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.message import Attachment, Kind
from backscroll.ui import pictures
from tests.importing.export_files import zipped
from tests.making import START, chat_id, store
from tests.sample_writer.media import png
from tests.ui.seen import browser, open_chat, press, screen_text


def encoded(size: tuple[int, int], form: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(stream, form, **options)  # type: ignore[arg-type]
    return stream.getvalue()


async def show(pilot: Pilot[None], archive: Archive, path: Path | None, mime_type: str = "image/png") -> str:
    """What the terminal shows of a message in full that has one file."""
    file = Attachment("a.png", mime_type, 3, None, str(path) if path else None)
    entry = Entry("c", START, "a", "", Kind.IMAGE, external_id="1", attachments=(file,))
    await store(archive, [Chat("c", "C"), Person("c", "a", "A"), entry])
    await open_chat(pilot, chat_id("c"))
    await press(pilot, "i")
    return screen_text(pilot)


async def test_a_picture_is_drawn_in_half_cells_below_its_file(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png("x"))
    async with browser(archive).run_test(size=(100, 60)) as pilot:
        seen = await show(pilot, archive, tmp_path / "a.png")
        assert "▀" * 40 in seen
        assert pictures.HINT not in seen


async def test_a_picture_in_a_zip_is_drawn_too(archive: Archive, tmp_path: Path) -> None:
    bundle = zipped(tmp_path / "x.zip", {"_chat.txt": b"", "a.png": png("x")})
    async with browser(archive).run_test(size=(60, 60)) as pilot:
        seen = await show(pilot, archive, bundle / "a.png")
        assert "in the zip" in seen
        assert "▀" * 40 in seen


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no picture", "of a kind that is not shown"),
        (png("x")[:60], "damaged"),
        (encoded((200, 200), "JPEG")[:300], "damaged"),
        (encoded((4, 4), "TIFF"), "of a kind that is not shown"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "of a kind that is not shown"),
    ],
    ids=["text", "cut png", "cut jpeg", "tiff", "eps"],
)
async def test_a_bad_picture_is_said_to_be_one(archive: Archive, tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.png").write_bytes(content)
    async with browser(archive).run_test(size=(100, 60)) as pilot:
        seen = await show(pilot, archive, tmp_path / "a.png")
        assert "not shown: " in seen
        assert reason in seen
        assert "▀" not in seen


async def test_a_file_that_is_too_large_is_not_read(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "BYTES_MAX", 50)
    (tmp_path / "a.png").write_bytes(png("x"))
    async with browser(archive).run_test(size=(100, 60)) as pilot:
        assert "too large" in await show(pilot, archive, tmp_path / "a.png")


def test_a_picture_with_too_many_pixels_is_not_decoded() -> None:
    for size in ((10_000, 6_000), (20_000, 20_000)):
        header = encoded((1, 1)).replace(b"\0\0\0\1\0\0\0\1", size[0].to_bytes(4) + size[1].to_bytes(4))
        with pytest.raises(ValueError, match="too large"):
            pictures.drawn(_with_checksum(header), 60, 20)


def _with_checksum(content: bytes) -> bytes:
    from zlib import crc32

    return content[:29] + crc32(content[12:29]).to_bytes(4) + content[33:]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_pictures_of_the_usual_kinds_are_drawn_in_their_colours(form: str) -> None:
    picture = pictures.drawn(encoded((300, 150), form), 60, 20)
    (segment, *_) = picture._strips[3]
    assert (picture.width, picture.height) == (60, 15)
    assert segment.style is not None
    for colour in (segment.style.color, segment.style.bgcolor):
        assert colour is not None
        assert colour.triplet is not None
        assert all(abs(had - has) < 8 for had, has in zip((200, 30, 30), colour.triplet, strict=True))


@pytest.mark.parametrize(
    ("size", "cells"),
    [((1, 1), (40, 20)), ((1, 4000), (1, 20)), ((4000, 1), (60, 1)), ((1200, 900), (53, 20)), ((900, 1200), (30, 20))],
)
def test_a_picture_keeps_its_proportions_within_its_place(size: tuple[int, int], cells: tuple[int, int]) -> None:
    picture = pictures.drawn(encoded(size), 60, 20)
    assert (picture.width, picture.height) == cells
    assert {strip.cell_length for strip in picture._strips} == {picture.width}


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = pictures.drawn(encoded((1200, 900), "JPEG", exif=exif), 60, 20)
    assert (picture.width, picture.height) == (30, 20)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_is_more_than_a_value_error(data: st.DataObject) -> None:
    content = bytearray(encoded((40, 30), data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "BMP"]))))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ValueError):
        pictures.drawn(bytes(content[: data.draw(st.integers(1, len(content)))]), 60, 20)


async def test_without_the_extra_a_line_says_so_only_where_a_picture_is_there(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "can_draw", lambda: False)
    (tmp_path / "a.png").write_bytes(png("x"))
    async with browser(archive).run_test(size=(100, 60)) as pilot:
        assert pictures.HINT in await show(pilot, archive, tmp_path / "a.png")


@pytest.mark.parametrize("case", ["gone", "no path", "no picture"])
async def test_without_a_picture_nothing_is_said_about_the_extra(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.setattr(pictures, "can_draw", lambda: False)
    (tmp_path / "a.png").write_bytes(png("x"))
    path = {"gone": tmp_path / "b.png", "no path": None}.get(case, tmp_path / "a.png")
    async with browser(archive).run_test(size=(100, 60)) as pilot:
        seen = await show(pilot, archive, path, "video/mp4" if case == "no picture" else "image/png")
        assert "pip install" not in seen
        assert ("no longer there" in seen) == (case == "gone")


def test_the_browser_starts_without_loading_what_draws_pictures() -> None:
    code = (
        "import sys, backscroll.ui.app, backscroll.ui.screens.message;"
        "sys.exit(', '.join({'PIL', 'textual.highlight'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
