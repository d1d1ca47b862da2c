"""Searching in the browser."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from backscroll.archive.opening import Archive
from backscroll.model.query import Query
from backscroll.searching.finding import Finding, Found
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.screens.search import PAGE, SearchScreen
from tests.ui.around.looking import browsing, press, seen, settle
from tests.ui.keys import strike


async def test_hits_show_while_one_types(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:rota")
        assert "nothing found" in seen(pilot)
        await press(pilot, "paste:ted")
        assert "keys rotated" in seen(pilot)
        assert "Deploys · " in seen(pilot)
        assert "hits" in seen(pilot)


async def test_a_hit_opens_in_its_chat_and_esc_returns_to_the_search_as_it_was(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:failed")
        await press(pilot, "down", "j", "j")
        search = pilot.app.screen
        assert isinstance(search, SearchScreen)
        chosen = search.hits.current
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        assert "the deploy failed on node.js 18" in seen(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen is search
        assert search.asking.text == "failed"
        assert search.hits.current == chosen
        assert search.hits.highlighted == 2
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_a_query_that_cannot_be_understood_says_why_and_stays_quiet(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:before:soon")
        assert "before:soon is not a date" in seen(pilot)
        assert "Write before:2021" in seen(pilot)
        assert not pilot.app._notifications


async def test_the_next_page_comes_when_the_end_is_reached(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys", "down")
        hits = pilot.app.screen.hits
        assert len(hits.items) == PAGE
        for _ in range(PAGE // 10):
            await press(pilot, "pagedown")
        assert len(hits.items) > PAGE
        await press(pilot, "G")
        assert hits.highlighted == len(hits.items) - 1
        places = [(hit.message.sent_at, hit.message.id) for hit in hits.items]
        assert places == sorted(set(places), reverse=True)
        assert len(places) == 100 + 60 + 1 + 2  # family, deploys, the third chat, the hostile one
        assert "no more" in seen(pilot)


async def test_the_oldest_hit_comes_first_when_asked(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys")
        newest = pilot.app.screen.hits.current
        await press(pilot, "ctrl+o")
        assert "oldest first" in seen(pilot)
        assert pilot.app.screen.hits.current.message.sent_at < newest.message.sent_at
        await press(pilot, "ctrl+o")
        assert "best first" in seen(pilot)


async def test_a_search_opened_in_a_chat_stays_in_it_until_it_is_widened(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        chat = await small_archive.conversations.resolve("Deploys")
        await pilot.app.push_screen(SearchScreen("keys", chat))
        await settle(pilot)
        hits = pilot.app.screen.hits
        assert "Search Deploys" in seen(pilot)
        assert {hit.chat for hit in hits.items} == {"Deploys"}
        await press(pilot, "ctrl+f")
        assert "Search all chats" in seen(pilot)
        assert {hit.chat for hit in hits.items} > {"Deploys"}


async def test_what_was_said_around_a_hit_is_beside_it_where_there_is_room(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:anyone", "down")
        assert "under the plant" in seen(pilot)
    async with browsing(small_archive, size=(80, 24)) as pilot:
        await press(pilot, "slash", "paste:anyone", "down")
        assert "under the plant" not in seen(pilot)


async def test_hostile_words_and_titles_are_only_shown(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:owned")
        shown = seen(pilot)
        assert "[@click=app.quit]free[/] [/red]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        await pilot.click("#hits", offset=(4, 1))
        await settle(pilot)
        assert pilot.app.is_running


async def test_an_emptied_query_shows_what_can_be_asked(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:cat")
        await press(pilot, "backspace", "backspace", "backspace")
        assert pilot.app.screen.hits.items == []
        assert "from:ana" in seen(pilot)
        assert "one word or the other" in seen(pilot)


async def test_esc_ends_a_search_that_is_under_way_and_keeps_what_is_there(
    small_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, ended = Finding.find, asyncio.Event()

    async def slowly(finding: Finding, query: Query, **_: object) -> AsyncIterator[Found]:
        async for found in find(finding, query, limit=5):
            first = found
        try:
            yield replace(first, complete=False, cursor=None, searched_to=datetime(2021, 3, 15, tzinfo=UTC))
            await asyncio.Event().wait()
        finally:
            ended.set()

    monkeypatch.setattr(Finding, "find", slowly)
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash")
        await strike(pilot, "paste:keys")  # letter by letter, a slow machine would search for their beginning, too
        while "searching… · searched back to March 2021 · 5 hits" not in seen(pilot):
            await pilot.pause()
        assert not ended.is_set()
        await press(pilot, "escape")
        assert ended.is_set()
        assert isinstance(pilot.app.screen, SearchScreen)
        assert "stopped · searched back to March 2021 · 5 hits" in seen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)
