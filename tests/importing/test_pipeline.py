"""Imports are complete, repeatable, and leave nothing half-written."""

import asyncio
import csv
import json
import zipfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy
from zoneinfo import ZoneInfo

import psycopg
import pytest

from backscroll.archive.batch import Stored
from backscroll.archive.opening import Archive, open_archive
from backscroll.errors import AppError
from backscroll.importing import batching, pipeline
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import ImportReport, import_paths
from backscroll.importing.records import Chat, Entry, Person, Record, Rejected
from backscroll.model import ids
from backscroll.model.message import OLDEST
from backscroll.settings import Settings
from tests.conftest import shared
from tests.making import START, chat_id, store

BERLIN = Choices(ZoneInfo("Europe/Berlin"), "Europe/Berlin")
GITTER = Choices(UTC, "UTC", columns=("chat_id", "chat", "sent_at", "sender_id", "sender", "id", "text"))
WHATSAPP = """13/03/2024, 09:14 - Ana: Has anyone seen the keys?
13/03/2024, 09:14 - Bo: under the plant
13/03/2024, 09:14 - Bo: under the plant
13/03/2024, 09:20 - Ana: thanks
"""


async def import_text(archive: Archive, path: Path, text: str, choices: Choices = BERLIN) -> ImportReport:
    path.write_text(text, "utf-8")
    return await import_paths(archive, [path], choices)


