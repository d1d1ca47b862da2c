"""Bringing chats in on the screen: picking, looking, choosing, watching, cancelling, going on, and the report."""

import asyncio
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select

from backscroll.archive.batch import Stored
from backscroll.archive.opening import Archive
from backscroll.archive.staging import Staging
from backscroll.importing import batching
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import import_paths
from backscroll.ui.screens.bringing import BringingScreen
from backscroll.ui.screens.import_preview import ImportPreview
from backscroll.ui.screens.import_report import ImportReportScreen
from backscroll.ui.screens.import_running import ImportRunning
from backscroll.ui.screens.importing import ImportScreen
from backscroll.ui.screens.skipped import SkippedScreen
from backscroll.ui.widgets.folders import Folders
from backscroll.ui.widgets.import_choices import ImportChoices
from tests.exporting.noted import export, note
from tests.ui.around.looking import browsing, press, seen, settle

CHAT = """\
24/12/2023, 18:00 - Ana: The keys are on the table
24/12/2023, 18:05 - Bo: Found them, thank you
25/12/2023, 09:00 - Ana: Merry Christmas
"""
EITHER_WAY = """\
03/04/2021, 18:00 - Ana: The keys are on the table
04/05/2021, 18:05 - Bo: Found them, thank you
"""


def written(path: Path, lines: str | Iterable[str]) -> Path:
    path.write_text("".join(lines), "utf-8")
    return path


async def look(pilot: Pilot[None], path: Path, key: str = "i") -> None:
    """From the welcome to the look at a path."""
    await press(pilot, key)
    pilot.app.screen.query_one("#path", Input).value = str(path)
    await press(pilot, "enter")


@pytest.mark.parametrize("key", ["i", "I"], ids=["the welcome's key", "the key for everywhere"])
async def test_an_import_goes_from_a_path_over_a_look_to_its_report_and_the_chat(
    archive: Archive, tmp_path: Path, key: str
) -> None:
    path = written(tmp_path / "WhatsApp Chat with Family [@click=app.quit].txt", CHAT)
    async with browsing(archive) as pilot:
        await look(pilot, path, key)
        assert isinstance(pilot.app.screen, ImportPreview)
        shown = seen(pilot)
        for said in ("WhatsApp text export", "3 messages in Family [@click=app.quit]", "UTC, as the settings say"):
            assert said in shown
        assert "2023-12-24 18:00:00  Ana: The keys are on the table" in shown
        assert await archive.conversations.totals() == (0, 0)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportReportScreen)
        assert "3 new messages in 1 new chat" in seen(pilot)
        await press(pilot, "o")
        assert "Family [@click=app.quit]" in seen(pilot)
        assert "Merry Christmas" in seen(pilot)
    assert [chat.message_count for chat in await archive.conversations.page(limit=5)] == [3]


async def test_a_file_of_notes_is_brought_in_instead_of_looked_at(archive: Archive, tmp_path: Path) -> None:
    await note(archive)
    path = await export(archive, tmp_path / "notes.jsonl")
    async with browsing(archive) as pilot:
        await look(pilot, path, "I")
        assert isinstance(pilot.app.screen, BringingScreen)
        await press(pilot, "enter")
        assert "7  there already" in seen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ImportScreen)


async def test_a_zone_that_is_chosen_changes_the_look_and_what_is_stored(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path / "WhatsApp Chat with Family.txt", CHAT)
    async with browsing(archive) as pilot:
        await look(pilot, path)
        pilot.app.screen.query_one("#zone", Input).value = "Mars/Base"
        await settle(pilot)
        assert "There is no time zone Mars/Base" in seen(pilot)
        await press(pilot, "ctrl+j")
        assert isinstance(pilot.app.screen, ImportPreview)
        pilot.app.screen.query_one("#zone", Input).value = "Asia/Tokyo"
        pilot.app.screen.query_one("#title", Input).value = "Home"
        await settle(pilot)
        assert "Asia/Tokyo, as chosen for this import" in seen(pilot)
        await press(pilot, "ctrl+j")
        assert "Asia/Tokyo, as chosen for this import" in seen(pilot)
    (chat,) = await archive.conversations.page(limit=2)
    assert chat.title == "Home"
    assert chat.first_message_at == datetime(2023, 12, 24, 9, tzinfo=UTC)


