"""A directory is walked without leaving it, without waiting for anything, and says what was left out."""

import os
import socket
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.export import open_export
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import ImportReport, import_paths
from backscroll.importing.tree import walk
from tests.importing.export_files import zipped

CHAT = "25/03/2024, 10:00 - Ana: hello\n25/03/2024, 10:01 - Ana: hello\n"


def put(root: Path, *names: str) -> Path:
    for name in names:
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(CHAT)
    return root


def told(root: Path) -> dict[str, str]:
    return {str(Path(one.path).relative_to(root)): one.reason for one in walk(root)[1]}


def test_every_file_is_found_in_the_order_of_names_and_clutter_is_not(tmp_path: Path) -> None:
    put(tmp_path, "b/two.txt", "a.txt", "b.txt", ".hidden/c.txt", "b/._two.txt", "__MACOSX/x.txt", "b/Thumbs.db")
    folder, left = walk(tmp_path)
    assert sorted(folder.sizes()) == ["a.txt", "b.txt", "b/two.txt"]
    assert left == []


def test_links_are_not_followed_wherever_they_lead(tmp_path: Path) -> None:
    put(tmp_path / "outside", "secret.txt")
    root = put(tmp_path / "root", "a.txt")
    (root / "file.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "loop").symlink_to(root)
    (root / "gone").symlink_to(root / "nothing")
    folder, _ = walk(root)
    assert list(folder.sizes()) == ["a.txt"]
    assert told(root) == {".": "4 links, which are not followed"}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="a socket's path is too long without /proc")
def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.open(tmp_path, os.O_RDONLY)
        try:
            listening.bind(f"/proc/self/fd/{here}/s.json")  # the path itself would be too long
        finally:
            os.close(here)
        assert told(tmp_path) == dict.fromkeys(("pipe.txt", "s.json"), "it is a pipe, a socket or a device")
        assert [export.name for _, export in find_exports(tmp_path)[0]] == ["a.txt"]
        for name in ("pipe.txt", "s.json"):
            with pytest.raises(AppError) as raised:
                open_export(tmp_path / name)
            assert raised.value.code == "cannot_read"
    with pytest.raises(AppError):
        open_export(Path("/dev/zero"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "locked/b.txt")
    (tmp_path / "locked").chmod(0)
    try:
        assert told(tmp_path) == {"locked": "you may not read it"}
        assert [export.name for _, export in find_exports(tmp_path)[0]] == ["a.txt"]
    finally:
        (tmp_path / "locked").chmod(0o700)


def test_folders_without_end_are_given_up(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "/".join(["d"] * 100) + "/b.txt")
    assert list(walk(tmp_path)[0].sizes()) == ["a.txt"]
    assert list(told(tmp_path).values()) == ["it lies too deep"]


async def bring(archive: Archive, *paths: Path) -> ImportReport:
    return await import_paths(archive, paths, Choices(ZoneInfo("UTC"), "UTC"))


async def test_two_exports_of_one_chat_in_a_tree_are_one_chat(archive: Archive, tmp_path: Path) -> None:
    put(tmp_path, "phone/WhatsApp Chat with Bo.txt")
    (tmp_path / "tablet").mkdir()
    longer = CHAT + "25/03/2024, 10:01 - Ana: hello\n25/03/2024, 10:02 - Bo: bye\n"
    zipped(tmp_path / "tablet" / "WhatsApp Chat with Bo.zip", {"_chat.txt": longer})
    report = await bring(archive, tmp_path)
    assert (report.stored.chats, report.stored.messages, report.stored.duplicates, len(report.runs)) == (1, 4, 2, 1)


async def test_an_export_that_turns_out_to_be_damaged_does_not_keep_the_others_out(
    archive: Archive, tmp_path: Path
) -> None:
    put(tmp_path, "WhatsApp Chat with Bo.txt")
    damaged = zipped(tmp_path / "WhatsApp Chat with Ana.zip", {"_chat.txt": CHAT * 4000})
    raw = bytearray(damaged.read_bytes())
    raw[-120] ^= 0xFF
    raw[len(raw) // 2] ^= 0xFF
    damaged.write_bytes(raw)
    report = await bring(archive, tmp_path)
    assert report.stored.messages == 2
    assert [(Path(one.path).name, one.reason) for one in report.unknown] == [(damaged.name, "cannot be unpacked")]
    with pytest.raises(AppError) as raised:
        await bring(archive, damaged)
    assert raised.value.code == "bad_zip"


async def test_one_that_breaks_off_in_the_middle_is_told_among_what_was_not_read(
    archive: Archive, tmp_path: Path
) -> None:
    put(tmp_path, "z.txt")
    rows = "".join(f"2024-01-01T00:00:{n % 60:02}Z,Ana,{hash(n)}\n" for n in range(60_000))
    damaged = zipped(tmp_path / "rooms.zip", {"rooms.csv": "sent_at,sender,text\n" + rows})
    raw = bytearray(damaged.read_bytes())
    raw[len(raw) * 3 // 4] ^= 0xFF
    damaged.write_bytes(raw)
    report = await bring(archive, tmp_path)
    assert 2 < report.stored.messages < 60_000
    assert report.stored.skipped >= 1
    runs = await archive.import_runs.page(limit=5)
    unread = [one for run in runs for one in await archive.import_runs.unread(run.id, limit=70_000)]
    assert ("rooms.zip", "rooms.zip cannot be unpacked: what follows in it is missing") in [
        (one.place, one.reason) for one in unread
    ]


async def test_names_that_are_no_text_can_be_stored_and_told(archive: Archive, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    root = Path(os.fsdecode(folder))
    root.mkdir()
    for name, text in ((b"Gru\xdf.txt", CHAT), (b"n\xf6te.json", "{}")):
        (root / os.fsdecode(name)).write_text(text)
    report = await bring(archive, root)
    assert report.stored.messages == 2
    (run,) = await archive.import_runs.page(limit=1)
    assert run.file_name == "caf\ufffd"
    assert [Path(one.path).name for one in report.unknown] == ["n\ufffdte.json"]
