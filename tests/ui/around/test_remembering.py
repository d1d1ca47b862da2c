"""Asking again in the browser: the history of searches, and those that were saved."""

from collections.abc import AsyncIterator

import pytest

from backscroll.archive.opening import Archive
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.screens.recall import RecallScreen
from backscroll.ui.screens.search import SearchScreen
from tests.ui.around.looking import browsing, press, seen, settle
from tests.ui.around.test_asking import asked
from tests.ui.around.test_results import ROOMY, choose, total


@pytest.fixture
async def archive(small_archive: Archive) -> AsyncIterator[Archive]:
    """The small archive, with nothing asked before nor after; other tests of these screens ask too."""
    await _forget(small_archive)
    yield small_archive
    await _forget(small_archive)


async def _forget(archive: Archive) -> None:
    for kept in await archive.saved.all():
        await archive.saved.remove(kept.name)
    for query in await archive.saved.history():
        await archive.saved.forget(query)


async def test_a_query_is_remembered_when_it_is_meant_and_not_at_each_key(archive: Archive) -> None:
    async with browsing(archive) as pilot:
        await press(pilot, "slash", "paste:plant")
        assert await archive.saved.history() == []
        await press(pilot, "enter")
        assert await archive.saved.history() == ["plant"]
        assert isinstance(pilot.app.screen, MainScreen)
        await press(pilot, "escape", "ctrl+u", "paste:rotated")
        await press(pilot, "down", "enter")
        assert await archive.saved.history() == ["rotated", "plant"]
        await press(pilot, "escape", "slash", "ctrl+u", "paste:before:soon", "enter")
        assert await archive.saved.history() == ["rotated", "plant"]


async def test_up_recalls_what_was_asked_before_and_down_leads_back_to_what_was_typed(archive: Archive) -> None:
    for query in ("one", "in:family"):
        await archive.saved.remember(query)
    async with browsing(archive) as pilot:
        await press(pilot, "slash", "paste:half")
        for key, shown in (
            ("up", "in:family"),
            ("up", "one"),
            ("up", "one"),
            ("down", "in:family"),
            ("down", "half"),
        ):
            await press(pilot, key)
            assert asked(pilot) == shown


async def test_a_search_is_saved_by_a_name_and_asked_again_in_its_chat_and_order(archive: Archive) -> None:
    async with browsing(archive) as pilot:
        chat = await archive.conversations.resolve("Deploys")
        await pilot.app.push_screen(SearchScreen("keys", chat))
        await settle(pilot)
        await press(pilot, "ctrl+o", "ctrl+b", "paste:Key changes", "enter")
        (kept,) = await archive.saved.all()
        assert (kept.name, kept.query, kept.order, kept.conversation) == ("Key changes", "keys", "oldest", "Deploys")
        await press(pilot, "escape", "slash", "paste:plant", "ctrl+r")
        assert isinstance(pilot.app.screen, RecallScreen)
        assert "Key changes" in seen(pilot)
        await press(pilot, "paste:change", "enter")
        assert asked(pilot) == "keys"
        assert "Search Deploys" in seen(pilot)
        assert "oldest first" in seen(pilot)
        await press(pilot, "ctrl+f")
        assert "Search all chats" in seen(pilot)


async def test_a_saved_search_keeps_what_it_was_narrowed_to(archive: Archive) -> None:
    async with browsing(archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:keys")
        await choose(pilot, "Deploys")
        await choose(pilot, "2019")
        narrowed = await total(archive, pilot)
        assert 0 < narrowed < 60
        await press(pilot, "ctrl+b", "paste:Narrow", "enter")
        (kept,) = await archive.saved.all()
        assert [choice["value"] for choice in kept.narrowed_to] == ["Deploys", "2019"]
        await press(pilot, "escape", "escape", "slash", "ctrl+u", "paste:plant", "ctrl+r")
        assert "only Deploys, 2019" in seen(pilot)
        await press(pilot, "paste:narrow", "enter")
        assert "Only in Deploys" in seen(pilot)
        assert await total(archive, pilot) == narrowed
        await choose(pilot, "2019")
        assert await total(archive, pilot) == 60, "what was chosen is the same as what can be chosen"


async def test_what_was_asked_before_is_forgotten_by_delete(archive: Archive) -> None:
    for query in ("one", "two"):
        await archive.saved.remember(query)
    await archive.saved.add("Three", "three")
    async with browsing(archive) as pilot:
        await press(pilot, "slash", "ctrl+r", "down", "delete")
        assert await archive.saved.history() == ["one"]
        await press(pilot, "up", "delete")
        assert await archive.saved.all() == []
        await press(pilot, "paste:zzz")
        assert "Nothing like it was asked before." in seen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, SearchScreen)


async def test_nothing_is_saved_without_a_query_or_without_a_name(archive: Archive) -> None:
    async with browsing(archive) as pilot:
        await press(pilot, "slash", "ctrl+b")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert "nothing to save" in seen(pilot)
        await press(pilot, "paste:plant", "ctrl+b", "enter", "escape")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert await archive.saved.all() == []
