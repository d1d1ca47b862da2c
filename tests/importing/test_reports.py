"""An import says of itself what came in, how it was read and what was left out, and that can be read again."""

import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.archive.import_runs import RunReport
from backscroll.archive.opening import Archive
from backscroll.importing import batching
from backscroll.importing.dry_run import read_only
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import ImportReport, import_paths
from backscroll.importing.records import Chat, Entry, Remark
from backscroll.importing.tally import Tally
from backscroll.model.import_report import Gap, Remarked, Reported, as_json, from_json, gaps_among
from backscroll.model.message import Attachment
from tests.conftest import shared

BERLIN = Choices(ZoneInfo("Europe/Berlin"), "Europe/Berlin")
DAY = date(2024, 1, 1).toordinal()


async def reports(archive: Archive, done: ImportReport) -> list[RunReport]:
    runs = archive.import_runs
    return [await runs.report(await runs.find(str(run))) for run in done.runs]


def folder_of_exports(folder: Path) -> Path:
    """Two chats, of which one pauses for a summer, a line that is no message, and a file that nobody knows."""
    days = [datetime(2024, 1, 1, 9) + timedelta(days=i) for i in (*range(90), *range(250, 300))]
    lines = [f"{day:%d/%m/%Y, %H:%M} - {'Ana' if day.day % 2 else 'Bo'}: day {day:%j}\n" for day in days]
    (folder / "WhatsApp Chat with Home.txt").write_text("".join(lines) + "31/02/2024, 10:00 - Bo: never\n", "utf-8")
    (folder / "WhatsApp Chat with Work.txt").write_text(
        "13/03/2024, 09:14 - Cy: IMG-1.jpg (file attached)\n13/03/2024, 09:14 - Cy: <Media omitted>\n", "utf-8"
    )
    (folder / "notes.csv").write_text("milk,bread\n", "utf-8")
    return folder


async def test_a_report_tells_of_each_chat_of_gaps_of_what_was_skipped_and_of_what_nobody_knows(
    archive: Archive, tmp_path: Path
) -> None:
    done = await import_paths(archive, [folder_of_exports(tmp_path)], BERLIN)
    (report,) = await reports(archive, done)
    home, work = report.reported.chats
    assert (home.title, home.messages, home.added, home.participants) == ("Home", 140, 140, 2)
    assert home.first_at == datetime(2024, 1, 1, 8, tzinfo=UTC)
    assert home.last_at == datetime(2024, 10, 26, 7, tzinfo=UTC)
    assert home.gaps == (Gap(date(2024, 3, 30), date(2024, 9, 7)),)
    assert home.gaps[0].days == 160
    assert (work.title, work.messages, work.missing_files, work.gaps) == ("Work", 2, 2, ())
    assert [(piece.place, piece.data) for piece in report.unread] == [
        ("WhatsApp Chat with Home.txt:141", "31/02/2024, 10:00 - Bo: never")
    ]
    (unknown,) = report.reported.unrecognised
    assert unknown.path.endswith("notes.csv")
    assert unknown.reason
    assert (report.run.messages, report.run.skipped, report.reported.zone_from) == (142, 1, "option")


async def test_importing_again_reports_what_was_read_and_that_none_of_it_was_new(
    archive: Archive, tmp_path: Path
) -> None:
    folder_of_exports(tmp_path)
    await import_paths(archive, [tmp_path], BERLIN)
    (again,) = await reports(archive, await import_paths(archive, [tmp_path], BERLIN))
    assert [(chat.messages, chat.added) for chat in again.reported.chats] == [(140, 0), (2, 0)]
    assert (again.run.messages, again.run.duplicates) == (0, 142)


async def test_a_zone_is_not_assumed_where_the_times_say_themselves(archive: Archive, tmp_path: Path) -> None:
    said, unsaid = tmp_path / "said.csv", tmp_path / "unsaid.csv"
    said.write_text("chat,sent_at,sender,text\na,2024-01-01T00:00:00+05:30,Ana,hi\na,1704067200,Ana,hi\n", "utf-8")
    unsaid.write_text("chat,sent_at,sender,text\nb,2024-01-01 00:00,Ana,hi\n", "utf-8")
    machine = Choices(ZoneInfo("Asia/Tokyo"), "Asia/Tokyo", zone_from="machine")
    one, other = await reports(archive, await import_paths(archive, [said, unsaid], machine))
    assert (one.reported.zone_from, other.reported.zone_from) == ("file", "machine")
    assert other.reported.chats[0].first_at == datetime(2023, 12, 31, 15, tzinfo=UTC)


