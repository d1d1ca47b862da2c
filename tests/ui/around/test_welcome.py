"""An empty archive, and what leads out of it."""

from dataclasses import replace

from backscroll.archive.opening import Archive
from backscroll.ui.screens.importing import ImportScreen
from backscroll.ui.screens.welcome import WelcomeScreen
from tests.ui.around.looking import browsing, press, seen


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


async def test_the_sample_archive_is_one_key_away(archive: Archive) -> None:
    async with browsing(archive) as pilot:
        await press(pilot, "s")
        assert not isinstance(pilot.app.screen, WelcomeScreen)
    chats, messages = await archive.conversations.totals()
    assert chats > 1
    assert messages > 100