async def test_an_export_goes_into_a_chat_that_is_named_under_the_names_that_are_there(
    archive: Archive, tmp_path: Path
) -> None:
    await import_paths(archive, [written(tmp_path / "WhatsApp Chat with Home.txt", CHAT)], Choices(UTC, "UTC"))
    more = CHAT.replace("Ana:", "Mum:") + "25/12/2023, 09:05 - Mum: and a happy new year\n"
    path = written(tmp_path / "WhatsApp Chat with Our house.txt", more)
    async with browsing(archive) as pilot:
        await look(pilot, path, "I")
        form = pilot.app.screen
        form.query_one("#into", Input).value = "Nowhere"
        await settle(pilot)
        assert "There is no chat “Nowhere”" in seen(pilot)
        form.query_one("#into", Input).value = "Home"
        form.query_one("#people", Input).value = "Mum"
        await settle(pilot)
        assert "A name is given as THERE=HERE" in seen(pilot)
        form.query_one("#people", Input).value = "Mum=Ana"
        await settle(pilot)
        await press(pilot, "ctrl+j")
        assert "1 new message" in seen(pilot)
    (home,) = await archive.conversations.page(limit=2)
    assert (home.title, home.message_count, home.participant_count) == ("Home", 4, 2)


async def test_dates_that_can_be_read_in_two_ways_are_shown_both_ways_and_chosen(
    archive: Archive, tmp_path: Path
) -> None:
    path = written(tmp_path / "WhatsApp Chat with Family.txt", EITHER_WAY)
    async with browsing(archive) as pilot:
        await look(pilot, path)
        shown = seen(pilot)
        for said in ("two ways", "2021-04-03 18:00:00", "2021-03-04 18:00:00", "“03/04/2021, 18:00 - Ana:” is 3"):
            assert said in shown
        assert pilot.app.focused is pilot.app.screen.query_one("#order", Select)
        await press(pilot, "ctrl+j")
        assert isinstance(pilot.app.screen, ImportPreview)
        assert await archive.conversations.totals() == (0, 0)
        await press(pilot, "enter", "down", "down", "enter")
        assert "2021-04-03" not in seen(pilot)
        await press(pilot, "ctrl+j")
        assert "2 new messages" in seen(pilot)
    chat = (await archive.conversations.page(limit=1))[0]
    assert chat.first_message_at
    assert (chat.first_message_at.month, chat.first_message_at.day) == (3, 4)


async def test_the_year_of_dates_that_name_none_is_asked_for(archive: Archive, tmp_path: Path) -> None:
    path = written(
        tmp_path / "WhatsApp Chat with Family.txt", "18:00, 24 Dec - Ana: The keys\n09:00, 2 Jan - Bo: Thanks\n"
    )
    async with browsing(archive) as pilot:
        await look(pilot, path)
        assert "The first is 24 Dec, the last is 2 Jan of the next year" in seen(pilot)
        year = pilot.app.screen.query_one("#year", Input)
        assert pilot.app.focused is year
        await press(pilot, "ctrl+j")
        assert isinstance(pilot.app.screen, ImportPreview)
        await press(pilot, "paste:2015")
        assert "2015-12-24 18:00:00  Ana: The keys" in seen(pilot)
        await press(pilot, "ctrl+j")
        assert "2 new messages" in seen(pilot)
    (chat,) = await archive.conversations.page(limit=2)
    assert chat.last_message_at == datetime(2016, 1, 2, 9, tzinfo=UTC)


async def test_an_order_that_another_export_tells_is_not_asked_for(archive: Archive, tmp_path: Path) -> None:
    written(tmp_path / "WhatsApp Chat with Family.txt", EITHER_WAY)
    written(tmp_path / "WhatsApp Chat with Work.txt", CHAT)
    async with browsing(archive) as pilot:
        await look(pilot, tmp_path)
        assert "two ways" not in seen(pilot)
        assert "2021-04-03 18:00:00" in seen(pilot)
        await press(pilot, "enter")
        assert "5 new messages in 2 new chats" in seen(pilot)


async def test_a_table_without_a_header_is_shown_and_its_columns_are_named(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path / "room.tsv", "2024-01-01T10:00:00Z\tAna\thello\n2024-01-01T11:00:00Z\tBo\tyes\n")
    async with browsing(archive) as pilot:
        await look(pilot, path)
        assert "1 2024-01-01T10:00:00Z  2 Ana  3 hello" in seen(pilot)
        assert pilot.app.focused is pilot.app.screen.query_one("#columns", Input)
        await press(pilot, "paste:sent_at,sender,text")
        assert "2024-01-01 10:00:00  Ana: hello" in seen(pilot)
        await press(pilot, "enter")
        assert "2 new messages in 1 new chat" in seen(pilot)