async def test_a_report_stands_batch_by_batch(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is broken off has the report of what was committed."""
    monkeypatch.setattr(batching, "BATCH", 50)
    monkeypatch.setattr(batching, "BATCH_MOST", 50)
    seen: list[int] = []
    store = archive.staging.store

    async def stored(run, source, batch, before):  # type: ignore[no-untyped-def]  # the staging's own
        done = await store(run, source, batch, before)
        report = await archive.import_runs.report(await archive.import_runs.find(str(run)))
        seen.append(sum(chat.messages for chat in report.reported.chats))
        assert sum(chat.added or 0 for chat in report.reported.chats) == report.run.messages
        return done

    monkeypatch.setattr(archive.staging, "store", stored)
    await import_paths(archive, [folder_of_exports(tmp_path)], BERLIN)
    assert seen == [50, 100, 142]


async def test_a_run_of_many_chats_reports_all_of_them_at_its_end_and_some_before(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing the report with each batch would cost more than the messages; what stands there meanwhile is true."""
    monkeypatch.setattr(batching, "BATCH", 20)
    monkeypatch.setattr(batching, "BATCH_MOST", 20)
    rows = (f"c{n // 2}\t2024-01-01T00:00:00Z\tAna\tm{n}" for n in range(500))
    (tmp_path / "rooms.tsv").write_text("\n".join(("chat\tsent_at\tsender\ttext", *rows)), "utf-8")
    seen: list[tuple[int, int]] = []
    store = archive.staging.store

    async def stored(run, source, batch, before):  # type: ignore[no-untyped-def]  # the staging's own
        done = await store(run, source, batch, before)
        report = await archive.import_runs.report(await archive.import_runs.find(str(run)))
        seen.append((sum(chat.messages for chat in report.reported.chats), report.run.messages))
        return done

    monkeypatch.setattr(archive.staging, "store", stored)
    (report,) = await reports(archive, await import_paths(archive, [tmp_path / "rooms.tsv"], BERLIN))
    assert [chat.messages for chat in report.reported.chats] == [2] * 250
    assert all(told <= brought < told * 9 / 8 + 60 for told, brought in seen)
    assert len({told for told, _ in seen}) < len(seen)


async def test_a_dry_run_reports_the_same_and_writes_nothing(archive: Archive, tmp_path: Path) -> None:
    folder_of_exports(tmp_path)
    dry = await read_only(archive.known, [tmp_path], BERLIN)
    assert await archive.import_runs.page(limit=5) == []
    assert await archive.conversations.totals() == (0, 0)
    done = await import_paths(archive, [tmp_path], BERLIN)
    (kept,) = await reports(archive, done)
    (would,) = dry.reports
    assert dry.stored == done.stored
    assert as_json(would.reported) == as_json(kept.reported)
    assert [chat.added for chat in would.reported.chats] == [140, 2]
    assert would.unread == kept.unread
    assert [sample.text for sample in would.reported.chats[0].samples] == ["day 001", "day 002", "day 003"]


async def test_a_dry_run_knows_what_the_archive_has_whatever_zone_it_was_read_in(
    archive: Archive, tmp_path: Path
) -> None:
    export = folder_of_exports(tmp_path) / "WhatsApp Chat with Home.txt"
    await import_paths(archive, [export], Choices(ZoneInfo("Asia/Tokyo"), "Asia/Tokyo"))
    with export.open("a", encoding="utf-8") as longer:
        longer.write("27/12/2024, 10:00 - Di: hello\n")
    dry = await read_only(archive.known, [tmp_path], BERLIN)
    assert [(chat.title, chat.messages, chat.added) for chat in dry.reports[0].reported.chats] == [
        ("Home", 141, 1),
        ("Work", 2, 2),
    ]
    assert (dry.stored.chats, dry.stored.participants, dry.stored.duplicates) == (1, 2, 140)


async def test_a_dry_run_weighs_what_is_edited_moved_or_written_otherwise_as_an_import_does(
    archive: Archive, tmp_path: Path
) -> None:
    rooms = tmp_path / "rooms.csv"
    rooms.write_text(
        "chat,sent_at,sender,id,text\nr,2024-01-01T10:00:00Z,Ana,1,first\nr,2024-01-01T11:00:00Z,Ana,2,second\n",
        "utf-8",
    )
    home = tmp_path / "WhatsApp Chat with Home.txt"
    home.write_text("13/03/2024, 09:14 - Ana: has anyone seen them\n13/03/2024, 09:15 - Bo: under the mat\n", "utf-8")
    await import_paths(archive, [tmp_path], BERLIN)
    rooms.write_text(
        "chat,sent_at,sender,id,text\nr,2024-01-01T10:00:00Z,Ana,1,changed\nr,2024-01-01T12:00:00Z,Ana,2,second\n"
        "r,2024-01-01T13:00:00Z,Ana,3,third\n",
        "utf-8",
    )
    home.write_text(
        "13/03/2024, 09:14:30 - Ana: has anyone seen them\n13/03/2024, 09:15:05 - Bo B.: under the mat\n", "utf-8"
    )
    dry = await read_only(archive.known, [tmp_path], BERLIN)
    done = await import_paths(archive, [tmp_path], BERLIN)
    assert dry.stored == done.stored
    assert (dry.stored.messages, dry.stored.updated, dry.stored.conflicts, dry.stored.doubles) == (2, 1, 1, 1)
    assert [[chat.added for chat in report.reported.chats] for report in dry.reports] == [
        [chat.added for chat in report.reported.chats] for report in await reports(archive, done)
    ]


async def test_a_dry_run_without_an_archive_counts_what_the_export_repeats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "BATCH", 7)
    monkeypatch.setattr(batching, "BATCH_MOST", 7)
    path = tmp_path / "rooms.csv"
    rows = [f"{1704067200 + i % 60},Ana,m{i % 60},said {i % 60}\n" for i in range(90)]
    path.write_text("sent_at,sender,id,text\n" + "".join(rows), "utf-8")
    dry = await read_only(None, [path], BERLIN)
    assert (dry.stored.chats, dry.stored.messages, dry.stored.duplicates) == (1, 60, 30)
    (chat,) = dry.reports[0].reported.chats
    assert (chat.messages, chat.added) == (90, 60)