async def test_importing_again_adds_nothing_and_a_longer_export_adds_its_end(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Home.txt"
    first = await import_text(archive, path, WHATSAPP)
    assert (first.stored.chats, first.stored.messages, first.stored.participants) == (1, 4, 2)
    again = await import_text(archive, path, WHATSAPP)
    assert again.stored == Stored(duplicates=4)
    longer = await import_text(archive, path, WHATSAPP + "13/03/2024, 09:20 - Bo: any time\n")
    assert (longer.stored.messages, longer.stored.duplicates) == (1, 4)
    home = (await archive.conversations.page(limit=5))[0]
    assert (home.title, home.message_count, home.last_sender, home.last_text) == ("Home", 5, "Bo", "any time")
    texts = [m.text for m in await archive.messages.after(home.id, limit=10)]
    assert texts == ["Has anyone seen the keys?", "under the plant", "under the plant", "thanks", "any time"]


async def test_an_export_read_in_another_zone_is_not_stored_twice(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Home.txt"
    await import_text(archive, path, WHATSAPP)
    again = await import_text(archive, path, WHATSAPP, Choices(ZoneInfo("Asia/Tokyo"), "Asia/Tokyo"))
    assert again.stored.messages == 0


async def test_an_ambiguous_date_order_stops_before_anything_is_written(archive: Archive, tmp_path: Path) -> None:
    for name, sent in (("A", "01/02/2024"), ("B", "25/02/2024"), ("C", "02/25/2024")):
        (tmp_path / f"WhatsApp Chat with {name}.txt").write_text(f"{sent}, 09:14 - Ana: hello\n", "utf-8")
    with pytest.raises(AppError) as raised:
        await import_paths(archive, [tmp_path], BERLIN)
    assert raised.value.code == "ambiguous_date_order"
    assert await archive.conversations.totals() == (0, 0)


async def test_dates_that_are_unclear_are_read_as_those_of_the_files_beside_them(
    archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "WhatsApp Chat with A.txt").write_text("01/02/2024, 09:14 - Ana: hello\n", "utf-8")
    (tmp_path / "WhatsApp Chat with B.txt").write_text("25/02/2024, 09:14 - Ana: hello\n", "utf-8")
    await import_paths(archive, [tmp_path], BERLIN)
    found = await archive.messages.after(ids.conversation_id("whatsapp", "A"), limit=10)
    assert [message.sent_at.date().isoformat() for message in found] == ["2024-02-01"]


async def test_figures_are_those_of_the_rows(archive: Archive) -> None:
    records: list[Record] = [Chat("c", "C")]
    for i in range(40):
        person = f"p{i % 7}"
        records += [Person("c", person, person.upper())]
        records += [Entry("c", START + timedelta(hours=31 * (i * 13 % 40)), person, str(i), external_id=str(i))]
    await store(archive, records)
    found = await archive.messages.after(chat_id("c"), limit=100)
    chat = await archive.conversations.get(chat_id("c"))
    assert (chat.message_count, chat.participant_count) == (40, 7)
    assert (chat.first_message_at, chat.last_message_at, chat.last_text) == (
        found[0].sent_at,
        found[-1].sent_at,
        found[-1].text,
    )
    days = Counter(m.sent_at.astimezone(UTC).date() for m in found)
    assert [(d.day, d.messages) for d in await archive.conversations.days(chat.id)] == sorted(days.items())
    people = await archive.conversations.participants(chat.id)
    assert {p.name: p.message_count for p in people} == Counter(m.sender for m in found)
    assert all(p.last_message_at == max(m.sent_at for m in found if m.sender == p.name) for p in people)


async def test_what_cannot_be_read_is_kept_and_counted(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "rooms.tsv"
    path.write_text(
        "chat\tsent_at\tsender\ttext\nc\tnot a time\tAna\thi\nc\t2024-01-01T00:00:00Z\tAna\tok\x00\n", "utf-8"
    )
    report = await import_paths(archive, [path], BERLIN)
    assert (report.stored.messages, report.stored.skipped) == (1, 1)
    (unread,) = await archive.import_runs.unread(report.runs[0], limit=10)
    assert unread.place == "rooms.tsv:2"
    assert "not a time" in unread.data


async def test_hostile_text_is_stored_and_comes_back(archive: Archive) -> None:
    texts = ["a\0b", "lone \ud83d", "\x1b[2J", "x" * 1_000_000, "'; DROP TABLE messages; --", "%s {0} \\"]
    entries = [Entry("c", START, "a\0", t, external_id=f"{i}\0", raw={"k\0": t[:10]}) for i, t in enumerate(texts)]
    await store(archive, [Chat("c", "t\0itle"), *entries, Rejected("r\0", "why", "f:1")])
    stored = [m.text for m in await archive.messages.after(chat_id("c"), limit=10)]
    assert stored == ["a\u2400b", "lone \ufffd", *texts[2:]]


async def test_two_imports_at_once_store_every_message_once(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Home.txt"
    start = datetime(2024, 1, 1)
    lines = [f"{start + timedelta(hours=i):%d/%m/%Y, %H:%M} - Ana: message {i}\n" for i in range(5000)]
    path.write_text("".join(lines), "utf-8")
    reports = await asyncio.gather(*(import_paths(archive, [path], BERLIN) for _ in range(3)))
    assert sum(r.stored.messages for r in reports) == 5000
    assert sum(r.stored.duplicates for r in reports) == 10000
    assert (await archive.conversations.totals()) == (1, 5000)
    assert (
        sum(d.messages for d in await archive.conversations.days((await archive.conversations.titles())[0][0])) == 5000
    )


async def test_a_cancelled_import_leaves_whole_batches_and_goes_on_when_repeated(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "BATCH", 500)
    monkeypatch.setattr(batching, "BATCH_MOST", 500)
    path = tmp_path / "WhatsApp Chat with Home.txt"
    start = datetime(2024, 1, 1)
    path.write_text(
        "".join(f"{start + timedelta(hours=i):%d/%m/%Y, %H:%M} - Ana: m{i}\n" for i in range(5000)), "utf-8"
    )
    running: asyncio.Task[ImportReport] | None = None

    def cancel_later(progress: pipeline.Progress) -> None:
        if progress.messages >= 2000 and running:
            running.cancel()

    running = asyncio.create_task(import_paths(archive, [path], BERLIN, progress=cancel_later))
    with pytest.raises(asyncio.CancelledError):
        await running
    chats, messages = await archive.conversations.totals()
    assert chats == 1
    assert messages % 500 == 0
    assert 0 < messages < 5000
    assert len(await archive.messages.after((await archive.conversations.titles())[0][0], limit=5000)) == messages
    rest = await import_paths(archive, [path], BERLIN)
    assert (rest.stored.messages, rest.stored.duplicates) == (5000 - messages, messages)


async def test_the_gitter_rooms_hold_what_the_files_hold(archive: Archive, tmp_path: Path) -> None:
    for path in shared("gitter").glob("*.tsv"):
        if path.stat().st_size < 600_000:
            copy(path, tmp_path)
    rows, seen, rooms, people = 0, set(), set(), set()
    csv.field_size_limit(10**8)
    for path in tmp_path.iterdir():
        with path.open(encoding="utf-8", newline="") as stream:
            for room, _, _, user, _, message, _ in csv.reader(stream, delimiter="\t"):
                rows += 1
                seen.add((room, message))
                rooms.add(room)
                people |= {(room, user)} if user else set()  # a few rows name nobody
    report = await import_paths(archive, [tmp_path], GITTER, format_name="delimited")
    assert (rows, rows - len(seen)) == (60_731, 413)
    expected = Stored(chats=len(rooms), messages=len(seen), participants=len(people), duplicates=rows - len(seen))
    assert report.stored == expected
    again = await import_paths(archive, [tmp_path], GITTER, format_name="delimited")
    assert again.stored == Stored(duplicates=rows)
    assert await archive.conversations.totals() == (len(rooms), len(seen))


async def test_the_slack_export_and_the_whatsapp_zip_hold_what_the_files_hold(archive: Archive) -> None:
    slack, whatsapp = shared("slack-export"), shared("whatsapp") / "whatsapp-chat-parser-example.zip"
    channels = {c["name"]: c["id"] for c in json.loads((slack / "channels.json").read_text("utf-8"))}
    stamps = {
        (channels[path.parent.name], message["ts"])
        for path in slack.glob("*/*.json")
        for message in json.loads(path.read_text("utf-8"))
    }
    with zipfile.ZipFile(whatsapp) as opened:
        lines = opened.read("_chat.txt").decode("utf-8").splitlines()
    headers = [line for line in lines if line.lstrip("\u200e").startswith("[")]
    report = await import_paths(archive, [slack, whatsapp], BERLIN)
    assert (report.stored.chats, report.stored.messages) == (len(channels) + 1, len(stamps) + len(headers))
    assert report.stored.skipped == 0
    again = await import_paths(archive, [slack, whatsapp], BERLIN)
    assert again.stored == Stored(duplicates=len(stamps) + len(headers))


async def test_a_killed_import_is_whole_after_the_rerun(database: str, tmp_path: Path) -> None:
    """The program is killed with -9 in the middle; another run ends equal to an undisturbed one."""
    import subprocess
    import sys

    from backscroll.archive.migrations import migrate

    migrate(database)
    path = tmp_path / "WhatsApp Chat with Home.txt"
    start = datetime(2020, 1, 1)
    lines = (f"{start + timedelta(minutes=20 * i):%d/%m/%Y, %H:%M} - Ana: message {i}\n" for i in range(60_000))
    path.write_text("".join(lines), "utf-8")
    command = [sys.executable, "-m", "backscroll", "--dsn", database, "import", str(path), "--timezone", "UTC"]
    program = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with psycopg.connect(database, autocommit=True) as watcher:
        working = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE query LIKE 'COPY pg_temp.staged%' AND datname = current_database()"
        )
        while watcher.execute(working).fetchone() == (0,):
            assert program.poll() is None
    program.kill()
    program.wait()
    async with open_archive(Settings(dsn=database)) as archive:
        for chat in await archive.conversations.page(limit=5):
            days = await archive.conversations.days(chat.id)
            held = await archive.messages.after(chat.id, limit=60_001)
            assert chat.message_count == sum(d.messages for d in days) == len(held) < 60_000
        report = await import_paths(archive, [path], Choices(UTC, "UTC"))
        assert report.stored.messages + report.stored.duplicates == 60_000
        assert await archive.conversations.totals() == (1, 60_000)
        home = (await archive.conversations.page(limit=1))[0]
        assert sum(d.messages for d in await archive.conversations.days(home.id)) == 60_000
        assert (await archive.messages.after(home.id, OLDEST, limit=1))[0].text == "message 0"
