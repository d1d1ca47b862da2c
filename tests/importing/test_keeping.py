"""The files of messages are kept once, found again, filled in later, and never half there."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from psycopg.conninfo import conninfo_to_dict

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.importing import batching, pipeline
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import ImportReport, import_paths
from backscroll.model.message import Attachment
from backscroll.reading.files import FileState, file_content, file_state
from backscroll.settings import Settings
from tests.conftest import copied
from tests.importing.export_files import zipped
from tests.importing.test_mail import letter
from tests.importing.test_telegram import chat as telegram
from tests.importing.test_telegram import said

COPIED = Choices(ZoneInfo("UTC"), "UTC")
LINKED = Choices(ZoneInfo("UTC"), "UTC", links=True)
PHOTO = b"\xff\xd8 a picture " * 1000
LINES = "25/03/2024, 10:00 - Ana: {}\n25/03/2024, 10:01 - Ana: Report.pdf (file attached)\n"
WITH, WITHOUT = LINES.format("IMG-1.jpg (file attached)"), LINES.format("<Media omitted>")


@pytest.fixture
def dsn(server: EmbeddedServer, template: str, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    with copied(server, template, request.node.nodeid) as dsn:
        yield dsn


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
async def archive(dsn: str, home: Path) -> AsyncIterator[Archive]:
    async with open_archive(Settings(dsn=dsn, home=home)) as opened:
        yield opened


def put(place: Path, content: bytes | str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return place


async def bring(archive: Archive, *paths: Path, choices: Choices = COPIED) -> ImportReport:
    return await import_paths(archive, paths, choices)


async def files(archive: Archive) -> dict[str | None, Attachment]:
    return {one.attachment.file_name: one.attachment async for one in archive.attachments.all()}


def figures(report: ImportReport) -> tuple[int, int]:
    return report.files.files, report.files.bytes


async def missing(archive: Archive) -> int:
    """How many files the newest run's report counts as missing."""
    (run,) = await archive.import_runs.page(limit=1)
    return sum(chat.missing_files for chat in (await archive.import_runs.report(run)).reported.chats)


def in_store(home: Path) -> list[Path]:
    return sorted(path for path in (home / "attachments").glob("[0-9a-f][0-9a-f]/*"))


async def test_a_file_is_stored_by_its_digest_and_opened_from_there(
    archive: Archive, home: Path, tmp_path: Path
) -> None:
    packed = zipped(tmp_path / "WhatsApp Chat with Home.zip", {"c/_chat.txt": WITH, "c/IMG-1.jpg": PHOTO})
    report = await bring(archive, packed)
    assert figures(report) == (1, len(PHOTO))
    digest = sha256(PHOTO).hexdigest()
    place = home / "attachments" / digest[:2] / digest[2:]
    found = await files(archive)
    assert found["IMG-1.jpg"] == Attachment("IMG-1.jpg", "image/jpeg", len(PHOTO), digest, str(place))
    assert found["Report.pdf"] == Attachment("Report.pdf", "application/pdf", None, None, None)
    packed.unlink()
    assert place.read_bytes() == PHOTO == file_content(found["IMG-1.jpg"], 10**6)
    assert [file_state(one) for one in found.values()].count(FileState.UNKNOWN) == 1
    assert oct(place.stat().st_mode)[-3:] == "400"
    assert {oct(folder.stat().st_mode)[-3:] for folder in (place.parent, place.parent.parent)} == {"700"}
    (shown,) = [c async for c in _messages(archive) if c]
    assert shown == found["IMG-1.jpg"], "messages say the same place"


async def _messages(archive: Archive) -> AsyncIterator[Attachment | None]:
    for chat in await archive.conversations.page(limit=5):
        for message in await archive.messages.after(chat.id, limit=50):
            for one in message.attachments:
                yield one if one.sha256 else None


async def test_the_same_file_in_two_chats_is_stored_once(archive: Archive, home: Path, tmp_path: Path) -> None:
    put(tmp_path / "x" / "_chat.txt", WITH)
    put(tmp_path / "x" / "IMG-1.jpg", PHOTO)
    put(tmp_path / "x" / "Report.pdf", b"%PDF")
    put(tmp_path / "y" / "result.json", json.dumps(telegram(said(1, photo="photos/b.jpg"))))
    put(tmp_path / "y" / "photos" / "b.jpg", PHOTO)
    report = await bring(archive, tmp_path / "x", tmp_path / "y")
    assert figures(report)[0] == 3
    assert len(in_store(home)) == 2
    assert {one.sha256 for one in (await files(archive)).values()} == {sha256(c).hexdigest() for c in (PHOTO, b"%PDF")}


