"""Exports of one chat that overlap: another date, a part of it, another telephone's clock; each message once."""

from dataclasses import replace
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.importing.account import conflicts
from backscroll.importing.dry_run import read_only
from backscroll.importing.format import Choices
from backscroll.importing.joining import renames_in
from backscroll.importing.pipeline import import_paths
from backscroll.importing.undoing import undo

BERLIN = Choices(ZoneInfo("Europe/Berlin"), "Europe/Berlin")
TOKYO = Choices(ZoneInfo("Asia/Tokyo"), "Asia/Tokyo")
SAID = (
    ("09:14:05", "Ana", "Has anyone seen the keys?"),
    ("09:14:20", "Bo", "no"),
    ("09:14:40", "Bo", "no"),
    ("09:15:10", "Ana", "found them"),
    ("09:15:30", "Bo", "ok"),
    ("09:15:50", "Ana", "ok"),
    ("09:16:00", "Bo", "ok"),
)
MINUTES = [f"13/03/2024, {clock[:5]} - {who}: {text}\n" for clock, who, text in SAID]
SECONDS = [f"[13/03/2024, {clock}] {who}: {text}\n" for clock, who, text in SAID]
IN_TOKYO = [f"13/03/2024, {int(clock[:2]) + 8}{clock[2:5]} - {who}: {text}\n" for clock, who, text in SAID]
TEXTS = [text for _, _, text in SAID]


def put(folder: Path, lines: list[str], name: str = "WhatsApp Chat with Home.txt") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("".join(lines), "utf-8")
    return path


async def held(archive: Archive) -> list[str]:
    (home,) = await archive.conversations.page(limit=2)
    found = [m.text for m in await archive.messages.after(home.id, limit=50)]
    assert home.message_count == len(found)
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (MINUTES, SECONDS),
        (SECONDS, MINUTES),
        (MINUTES[:5], SECONDS),
        (SECONDS[:5], MINUTES),
        (MINUTES[3:], SECONDS[:6]),
        (SECONDS[3:], MINUTES[:6]),
        (SECONDS[:2], SECONDS[1:]),
        (SECONDS[3:5], SECONDS),
    ],
)
async def test_a_clock_with_seconds_and_one_without_tell_of_the_same_messages(
    archive: Archive, tmp_path: Path, first: list[str], second: list[str]
) -> None:
    for turn, lines in enumerate((first, second, first, second)):
        report = await import_paths(archive, [put(tmp_path / str(turn), lines)], BERLIN)
        assert turn < 2 or report.stored.messages == 0
    assert sorted(await held(archive)) == sorted(TEXTS)


async def test_a_clock_in_another_zone_tells_of_the_same_messages(archive: Archive, tmp_path: Path) -> None:
    await import_paths(archive, [put(tmp_path / "a", MINUTES[:5])], BERLIN)
    report = await import_paths(archive, [put(tmp_path / "b", IN_TOKYO)], TOKYO)
    assert (report.stored.messages, report.stored.duplicates) == (2, 5)
    assert await held(archive) == TEXTS


async def test_other_names_for_the_same_people_are_not_merged_but_counted(archive: Archive, tmp_path: Path) -> None:
    await import_paths(archive, [put(tmp_path / "a", MINUTES)], BERLIN)
    renamed = [line.replace("Ana:", "Ana Ruiz:") for line in SECONDS]
    report = await import_paths(archive, [put(tmp_path / "b", renamed)], BERLIN)
    stored = report.stored
    assert (stored.messages, stored.duplicates, stored.doubles) == (3, 4, 2)  # "ok" is said by many
    run = (await archive.import_runs.page(limit=1))[0]
    assert any("by other names" in line for line in conflicts(run))
    await undo(archive, run.id)
    assert await held(archive) == TEXTS


async def test_an_export_goes_into_a_chat_of_another_title_whose_people_have_other_names(
    archive: Archive, tmp_path: Path
) -> None:
    await import_paths(archive, [put(tmp_path / "a", MINUTES)], BERLIN)
    theirs = [line.replace("Ana:", "Mum:") for line in SECONDS] + ["[13/03/2024, 09:20:00] Mum: one more\n"]
    path = put(tmp_path / "b", theirs, "WhatsApp Chat with Our house.txt")
    alone = await import_paths(archive, [path], BERLIN)  # what is known of its bytes is known of another chat
    assert alone.stored.messages == 8
    here = replace(BERLIN, into="Home", renames=renames_in(["Mum = Ana"]))
    looked = await read_only(archive.known, [path], here)
    for turn in (1, 0):
        stored = (await import_paths(archive, [path], here)).stored
        assert (stored.chats, stored.participants, stored.messages, stored.doubles) == (0, 0, turn, 0)
        assert stored.duplicates == 8 - turn
        assert not turn or looked.stored == stored
    await undo(archive, alone.runs[0])
    assert await held(archive) == [*TEXTS, "one more"]


@pytest.mark.parametrize(
    ("into", "renames", "code"),
    [
        ("Nowhere", (), "no_such_chat"),
        ("Room", (), "other_source"),
        ("Home", (("Mum", "Ana"),), "no_such_person"),
        ("Home", (), "several_chats"),
    ],
)
async def test_what_does_not_fit_into_a_chat_is_refused_before_anything_is_written(
    archive: Archive, tmp_path: Path, into: str, renames: tuple[tuple[str, str], ...], code: str
) -> None:
    table = put(tmp_path / "t", ["chat,sent_at,sender,text\n", "Room,2024-03-13T09:00:00Z,Ana,hello\n"], "rooms.csv")
    await import_paths(archive, [table, put(tmp_path / "a", MINUTES)], BERLIN)
    path = put(tmp_path / "b", SECONDS, "WhatsApp Chat with Our house.txt")
    if code == "several_chats":
        put(tmp_path / "b", SECONDS, "WhatsApp Chat with Garden.txt")
        path = path.parent
    before = await archive.conversations.totals()
    with pytest.raises(AppError) as raised:
        await import_paths(archive, [path], replace(BERLIN, into=into, renames=renames))
    assert raised.value.code == code
    assert await archive.conversations.totals() == before


async def test_a_longer_export_adds_what_is_equal_within_the_minute(archive: Archive, tmp_path: Path) -> None:
    lines = ["13/03/2024, 09:14 - Bo: no\n"] * 3
    for count in (1, 2, 3):
        report = await import_paths(archive, [put(tmp_path / str(count), lines[:count])], BERLIN)
        assert (report.stored.messages, report.stored.duplicates) == (1, count - 1)


async def test_two_dates_of_a_chat_in_one_folder_are_one_chat(archive: Archive, tmp_path: Path) -> None:
    put(tmp_path / "both", MINUTES[:5])
    put(tmp_path / "both", MINUTES, "WhatsApp Chat with Home (1).txt")
    report = await import_paths(archive, [tmp_path / "both"], BERLIN)
    assert (report.stored.chats, report.stored.messages, report.stored.duplicates) == (1, 7, 5)
    assert await held(archive) == TEXTS


async def test_parts_of_a_table_with_ids_come_together(archive: Archive, tmp_path: Path) -> None:
    rows = [f"c,2024-03-13T09:{i:02}:00Z,Ana,{i},text {i}\n" for i in range(30)]
    for name, part in (("a", rows[10:20]), ("b", rows[5:25]), ("c", rows)):
        path = put(tmp_path / name, ["chat,sent_at,sender,id,text\n", *part], "rooms.csv")
        await import_paths(archive, [path], Choices(UTC, "UTC"))
    assert await held(archive) == [f"text {i}" for i in range(30)]
