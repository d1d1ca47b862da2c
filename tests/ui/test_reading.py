"""Paging through a chat: nothing is missed or shown twice, and the view stays where the reader left it."""

from textual.events import MouseScrollUp

from backscroll.archive.opening import Archive
from backscroll.ui.widgets.history import History
from tests.making import chat_id
from tests.ui.reading_archive import LONG_COUNT
from tests.ui.seen import browser, history_lines, in_view, main, open_chat, press, screen_text, still

LONG = chat_id("long")


def words(history: History) -> list[str]:
    return [line.rstrip() for line in history_lines(history)]


def row_of(history: History, text: str) -> int:
    return next(row for row, line in enumerate(history_lines(history)) if text in line)


async def test_the_browser_opens_on_the_newest_messages_of_the_newest_chat(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        seen = screen_text(pilot)
        assert "Backscroll" in seen
        assert "Family" in seen
        assert "See you at eight then" in seen
        assert main(pilot).history.shows_end


async def test_a_chat_opens_at_its_newest_message(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        assert history.current is not None
        assert history.current.text.startswith(f"line {LONG_COUNT - 1}")
        assert f"line {LONG_COUNT - 1}" in screen_text(pilot)
        assert f"{LONG_COUNT} of {LONG_COUNT}" in screen_text(pilot)


async def test_scrolling_up_to_the_first_message_shows_every_one_once_and_in_order(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        seen = [m.text.split()[1] for m in in_view(history)]
        for _ in range(200):
            await press(pilot, "pageup")
            view = [m.text.split()[1] for m in in_view(history)]
            assert seen[0] in view, "a page was skipped"
            seen = view[: view.index(seen[0])] + seen
            if history.stretch.at_start and history.scroll_offset.y == 0:
                break
        assert seen == [str(number) for number in range(LONG_COUNT)]
        assert "beginning of the chat" in screen_text(pilot)


async def test_the_view_does_not_jump_when_a_page_comes_in_above(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        window = main(pilot).chat_history.window
        assert window is not None
        before, held = words(history), len(window.messages)
        await window.older()
        history.take()
        await still(pilot)
        assert len(window.messages) > held
        assert words(history) == before


async def test_pages_that_are_let_go_do_not_move_the_view_either(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        screen = main(pilot)
        assert screen.chat_history.window is not None
        screen.chat_history.window._cap = 200
        await press(pilot, *["pageup"] * 8)
        assert len(screen.chat_history.window.messages) <= 200
        assert not screen.chat_history.window.at_end
        before = words(history)
        await screen.chat_history.window.newer()
        history.take()
        await still(pilot)
        assert words(history) == before


async def test_the_message_under_the_cursor_keeps_its_row_when_the_terminal_is_resized(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        await press(pilot, "pageup", "pageup", "k", "k", "k", "k")
        assert history.current is not None
        text = history.current.text.split("\n")[0][:12]
        row = row_of(history, text)
        await pilot.resize_terminal(84, 40)
        await still(pilot)
        assert row_of(history, text) == row
        await pilot.resize_terminal(150, 40)
        await still(pilot)
        assert row_of(history, text) == row
        assert history.current.text.startswith(text)


async def test_home_and_end_lead_to_the_first_and_last_message_at_once(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        await press(pilot, "home")
        assert "line 0" in words(history)[2]
        assert f"1 of {LONG_COUNT}" in screen_text(pilot)
        await press(pilot, "end")
        assert history.current is not None
        assert history.current.text.startswith(f"line {LONG_COUNT - 1}")
        await press(pilot, "g", "g")
        assert history.current.text.startswith("line 0")
        await press(pilot, "G")
        assert history.shows_end


async def test_j_and_k_move_by_one_message_and_keep_it_in_view(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        for number in range(1, 41):
            await pilot.press("k")
            assert history.current is not None
            assert history.current.text.split()[1] == str(LONG_COUNT - 1 - number)
            assert history.current in in_view(history)
        await pilot.press("j")
        assert history.current.text.split()[1] == str(LONG_COUNT - 40)


async def test_the_wheel_takes_the_cursor_along(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        for _ in range(30):
            await pilot._post_mouse_events([MouseScrollUp], History, offset=(5, 5))
        await still(pilot)
        assert not history.shows_end
        assert history.current in in_view(history)


async def test_a_click_puts_the_cursor_on_a_message(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        wanted = in_view(history)[3]
        index = history.blocks.index_of(wanted.id)
        assert index is not None
        await pilot.click(History, offset=(20, history.blocks.first_line(index) - history.scroll_offset.y))
        assert history.current == wanted


async def test_a_date_is_one_jump_away(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        await press(pilot, "g", "paste:2024-04-01", "enter")
        assert history.current is not None
        assert history.current.clock.date().isoformat() == "2024-04-01"
        assert "Mon 1 Apr 2024" in screen_text(pilot)


async def test_an_empty_chat_says_so(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("empty"))
        assert "This chat has no messages yet" in "\n".join(words(history))
        await press(pilot, "j", "pageup", "home", "end", "enter", "b", "y", "t", "n")


async def test_a_chat_that_was_opened_and_seen_to_its_end_is_read(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        family = chat_id("family")
        assert (await reading.conversations.get(family)).unread == 14, "a glance is not reading"
        await open_chat(pilot, family)
        assert (await reading.conversations.get(family)).unread == 0


async def test_new_messages_are_set_apart_from_read_ones(reading: Archive) -> None:
    long = await reading.messages.before(LONG, limit=200)
    await reading.conversations.mark_read(LONG, long[0].cursor)
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        assert history.current == long[0]
        assert "199 new" in screen_text(pilot)
        assert (await reading.conversations.get(LONG)).unread == 199
