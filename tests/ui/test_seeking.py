"""n and N walk the hits of a query through a whole chat or thread, and Ctrl+F searches where one reads."""

import pytest
from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.model.conversation import Place
from backscroll.searching.language import parse
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens.search import SearchScreen
from backscroll.ui.widgets.history import History
from tests.making import chat_id, store
from tests.ui import test_thread_pane
from tests.ui.reading_archive import LONG_COUNT
from tests.ui.seen import browser, main, open_chat, press, screen_text, still
from tests.ui.test_thread_pane import FAMILY, FORUM, forum

LONG = chat_id("long")
THREE = '"line 0" OR "line 365" OR "line 720"'


@pytest.fixture
async def threaded(reading: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setattr(test_thread_pane, "FERRIES", 400)
    await store(reading, forum())
    return reading


async def lit(pilot: Pilot[None], archive: Archive, chat: object, query: str) -> History:
    """A chat opened at its newest message, with a query lit."""
    await still(pilot)
    newest = (await archive.messages.before(chat, limit=1))[0]  # type: ignore[arg-type]
    assert isinstance(pilot.app, BackscrollApp)
    pilot.app.show_place(Place(newest.conversation_id, newest.cursor), parse(query))
    await still(pilot)
    return main(pilot).chat_history


def at(history: History) -> str:
    assert history.current is not None
    return history.current.text.splitlines()[0].partition(" and")[0]


async def test_hits_are_found_where_nothing_is_loaded_yet_until_there_is_none(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40), notifications=True) as pilot:
        history = await lit(pilot, reading, LONG, THREE)
        assert at(history) == f"line {LONG_COUNT - 1}"
        await press(pilot, "N")
        assert at(history) == "line 720"
        assert not any(m.text.startswith("line 365") for m in history.blocks.messages)
        await press(pilot, "N")
        assert at(history) == "line 365"
        assert "hit 2 of 3" in screen_text(pilot)
        await press(pilot, "j")
        assert "hit 2 of 3" not in screen_text(pilot)
        await press(pilot, "N", "N")
        assert at(history) == "line 0"
        assert "hit 1 of 3" in screen_text(pilot)
        await press(pilot, "N")
        assert at(history) == "line 0"
        assert "No hit in this chat before this message" in screen_text(pilot)
        await press(pilot, "n", "n")
        assert at(history) == "line 720"
        assert history.lit is not None
        await press(pilot, "n")
        assert "No hit in this chat after this message" in screen_text(pilot)


async def test_who_comes_from_a_search_is_told_which_hit_it_is(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        await press(pilot, "slash", *'"line 365" OR "line 700"')
        await press(pilot, "enter")
        assert at(main(pilot).chat_history) == "line 700"
        assert "hit 2 of 2" in screen_text(pilot)
        await press(pilot, "[")
        assert "hit 2 of 2" not in screen_text(pilot)


async def test_a_place_that_is_no_hit_is_not_told_as_one(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await lit(pilot, reading, LONG, THREE)
        assert history.current is not None
        assert " of 3" not in screen_text(pilot)


async def test_hits_of_filters_are_walked_as_those_of_words_are(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await lit(pilot, reading, FAMILY, "has:image OR type:system")
        await press(pilot, "N")
        assert at(history) == "thanks!"
        await press(pilot, "N")
        assert at(history) == "Ana created the group"


async def test_quick_presses_are_taken_one_after_another(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await lit(pilot, reading, LONG, THREE)
        await pilot.press("N", "N", "N")
        await still(pilot)
        assert at(history) == "line 0"


async def test_without_a_search_n_says_how_to_begin_one(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40), notifications=True) as pilot:
        history = await open_chat(pilot, LONG)
        before = history.current
        await press(pilot, "n")
        assert history.current == before
        assert "Nothing is searched for here" in screen_text(pilot)


async def test_in_a_thread_the_hits_of_the_thread_are_walked(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(160, 40), notifications=True) as pilot:
        await lit(pilot, threaded, FORUM, '"ferry 3" OR "ferry 330" OR cake')
        screen = main(pilot)
        thread = next(m.thread_id for m in screen.chat_history.blocks.messages if m.text == "ferry 397")
        assert thread is not None
        screen.show_thread(FORUM, thread)
        await still(pilot)
        beside = screen.details.thread_history
        assert screen.history is beside
        await press(pilot, "n")
        assert at(beside) == "ferry 3"
        assert not any(m.text == "ferry 330" for m in beside.blocks.messages)
        await press(pilot, "n")
        assert at(beside) == "ferry 330"
        assert "hit 2 of 2" in screen_text(pilot)
        await press(pilot, "n")
        assert "No hit in this thread after this message" in screen_text(pilot)


async def test_in_a_chain_of_replies_the_hits_of_the_chain_are_walked(reading: Archive) -> None:
    async with browser(reading).run_test(size=(160, 40)) as pilot:
        history = await lit(pilot, reading, FAMILY, "keys OR plant OR thanks")
        history.put_cursor(1)
        await press(pilot, "t")
        beside = main(pilot).details.thread_history
        assert main(pilot).history is beside
        assert at(beside) == "Has anyone seen the keys?"
        await press(pilot, "n")
        assert at(beside) == "under the plant, as ever"
        await press(pilot, "n")
        assert at(beside) == "under the plant, as ever"
        await press(pilot, "N")
        assert at(beside) == "Has anyone seen the keys?"


async def test_ctrl_f_searches_the_chat_that_one_reads_and_then_wider(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await open_chat(pilot, FAMILY)
        await press(pilot, "ctrl+f", "paste:hello")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert "Search Family" in screen_text(pilot)
        assert pilot.app.screen.hits.items == []
        await press(pilot, "ctrl+f")
        assert "Search all chats" in screen_text(pilot)
        assert pilot.app.screen.hits.items
        await press(pilot, "ctrl+f")
        assert "Search Family" in screen_text(pilot)


async def test_ctrl_f_in_a_thread_searches_the_thread_then_its_chat_then_all(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(160, 40)) as pilot:
        await open_chat(pilot, FORUM)
        await press(pilot, "home", "j", "t")
        await press(pilot, "ctrl+f", "paste:the")
        search = pilot.app.screen
        assert isinstance(search, SearchScreen)
        assert "Search When does the ferry leave?" in screen_text(pilot)
        assert {hit.message.text for hit in search.hits.items} == {"When does the ferry leave?"}
        await press(pilot, "ctrl+f")
        assert "Search Forum" in screen_text(pilot)
        texts = {hit.message.text for hit in search.hits.items}
        assert texts == {"When does the ferry leave?", "Who bakes the cake?", "I bake the cake", "by the way"}
        await press(pilot, "ctrl+f")
        assert "Search all chats" in screen_text(pilot)
        assert {hit.chat for hit in search.hits.items} >= {"Forum", "Family"}
