"""An empty archive, and bringing chats into it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from backscroll.archive.opening import Archive
from backscroll.ui.screens.importing import ImportScreen
from backscroll.ui.screens.welcome import WelcomeScreen
from tests.ui.around.looking import browsing, press, seen, settle

_CHAT = """\
24/12/2023, 18:00 - Ana: The keys are on the table
24/12/2023, 18:05 - Bo: Found them, thank you
25/12/2023, 09:00 - Ana: Merry Christmas
"""
_EITHER_WAY = """\
03/04/2021, 18:00 - Ana: The keys are on the table
04/05/2021, 18:05 - Bo: Found them, thank you
"""


async def test_an_empty_archive_welcomes_and_leads_to_the_import(archive: Archive) -> None:
    async with browsing(archive) as pilot:
        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert "This archive is empty" in seen(pilot)
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, ImportScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WelcomeScreen)


async def test_what_is_left_to_do_after_an_update_is_said(archive: Archive) -> None:
    async with browsing(replace(archive, advice="Do [b]this[/b] now.")) as pilot:
        assert "The archive was updated" in seen(pilot)
        assert "Do [b]this[/b] now." in seen(pilot)


@pytest.mark.parametrize("key", ["i", "I"], ids=["the welcome's key", "the key for everywhere"])
async def test_an_import_brings_its_chat_and_says_what_came(archive: Archive, tmp_path: Path, key: str) -> None:
    path = tmp_path / "WhatsApp Chat with Family [@click=app.quit].txt"
    path.write_text(_CHAT, "utf-8")
    async with browsing(archive) as pilot:
        await press(pilot, key)
        pilot.app.screen.query_one("#path", Input).value = str(path)
        await press(pilot, "enter")
        assert "3 messages came in" in seen(pilot)
        await press(pilot, "ctrl+j")
        assert "3 messages had been there before" in seen(pilot)
        await press(pilot, "escape")
        assert "Family [@click=app.quit]" in seen(pilot)
        assert "Merry Christmas" in seen(pilot)
    assert [chat.message_count for chat in await archive.conversations.page(limit=5)] == [3]


async def test_dates_that_can_be_read_in_two_ways_are_asked_about(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Family.txt"
    path.write_text(_EITHER_WAY, "utf-8")
    async with browsing(archive) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("#path", Input).value = str(path)
        await press(pilot, "enter")
        assert "can be read in two ways" in seen(pilot)
        assert await archive.conversations.totals() == (0, 0)
        await press(pilot, "enter", "down", "enter")
        assert "2 messages came in" in seen(pilot)
    chat = (await archive.conversations.page(limit=1))[0]
    assert chat.first_message_at
    assert (chat.first_message_at.month, chat.first_message_at.day) == (4, 3)


async def test_a_path_where_nothing_is_says_so_and_the_screen_stays(archive: Archive, tmp_path: Path) -> None:
    async with browsing(archive) as pilot:
        await press(pilot, "i", "enter")
        assert "No file or folder is named" in seen(pilot)
        pilot.app.screen.query_one("#path", Input).value = str(tmp_path / "nothing")
        await press(pilot, "enter")
        assert "is not there" in seen(pilot)
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


async def test_the_sample_archive_is_one_key_away(archive: Archive) -> None:
    async with browsing(archive) as pilot:
        await press(pilot, "s")
        assert not isinstance(pilot.app.screen, WelcomeScreen)
    chats, messages = await archive.conversations.totals()
    assert chats > 1
    assert messages > 100


async def test_a_cancelled_import_says_so_and_can_be_taken_up_again(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    start = datetime(2020, 1, 1, tzinfo=UTC)
    lines = (f"{(start + timedelta(minutes=i)).isoformat()},Ana,message {i}\n" for i in range(60_000))
    path.write_text("sent_at,sender,text\n" + "".join(lines), "utf-8")
    async with browsing(archive) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("#path", Input).value = str(path)
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ImportScreen)
        assert "Cancelled." in seen(pilot)
        await press(pilot, "enter")
        assert "came in" in seen(pilot)
    assert (await archive.conversations.totals())[1] == 60_000