async def test_how_a_table_is_read_is_kept_by_a_name_and_fills_in_the_next_look(
    archive: Archive, tmp_path: Path
) -> None:
    path = written(tmp_path / "room.tsv", "01/02/2024 10:00\tAna\thello\n01/02/2024 11:00\tBo\tyes\n")
    async with browsing(archive) as pilot:
        await look(pilot, path)
        fields = pilot.app.screen.query_one(ImportChoices)
        fields.query_one("#keep", Input).value = "rooms"
        fields.query_one("#columns", Input).value = "sent_at,sender,text"
        fields.query_one("#order", Select).value = "mdy"
        await press(pilot, "enter")
        assert "2 new messages in 1 new chat" in seen(pilot)
        await press(pilot, "escape", "escape")
    later = written(tmp_path / "later.tsv", "01/03/2024 10:00\tAna\tgood morning\n")
    async with browsing(archive) as pilot:
        await look(pilot, later, "I")
        pilot.app.screen.query_one("#mapping", Select).value = "rooms"
        await settle(pilot)
        assert "2024-01-03 10:00:00  Ana: good morning" in seen(pilot)


async def test_what_nobody_knows_is_named_before_the_import_and_after_it(archive: Archive, tmp_path: Path) -> None:
    written(tmp_path / "WhatsApp Chat with Family.txt", CHAT)
    written(tmp_path / "shop\x1b[31mping.csv", "milk,bread\n")
    async with browsing(archive) as pilot:
        await look(pilot, tmp_path)
        for _ in range(2):
            assert "Not recognised" in seen(pilot)
            assert "ping.csv" in seen(pilot)
            assert "\x1b[31m" not in seen(pilot)
            await press(pilot, "enter")


async def test_a_path_where_nothing_is_says_so_and_leads_back(archive: Archive, tmp_path: Path) -> None:
    async with browsing(archive) as pilot:
        await press(pilot, "i", "enter")
        assert "No file or folder is named" in seen(pilot)
        pilot.app.screen.query_one("#path", Input).value = str(tmp_path / "nothing")
        await press(pilot, "enter")
        assert "is not there" in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportPreview)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ImportScreen)


async def test_a_path_is_completed_from_what_is_there(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "Down\x1b[31mhill").mkdir()
    async with browsing(archive) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("#path", Input).value = f"{tmp_path}/Down"
        await press(pilot, "end")
        await press(pilot, "right")
        await settle(pilot)
        assert pilot.app.screen.query_one("#path", Input).value == f"{tmp_path}/Downloads/"


async def test_a_file_of_the_tree_is_looked_at_and_the_folder_above_is_a_key_away(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    written(tmp_path / "WhatsApp Chat with Family.txt", CHAT)
    async with browsing(archive) as pilot:
        await press(pilot, "i")
        folders = pilot.app.screen.query_one(Folders)
        folders.focus()
        await press(pilot, "backspace")
        assert Path(folders.path) == tmp_path
        while len(folders.root.children) < 2:  # it is read in a worker of the tree's own
            await pilot.pause()
        await press(pilot, "down", "down", "enter")
        assert isinstance(pilot.app.screen, ImportPreview)
        assert "3 messages in Family" in seen(pilot)


async def test_several_files_are_marked_and_imported_at_once(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("A", "B", "C"):
        written(tmp_path / f"WhatsApp Chat with {name}.txt", CHAT)
    async with browsing(archive) as pilot:
        await press(pilot, "i")
        folders = pilot.app.screen.query_one(Folders)
        folders.focus()
        while len(folders.root.children) < 3:  # it is read in a worker of the tree's own
            await pilot.pause()
        await press(pilot, "down", "space", "down", "space", "down", "space", "up", "space")
        assert "2 marked: WhatsApp Chat with A.txt, WhatsApp" in seen(pilot)
        assert seen(pilot).count("✓") == 2
        await press(pilot, "ctrl+j")
        await press(pilot, "enter")
        assert seen(pilot).count("3 new messages in 1 new chat") == 2
    assert {chat.title for chat in await archive.conversations.page(limit=5)} == {"A", "C"}


async def test_a_cancelled_import_keeps_whole_batches_and_goes_on(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "BATCH", 1_000)
    monkeypatch.setattr(batching, "BATCH_MOST", 1_000)
    start = datetime(2020, 1, 1, tzinfo=UTC)
    rows = (f"{(start + timedelta(minutes=i)).isoformat()},Ana,message {i}\n" for i in range(40_000))
    path = written(tmp_path / "long.csv", ["sent_at,sender,text\n", *rows])
    store, turns, cancelled = Staging.store, count(1), asyncio.Event()

    async def store_some(self: Staging, *given: Any) -> Stored:
        if next(turns) > 5:
            await cancelled.wait()  # or to be cancelled
        return await store(self, *given)

    monkeypatch.setattr(Staging, "store", store_some)
    async with browsing(archive) as pilot:
        await look(pilot, path)
        estimate = re.search(r"about (\d\d),000 messages in long", seen(pilot))
        assert estimate
        assert 36 <= int(estimate[1]) <= 44
        await pilot.press("enter")
        while not (await archive.conversations.totals())[1]:
            await pilot.pause()
        assert isinstance(pilot.app.screen, ImportRunning)
        assert "messages read, " in seen(pilot)
        assert "a second" in seen(pilot)
        assert "%" in seen(pilot)
        await press(pilot, "escape")
        assert "Cancelled." in seen(pilot)
        assert "Close" in seen(pilot)
        kept = (await archive.conversations.totals())[1]
        assert 0 < kept < 40_000
        assert kept % 1_000 == 0
        cancelled.set()
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, ImportReportScreen)
        assert f"{40_000 - kept:,} new messages" in seen(pilot)
        await press(pilot, "escape")
        runs = pilot.app.screen.query_one("#runs", OptionList)
        assert "cancelled" in str(runs.get_option_at_index(1).prompt)
    assert (await archive.conversations.totals())[1] == 40_000


async def test_a_failed_import_says_why_and_can_be_taken_up_again(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path / "WhatsApp Chat with Family.txt", CHAT)
    async with browsing(archive) as pilot:
        await look(pilot, path)
        path.rename(tmp_path / "away.txt")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportRunning)
        assert "is not there" in seen(pilot)
        (tmp_path / "away.txt").rename(path)
        await press(pilot, "r")
        assert "3 new messages" in seen(pilot)