async def test_an_export_with_media_fills_in_what_one_without_left_out(archive: Archive, tmp_path: Path) -> None:
    path = put(tmp_path / "WhatsApp Chat with Home.txt", WITHOUT)
    assert figures(await bring(archive, path)) == (0, 0)
    assert await missing(archive) == 2
    put(path, WITH)
    put(tmp_path / "IMG-1.jpg", PHOTO)
    put(tmp_path / "Report.pdf", b"%PDF")
    again = await bring(archive, path)
    assert (again.stored.messages, again.stored.duplicates) == (0, 2)
    assert figures(again) == (2, len(PHOTO) + 4)
    assert await missing(archive) == 0
    assert {name: one.size for name, one in (await files(archive)).items()} == {
        "IMG-1.jpg": len(PHOTO),
        "Report.pdf": 4,
    }
    put(path, WITHOUT)
    (tmp_path / "Report.pdf").unlink()
    assert figures(await bring(archive, path)) == (0, 0)
    assert all(file_state(one) is FileState.THERE for one in (await files(archive)).values()), "what came in stays"


async def test_of_two_exports_in_one_import_the_one_with_media_gives_the_file(archive: Archive, tmp_path: Path) -> None:
    put(tmp_path / "1" / "WhatsApp Chat with Home.txt", WITHOUT)
    put(tmp_path / "2" / "WhatsApp Chat with Home.txt", WITH)
    put(tmp_path / "2" / "IMG-1.jpg", PHOTO)
    report = await bring(archive, tmp_path)
    assert (report.stored.messages, report.stored.duplicates) == (2, 2)
    assert figures(report) == (1, len(PHOTO))
    assert (await files(archive))["IMG-1.jpg"].size == len(PHOTO)


async def test_importing_again_reads_no_file_again_unless_the_store_has_lost_it(
    archive: Archive, home: Path, tmp_path: Path
) -> None:
    path = put(tmp_path / "WhatsApp Chat with Home.txt", WITH)
    put(tmp_path / "IMG-1.jpg", PHOTO)
    await bring(archive, path)
    assert figures(await bring(archive, path)) == (0, 0)
    in_store(home)[0].unlink()
    assert file_state((await files(archive))["IMG-1.jpg"]) is FileState.ELSEWHERE
    assert figures(await bring(archive, path)) == (1, len(PHOTO))
    assert in_store(home)[0].read_bytes() == PHOTO


async def test_linked_files_stay_where_they_are(archive: Archive, home: Path, tmp_path: Path) -> None:
    path = put(tmp_path / "WhatsApp Chat with Home.txt", WITH)
    photo = put(tmp_path / "IMG-1.jpg", PHOTO)
    assert figures(await bring(archive, path, choices=LINKED)) == (1, len(PHOTO))
    linked = (await files(archive))["IMG-1.jpg"]
    assert (linked.path, linked.sha256) == (str(photo), sha256(PHOTO).hexdigest())
    assert in_store(home) == []
    assert figures(await bring(archive, path, choices=LINKED)) == (0, 0), "nothing is hashed again"
    assert figures(await bring(archive, path)) == (1, len(PHOTO))
    assert figures(await bring(archive, path, choices=LINKED)) == (0, 0), "what is stored stays so"
    assert (await files(archive))["IMG-1.jpg"].path == str(in_store(home)[0])


async def test_a_linked_file_in_a_zip_is_read_there(archive: Archive, tmp_path: Path) -> None:
    packed = zipped(tmp_path / "WhatsApp Chat with Home.zip", {"_chat.txt": WITH, "IMG-1.jpg": PHOTO})
    await bring(archive, packed, choices=LINKED)
    linked = (await files(archive))["IMG-1.jpg"]
    assert (linked.path, file_state(linked)) == (str(packed / "IMG-1.jpg"), FileState.ZIPPED)
    assert file_content(linked, 10**6) == PHOTO


async def test_files_in_letters_are_stored_even_where_others_are_linked(
    archive: Archive, home: Path, tmp_path: Path
) -> None:
    made = letter(1)
    made.add_attachment(PHOTO, maintype="image", subtype="png", filename="a.png")
    path = put(tmp_path / "one.eml", made.as_bytes())
    assert figures(await bring(archive, path, choices=LINKED)) == (1, len(PHOTO))
    assert (await files(archive))["a.png"].path == str(in_store(home)[0])
    assert figures(await bring(archive, path)) == (0, 0)


async def test_a_damaged_file_is_missing_and_the_chat_comes_in(archive: Archive, home: Path, tmp_path: Path) -> None:
    packed = zipped(
        tmp_path / "WhatsApp Chat with Home.zip", {"_chat.txt": WITH, "Report.pdf": b"%PDF", "IMG-1.jpg": PHOTO}
    )
    raw = packed.read_bytes()
    at = raw.index(b"IMG-1.jpg") + 12
    packed.write_bytes(raw[:at] + bytes(255 - byte for byte in raw[at : at + 20]) + raw[at + 20 :])
    report = await bring(archive, packed)
    assert (report.stored.messages, report.files.unreadable, report.files.files) == (2, 1, 1)
    assert (await files(archive))["IMG-1.jpg"].path is None
    assert [path.read_bytes() for path in in_store(home)] == [b"%PDF"]


