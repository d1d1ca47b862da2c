"""What an export begins with, and was imported before, is known by its bytes; and only where it surely is there."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backscroll.archive.batch import Stored
from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.importing import batching, beginnings, pipeline
from backscroll.importing.batching import Reader
from backscroll.importing.beginnings import Beginning, beginning_of
from backscroll.importing.format import Choices
from backscroll.importing.groups import survey
from backscroll.importing.pipeline import import_paths
from backscroll.importing.undoing import undo

BERLIN = Choices(ZoneInfo("Europe/Berlin"), "Europe/Berlin")
TOKYO = Choices(ZoneInfo("Asia/Tokyo"), "Asia/Tokyo")


def lines(first: int, last: int) -> str:
    """Messages of a chat, two a minute: so that some of a minute are equal, and no line ends what was before."""
    start = datetime(2024, 3, 13, 9)
    moments = ((i, start + timedelta(minutes=i // 2)) for i in range(first, last))
    return "".join(f"{at:%d/%m/%Y, %H:%M} - {'Ana' if i % 3 else 'Bo'}: hello {i // 4}\nyou\n" for i, at in moments)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the chat is written; the margin is a few messages, so that small files have a known beginning."""
    monkeypatch.setattr(beginnings, "MARGIN", 400)
    return tmp_path / "WhatsApp Chat with Home.txt"


async def brought(archive: Archive, path: Path, text: str, choices: Choices = BERLIN) -> Stored:
    path.write_text(text, "utf-8")
    return (await import_paths(archive, [path], choices)).stored


async def known(archive: Archive, path: Path, choices: Choices = BERLIN) -> int:
    """Up to which byte the file is known."""
    (group,) = survey([path], choices, None)
    return (await beginning_of(group, archive.import_runs)).known


async def counts(archive: Archive, path: Path) -> tuple[int, int]:
    """New messages and known ones of an import."""
    stored = (await import_paths(archive, [path], BERLIN)).stored
    return stored.messages, stored.duplicates


async def texts(archive: Archive) -> list[tuple[str | None, str]]:
    (chat,) = await archive.conversations.page(limit=2)
    return [(m.sender, m.text) for m in await archive.messages.after(chat.id, limit=1000)]


async def test_the_same_file_is_known_whole_and_a_longer_one_up_to_a_little_before(
    archive: Archive, path: Path, tmp_path: Path
) -> None:
    text, longer = lines(0, 100), lines(0, 130)
    assert (await brought(archive, path, text)).messages == 100
    assert await known(archive, path) == len(text)
    assert await brought(archive, path, text) == Stored(duplicates=100)
    path.write_text(longer, "utf-8")
    assert await known(archive, path) == len(text) - 400
    assert await brought(archive, path, longer) == Stored(messages=30, duplicates=100)
    (group,) = survey([path], BERLIN, None)
    entries = [record for _, record in group.records() if hasattr(record, "clock")]
    assert await texts(archive) == [(entry.person, entry.text) for entry in entries]
    reports = [await archive.import_runs.report(run) for run in await archive.import_runs.page(limit=3)]
    assert [report.reported.chats[0].messages for report in reports] == [130, 100, 100]


async def test_nothing_is_known_of_other_bytes_or_of_the_same_read_otherwise(archive: Archive, path: Path) -> None:
    text = lines(0, 100)
    await brought(archive, path, text)
    assert await known(archive, path, TOKYO) == 0
    other = path.with_name("WhatsApp Chat with Work.txt")
    other.write_text(text, "utf-8")
    assert await known(archive, other) == 0
    for changed in (text.replace("hello 3", "hullo 3"), text[: len(text) // 2], "\ufeff" + text):
        path.write_text(changed, "utf-8")
        assert await known(archive, path) == 0


async def test_what_was_taken_back_is_not_known_whichever_run_brought_it(archive: Archive, path: Path) -> None:
    text = lines(0, 100)
    path.write_text(text, "utf-8")
    first, _ = [(await import_paths(archive, [path], BERLIN)).runs[0] for _ in range(2)]
    await undo(archive, first)  # the second run found that all was there, and now it is not
    assert await known(archive, path) == 0
    assert (await brought(archive, path, text)).messages == 100
    assert await known(archive, path) == len(text)


async def test_a_run_that_broke_off_makes_nothing_known(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "BATCH", 20)
    monkeypatch.setattr(batching, "BATCH_MOST", 20)
    path.write_text(lines(0, 100), "utf-8")

    def stop(progress: pipeline.Progress) -> None:
        if progress.messages > 60:
            raise AppError("Stopped", "", code="stopped")

    with pytest.raises(AppError):
        await import_paths(archive, [path], BERLIN, progress=stop)
    assert (await archive.conversations.totals())[1] > 0
    assert await known(archive, path) == 0
    assert sum(await counts(archive, path)) == 100


async def test_files_that_messages_name_may_come_later(archive: Archive, path: Path) -> None:
    text = lines(0, 100) + "14/03/2024, 10:00 - Ana: IMG-1.jpg (file attached)\n"
    await brought(archive, path, text)
    assert await known(archive, path) == 0
    path.with_name("IMG-1.jpg").write_bytes(b"picture")
    await brought(archive, path, text)
    (kept,) = [one async for one in archive.attachments.all()]
    assert kept.attachment.size == 7


def test_a_file_that_is_written_while_it_is_read_is_not_kept(path: Path) -> None:
    path.write_text(lines(0, 10), "utf-8")
    (group,) = survey([path], BERLIN, None)
    assert group.text is not None
    assert Beginning(0, group.text, beginnings.ReadText(1, "", ""), written=1).read_whole() is None


def test_what_is_known_is_counted_and_told_but_not_handed_on(path: Path) -> None:
    path.write_text(lines(0, 10), "utf-8")
    (group,) = survey([path], BERLIN, None)
    batch = Reader(group, known=path.stat().st_size).next_batch()
    assert batch is not None
    assert (len(batch.messages), batch.duplicates, len(batch.participants)) == (0, 10, 2)
    assert batch.reported.chats[0].messages == 10