@given(st.sets(st.integers(DAY, DAY + 4000), max_size=200))
def test_a_gap_is_long_in_itself_and_for_its_chat(days: set[int]) -> None:
    found = gaps_among(days)
    ordered = sorted(days)
    pauses = [after - before for before, after in pairwise(ordered)]
    assert list(found) == sorted(found, key=lambda gap: gap.since)
    for gap in found:
        assert gap.days >= 14
        assert not days & set(range(gap.since.toordinal() + 1, gap.until.toordinal()))
        assert sum(pause * 3 > gap.days + 1 for pause in pauses) <= max(1, len(pauses) // 20 + 1)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], []),
        ([0], []),
        ([0, 400], []),  # two days say nothing about what is usual
        ([*range(30), *range(44, 60)], [14]),
        ([*range(30), *range(43, 60)], []),  # thirteen days are not long for anybody
        ([*range(0, 700, 7), 742], [48]),
        ([*range(0, 700, 7), 713], []),  # a week more is nothing where one writes once a week
    ],
)
def test_what_a_gap_is_depends_on_the_chat(days: Sequence[int], expected: list[int]) -> None:
    assert [gap.days for gap in gaps_among([DAY + day for day in days])] == expected


def test_what_is_kept_comes_back_and_is_storable() -> None:
    tally = Tally("test")
    tally.see(Chat("c", "ti\0tle"))
    tally.see(
        Entry("c", datetime(2024, 1, 1, tzinfo=UTC), None, "x", attachments=(Attachment("a", None, 1, None, "/a"),))
    )
    tally.see(Entry("c", datetime(2023, 1, 1, tzinfo=UTC), "ana", "y"))
    tally.see(Remark("clock change", "an hour \0 comes twice", "f"))
    (chat,) = tally.reports()
    assert (chat.title, chat.messages, chat.participants, chat.missing_files) == ("ti\u2400tle", 2, 1, 0)
    assert chat.first_at.year == 2023
    assert tally.remarks == [Remarked("clock change", "an hour \u2400 comes twice", "f")]
    kept = json.loads(json.dumps(as_json(Reported((chat,), tuple(tally.remarks), (), "file", "chosen"))))
    back = from_json(kept, {chat.id: 7})
    assert as_json(back) == kept
    assert back.chats[0].added == 7


async def test_the_report_of_a_slack_export_says_what_its_files_hold(archive: Archive) -> None:
    slack = shared("slack-export")
    stamps: dict[str, set[float]] = defaultdict(set)
    for path in slack.glob("*/*.json"):
        stamps[path.parent.name] |= {float(message["ts"]) for message in json.loads(path.read_text("utf-8"))}
    dry = await read_only(archive.known, [slack], BERLIN)
    (report,) = dry.reports
    assert report.reported.zone_from == "file"
    found = {chat.title.removeprefix("#"): chat for chat in report.reported.chats}
    assert {
        name: (chat.messages, chat.added, chat.first_at.timestamp(), chat.last_at.timestamp())
        for name, chat in found.items()
    } == {name: (len(ts), len(ts), min(ts), max(ts)) for name, ts in stamps.items()}
    for name, chat in found.items():
        days = sorted({datetime.fromtimestamp(stamp, UTC).date() for stamp in stamps[name]})
        assert {(gap.since, gap.until) for gap in chat.gaps} <= set(pairwise(days))


async def test_the_report_of_gitter_rooms_says_what_their_files_hold(archive: Archive) -> None:
    rooms = [shared("gitter") / f"{name}.tsv" for name in ("40PlusDevs", "AndroidApp", "Athens", "Atlanta")]
    csv.field_size_limit(10**8)
    expected = {}
    for path in rooms:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter="\t"))
        times = sorted(datetime.fromisoformat(row[2]) for row in rows)
        ids, people = {row[5] for row in rows}, {row[3] for row in rows if row[3]}
        expected[rows[0][1]] = (len(rows), len(ids), len(people), times[0], times[-1])
    columns = ("chat_id", "chat", "sent_at", "sender_id", "sender", "id", "text")
    choices = Choices(UTC, "UTC", columns=columns, zone_from="machine")
    done = await import_paths(archive, rooms, choices, format_name="delimited")
    found = [chat for report in await reports(archive, done) for chat in report.reported.chats]
    assert {
        chat.title: (chat.messages, chat.added, chat.participants, chat.first_at, chat.last_at) for chat in found
    } == expected
    assert {report.reported.zone_from for report in await reports(archive, done)} == {"file"}
