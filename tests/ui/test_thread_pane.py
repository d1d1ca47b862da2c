"""A thread is read beside its chat, follows the cursor there, and leads back into it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person, Record, Topic
from backscroll.model.conversation import Place
from backscroll.searching.language import parse
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens.threads import ThreadsScreen
from backscroll.ui.widgets.history import History
from tests.making import START, chat_id, store
from tests.ui.seen import browser, history_lines, in_view, main, open_chat, press, screen_text, still

FORUM, FAMILY = chat_id("forum"), chat_id("family")
FERRIES = 140


def forum() -> Iterator[Record]:
    """Two threads that cross, one of them long, between messages of none."""
    yield Chat("forum", "Forum")
    yield Person("forum", "ana", "Ana")
    yield Topic("forum", "ferry", "When does the ferry leave?", root="f1")
    yield Topic("forum", "cake", "Who bakes the cake?", root="f2")
    said: list[tuple[str, str | None, str | None]] = [
        ("good morning", None, None),
        ("When does the ferry leave?", "ferry", None),
        ("Who bakes the cake?", "cake", None),
        ("ferry 0", "ferry", "f1"),
        ("I bake the cake", "cake", "f2"),
        ("by the way", None, None),
        *((f"ferry {n}", "ferry", "f1") for n in range(1, FERRIES)),
        ("that is all", None, None),
    ]
    for n, (text, thread, parent) in enumerate(said):
        at = START + timedelta(minutes=n)
        yield Entry("forum", at, "ana", text, external_id=f"f{n}", thread=thread, parent=parent)


@pytest.fixture
async def threaded(reading: Archive) -> Archive:
    await store(reading, forum())
    return reading


def put(history: History, text: str) -> None:
    history.put_cursor(next(i for i, m in enumerate(history.blocks.messages) if m.text == text))


async def opened(pilot: Pilot[None]) -> History:
    """The forum, read from its beginning."""
    history = await open_chat(pilot, FORUM)
    await press(pilot, "home")
    return history


def thread(pilot: Pilot[None]) -> History:
    return main(pilot).details.thread_history


def at(history: History) -> str:
    assert history.current is not None
    return history.current.text


async def test_t_opens_the_thread_beside_the_chat_at_the_message_that_one_came_from(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "I bake the cake")
        await press(pilot, "t")
        assert pilot.app.focused is thread(pilot)
        assert [m.text for m in thread(pilot).blocks.messages] == ["Who bakes the cake?", "I bake the cake"]
        assert at(thread(pilot)) == at(history) == "I bake the cake"
        lines = [line.strip() for line in history_lines(thread(pilot))]
        assert lines[0] == "beginning of the thread"
        assert lines[3] == "Who bakes the cake?"
        assert "1 reply" in lines[4], "the head stands apart"
        assert not any("┌" in line for line in lines), "that it answers the head goes without saying"
        assert str(main(pilot).details.border_title) == "Who bakes the cake?"
        assert screen_text(pilot).count("I bake the cake") == 2


async def test_a_long_thread_is_paged_both_ways_and_has_its_head_at_the_beginning(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "ferry 70")
        await press(pilot, "t")
        assert at(thread(pilot)) == "ferry 70"
        assert thread(pilot).current in in_view(thread(pilot))
        await press(pilot, "end")
        assert at(thread(pilot)) == f"ferry {FERRIES - 1}"
        await press(pilot, "home")
        assert at(thread(pilot)) == "When does the ferry leave?"
        assert f"{FERRIES} replies" in "".join(history_lines(thread(pilot)))
        for _ in range(12):
            await press(pilot, "pagedown")
        texts = [m.text for m in thread(pilot).blocks.messages[1:]]
        assert texts == [f"ferry {n}" for n in range(FERRIES)]


async def test_the_keys_of_reading_are_about_the_message_in_the_thread(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "I bake the cake")
        await press(pilot, "t", "k", "b", "y")
        assert "Who bakes the cake?" in pilot.app.clipboard
        assert [m.text for m in history.blocks.messages if m.is_bookmarked] == ["Who bakes the cake?"]
        assert any("★" in line for line in history_lines(history)), "it is marked in the chat as well"
        assert at(history) == "I bake the cake"
        assert "5 of 146" in screen_text(pilot), "the timeline is the chat's"
        await press(pilot, "2")
        assert "★ bookmarked" in screen_text(pilot), "the notes are of the message in the thread"
        await press(pilot, "escape")
        assert "★ bookmarked" not in screen_text(pilot), "and then of the one in the chat"


@pytest.mark.parametrize("key", ["enter", "z"])
async def test_enter_in_a_thread_shows_the_message_in_the_chat(threaded: Archive, key: str) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "ferry 0")
        await press(pilot, "t", "end", key)
        assert pilot.app.focused is history
        assert at(history) == f"ferry {FERRIES - 1}"
        assert at(thread(pilot)) == f"ferry {FERRIES - 1}", "the thread stays as it was"
        await press(pilot, "backspace")
        assert at(history) == "ferry 0"


async def test_esc_leads_from_the_thread_back_to_the_place_in_the_chat(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        await press(pilot, "pagedown", "k", "k")
        before = at(history), history.scroll_offset
        await press(pilot, "t", "home", "j", "j", "escape")
        assert pilot.app.focused is history
        assert (at(history), history.scroll_offset) == before


async def test_the_thread_follows_the_cursor_in_the_chat(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "I bake the cake")
        await press(pilot, "t", "escape", "j")
        assert at(history) == "by the way"
        assert at(thread(pilot)) == "I bake the cake", "a message of no thread leaves the last one"
        await press(pilot, "j")
        assert at(history) == at(thread(pilot)) == "ferry 1"
        assert pilot.app.focused is history
        await press(pilot, "k", "k", "k")
        assert at(history) == "ferry 0"
        await press(pilot, "k")
        assert at(thread(pilot)) == "Who bakes the cake?"


async def test_a_thread_that_nobody_looks_at_is_not_read(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "I bake the cake")
        await still(pilot)
        assert not thread(pilot).blocks.messages
        await press(pilot, "l", "1")
        assert [m.text for m in thread(pilot).blocks.messages] == ["Who bakes the cake?", "I bake the cake"]


async def test_the_thread_shows_although_the_details_were_hidden(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "ferry 0")
        await press(pilot, "d", "t")
        assert pilot.app.focused is thread(pilot)
        assert "replies" in screen_text(pilot)


async def test_where_there_is_less_room_the_thread_stands_in_place_of_a_pane(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(90, 30)) as pilot:
        history = await opened(pilot)
        put(history, "ferry 0")
        await press(pilot, "t")
        shown = [str(pane.id) for pane in pilot.app.screen.query(".pane") if pane.region.area]
        assert shown == ["reading", "details"]
        await press(pilot, "escape")
        await pilot.resize_terminal(60, 24)
        await press(pilot, "t")
        shown = [str(pane.id) for pane in pilot.app.screen.query(".pane") if pane.region.area]
        assert shown == ["details"]
        assert pilot.app.focused is thread(pilot)
        await press(pilot, "home", "enter")
        assert pilot.app.focused is history
        assert at(history) == "When does the ferry leave?"


async def test_a_reply_without_a_thread_leads_to_all_that_was_answered(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        put(history, "under the plant, as ever")
        await press(pilot, "t")
        assert pilot.app.focused is thread(pilot)
        assert [m.text for m in thread(pilot).blocks.messages] == [
            "Has anyone seen the keys?",
            "under the plant, as ever",
        ]
        assert at(thread(pilot)) == "under the plant, as ever"
        assert "Replies" in screen_text(pilot)
        await press(pilot, "home", "enter")
        assert pilot.app.focused is history
        assert at(history) == "Has anyone seen the keys?"


async def test_what_others_add_to_the_open_thread_is_shown_and_the_cursor_stays(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "I bake the cake")
        await press(pilot, "t")
        answer = Entry("forum", START + timedelta(days=2), "ana", "With plums?", thread="cake", parent="f4")
        answer.external_id = "new"
        await store(threaded, [Chat("forum", "Forum"), Person("forum", "ana", "Ana"), answer])
        await press(pilot, "f5")
        assert [m.text for m in thread(pilot).blocks.messages][-1] == "With plums?"
        assert at(thread(pilot)) == "I bake the cake"


async def test_a_message_of_no_thread_says_so(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40), notifications=True) as pilot:
        await open_chat(pilot, FORUM)
        await press(pilot, "t")
        assert "This message is in no thread" in screen_text(pilot)
        assert pilot.app.focused is main(pilot).chat_history


async def test_another_chat_leaves_the_thread(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "ferry 0")
        await press(pilot, "t", "escape")
        await open_chat(pilot, FAMILY)
        assert not thread(pilot).blocks.messages
        assert "t on a message of a thread" in screen_text(pilot)
        await press(pilot, "l", "j", "pageup", "home", "end", "enter", "b", "t", "z")


async def test_a_thread_read_to_its_end_is_not_the_chat_read_to_its_end(threaded: Archive) -> None:
    first = (await threaded.messages.after(FORUM, limit=1))[0]
    await threaded.conversations.mark_read(FORUM, first.cursor)
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await open_chat(pilot, FORUM)
        put(history, "ferry 0")
        await press(pilot, "t", "end")
        assert thread(pilot).shows_end
        assert (await threaded.conversations.get(FORUM)).unread == FERRIES + 5


async def test_the_list_of_threads_leads_to_the_pane_and_esc_back_to_the_list(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await open_chat(pilot, FORUM)
        await press(pilot, "T")
        assert isinstance(pilot.app.screen, ThreadsScreen)
        seen = screen_text(pilot)
        assert "When does the ferry leave?" in seen
        assert f"Ana · {FERRIES} replies" in seen
        assert "Ana · 1 reply" in seen
        await press(pilot, "j", "enter")
        assert pilot.app.focused is thread(pilot)
        assert at(thread(pilot)) == "Who bakes the cake?"
        await press(pilot, "j", "enter")
        assert at(history) == "I bake the cake"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ThreadsScreen)
        await press(pilot, "enter", "escape")
        assert pilot.app.focused is history
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ThreadsScreen)
        await press(pilot, "escape")
        assert pilot.app.screen is main(pilot)


async def test_a_thread_from_the_list_stays_although_the_chat_is_at_another_one(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        history = await opened(pilot)
        put(history, "ferry 0")
        await press(pilot, "T", "j", "enter")
        assert at(thread(pilot)) == "Who bakes the cake?"
        assert at(history) == "ferry 0"


async def test_a_reply_leads_to_its_parent_and_backspace_back_with_what_was_lit(threaded: Archive) -> None:
    async with browser(threaded).run_test(size=(130, 40)) as pilot:
        await still(pilot)
        assert isinstance(pilot.app, BackscrollApp)
        reply = next(m for m in await threaded.messages.after(FORUM, limit=200) if m.text == "ferry 120")
        sought = parse("ferry")
        pilot.app.show_place(Place(FORUM, reply.cursor), sought)
        await still(pilot)
        history = main(pilot).chat_history
        row = history.blocks.first_line(history.cursor_index or 0) - history.scroll_offset.y
        await press(pilot, "enter")
        assert at(history) == "When does the ferry leave?"
        await press(pilot, "backspace")
        assert at(history) == "ferry 120"
        assert history.lit == sought
        assert history.blocks.first_line(history.cursor_index or 0) - history.scroll_offset.y == row
        await press(pilot, "alt+right")
        assert at(history) == "When does the ferry leave?"