async def test_where_nothing_can_be_kept_the_import_stops_and_says_so(
    archive: Archive, home: Path, tmp_path: Path
) -> None:
    put(home / "attachments", b"in the way")
    path = put(tmp_path / "WhatsApp Chat with Home.txt", WITH)
    put(tmp_path / "IMG-1.jpg", PHOTO)
    with pytest.raises(AppError) as raised:
        await bring(archive, path)
    assert raised.value.code == "cannot_keep"
    assert await archive.conversations.totals() == (0, 0)
    assert (await bring(archive, path, choices=LINKED)).stored.messages == 2


async def test_many_files_end_a_batch_and_progress_counts_their_bytes(
    archive: Archive, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "FILES", 3 * len(PHOTO))
    names = [f"IMG-{n}.jpg" for n in range(10)]
    lines = "".join(f"25/03/2024, 10:{n:02} - Ana: {name} (file attached)\n" for n, name in enumerate(names))
    path = put(tmp_path / "WhatsApp Chat with Home.txt", lines)
    for name in names:
        put(tmp_path / name, name.encode() + PHOTO)
    seen: list[pipeline.Progress] = []
    stored: list[int] = []

    def look(progress: pipeline.Progress) -> None:
        seen.append(progress)
        stored.append(len(in_store(home)))

    report = await import_paths(archive, [path], COPIED, progress=look)
    assert report.files.files == 10
    assert [one.file_size for one in seen] == sorted(one.file_size for one in seen)
    assert seen[-1].file_size == report.files.bytes == sum(len(name) + len(PHOTO) for name in names)
    assert {one.messages for one in seen} >= {3, 6, 9, 10}, "batches of three files"


async def test_a_cancelled_import_leaves_whole_files_and_goes_on(
    archive: Archive, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "FILES", 1)
    names = [f"IMG-{n}.jpg" for n in range(12)]
    lines = "".join(f"25/03/2024, 10:{n:02} - Ana: {name} (file attached)\n" for n, name in enumerate(names))
    path = put(tmp_path / "WhatsApp Chat with Home.txt", lines)
    for name in names:
        put(tmp_path / name, name.encode() + PHOTO)
    running: asyncio.Task[ImportReport] | None = None

    def cancel(progress: pipeline.Progress) -> None:
        if progress.files >= 3 and running:
            running.cancel()

    running = asyncio.create_task(import_paths(archive, [path], COPIED, progress=cancel))
    with pytest.raises(asyncio.CancelledError):
        await running
    assert 0 < len(in_store(home)) < 12
    assert all(sha256(p.read_bytes()).hexdigest() == p.parent.name + p.name for p in in_store(home))
    await bring(archive, path)
    assert len(in_store(home)) == 12
    assert list((home / "attachments" / "coming").iterdir()) == []


async def test_a_program_that_is_killed_while_it_copies_leaves_no_half_file(
    archive: Archive, dsn: str, home: Path, tmp_path: Path
) -> None:
    path = put(tmp_path / "WhatsApp Chat with Home.txt", WITH)
    photo = put(tmp_path / "IMG-1.jpg", PHOTO)
    os.truncate(photo, 400 * 1024**2)
    command = [sys.executable, "-m", "backscroll", "--dsn", dsn, "--home", str(home), "import", str(path)]
    coming = home / "attachments" / "coming"
    for _ in range(2):
        program = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while not coming.is_dir() or not any(coming.iterdir()):
            assert program.poll() is None
        program.send_signal(signal.SIGKILL)
        program.wait()
        assert in_store(home) == []
        assert len(list(coming.iterdir())) == 1
    os.truncate(photo, len(PHOTO))
    report = await bring(archive, path)
    assert (report.stored.messages, report.files.files) == (2, 1)
    assert list(coming.iterdir()) == []
    assert [p.read_bytes() for p in in_store(home)] == [PHOTO]


async def test_the_place_of_a_stored_file_is_that_of_the_home_it_is_read_from(
    archive: Archive, dsn: str, home: Path, tmp_path: Path
) -> None:
    path = put(tmp_path / "WhatsApp Chat with Home.txt", WITH)
    put(tmp_path / "IMG-1.jpg", PHOTO)
    await bring(archive, path)
    elsewhere = tmp_path / "elsewhere"
    async with open_archive(Settings(dsn=dsn, home=elsewhere)) as other:
        found = (await files(other))["IMG-1.jpg"]
        assert found.path == str(elsewhere / in_store(home)[0].relative_to(home))
        assert file_state(found) is FileState.ELSEWHERE
        home.rename(elsewhere)
        assert file_content(found, 10**6) == PHOTO
    assert conninfo_to_dict(dsn)["dbname"] not in str(list(elsewhere.rglob("*"))), (
        "no name of a database is written down"
    )