async def test_past_imports_are_listed_and_their_reports_and_skipped_lines_are_read_again(
    archive: Archive, tmp_path: Path
) -> None:
    path = written(tmp_path / "WhatsApp Chat with Family.txt", CHAT + "31/02/2024, 09:00 - Bo: [b]never[/b]\n")
    async with browsing(archive) as pilot:
        await look(pilot, path)
        for key in ("enter", "escape", "escape", "I", "ctrl+r"):
            await press(pilot, key)
        assert "WhatsApp Chat with Family.txt" in seen(pilot)
        assert "3 new, 1 not read" in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportReportScreen)
        assert "1 piece could not be read" in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, SkippedScreen)
        assert "WhatsApp Chat with Family.txt:4  the date or time does not exist" in seen(pilot)
        assert "31/02/2024, 09:00 - Bo: [b]never[/b]" in seen(pilot)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, ImportScreen)


async def test_the_mouse_goes_all_the_way(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path / "WhatsApp Chat with Family.txt", CHAT)
    async with browsing(archive) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("#path", Input).value = str(path)
        for button in ("#look", "#begin", "#open"):
            await pilot.click(button)
            await settle(pilot)
        assert "Merry Christmas" in seen(pilot)


async def test_files_of_messages_may_be_left_where_they_are(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path / "WhatsApp Chat with Family.txt", "24/12/2023, 18:00 - Ana: IMG-1.jpg (file attached)\n")
    (tmp_path / "IMG-1.jpg").write_bytes(b"a picture")
    async with browsing(archive) as pilot:
        await look(pilot, path)
        pilot.app.screen.query_one("#files", Select).value = "linked"
        await settle(pilot)
        await press(pilot, "ctrl+j")
        assert "1 file came in, 9 B." in seen(pilot)
    (linked,) = [one.attachment.path async for one in archive.attachments.all()]
    assert linked == str(tmp_path / "IMG-1.jpg")


async def test_an_import_is_taken_back_once_a_person_agrees(archive: Archive, tmp_path: Path) -> None:
    for name, text in (("Work", CHAT.replace("2023", "2021")), ("Family", CHAT)):
        path = written(tmp_path / f"WhatsApp Chat with {name}.txt", text)
        await import_paths(archive, [path], Choices(UTC, "UTC"))
    async with browsing(archive) as pilot:
        assert "Found them, thank you" in seen(pilot)
        await press(pilot, "I", "ctrl+r", "enter")
        assert isinstance(pilot.app.screen, ImportReportScreen)
        await press(pilot, "u")
        assert "3 messages of “WhatsApp Chat with Family.txt” go" in seen(pilot)
        await press(pilot, "escape")
        assert (await archive.conversations.totals()) == (2, 6)
        await press(pilot, "u", "y")
        assert isinstance(pilot.app.screen, ImportScreen)
        assert (await archive.conversations.totals()) == (1, 3)
        assert "undone" in seen(pilot)
        await press(pilot, "escape", "f5")
        shown = seen(pilot)
        assert "Work" in shown
        assert "Family" not in shown
        assert "There is no chat" not in shown
