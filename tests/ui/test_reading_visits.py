"""Coming back to a chat: where it was left, what is unread, and what others add meanwhile."""

from datetime import timedelta

from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.message import Message
from backscroll.ui.widgets.history import History
from tests.making import START, chat_id, store
from tests.ui.seen import browser, history_lines, main, open_chat, press, screen_text, still

FAMILY, LONG = chat_id("family"), chat_id("long")


def current(history: History) -> Message:
    assert history.current is not None
    return history.current


def unread_in_list(pilot: Pilot[None], title: str) -> int:
    return next(item.unread for item in main(pilot).chats.options.items if item.title == title)


async def come_in(archive: Archive, *texts: str) -> None:
    later = START + timedelta(days=900)
    entries = [Entry("long", later, "ana", text, external_id=f"new {text}") for text in texts]
    await store(archive, [Chat("long", "Long"), Person("long", "ana", "Ana"), *entries])


async def test_a_chat_opens_again_where_it_was_left_even_after_the_program_was_left(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        await press(pilot, "pageup", "pageup", "k")
        left = current(history)
        await open_chat(pilot, FAMILY)
        await open_chat(pilot, LONG)
        assert current(history) == left
        await press(pilot, "pageup")
        left = current(history)
        await press(pilot, "q")
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        assert current(history) == left


async def test_u_makes_a_message_and_all_after_it_unread_until_the_chat_is_opened_again(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        assert unread_in_list(pilot, "Long") == 0
        await press(pilot, "k", "k", "k", "u")
        assert unread_in_list(pilot, "Long") == 4
        assert "4 new" in "\n".join(history_lines(history))
        await press(pilot, "left_square_bracket", "end")
        assert unread_in_list(pilot, "Long") == 4
        assert "4 new" in "\n".join(history_lines(history))
        await open_chat(pilot, FAMILY)
        await open_chat(pilot, LONG)
        await press(pilot, "end")
        assert unread_in_list(pilot, "Long") == 0


async def test_what_others_add_appears_without_moving_the_view(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        await press(pilot, "pageup")
        before, here, count = history_lines(history), current(history), main(pilot).chat_history.blocks.height
        await come_in(reading, "just in", "and this")
        main(pilot).look_for_news()
        await still(pilot)
        assert history_lines(history) == before
        assert current(history) == here
        assert unread_in_list(pilot, "Long") == 2
        await press(pilot, "end")
        assert current(history).text == "and this"
        assert "2 new" in screen_text(pilot)
        assert unread_in_list(pilot, "Long") == 0
        assert main(pilot).chat_history.blocks.height != count


async def test_f5_looks_at_once(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        await come_in(reading, "just in")
        await press(pilot, "f5", "end")
        assert current(history).text == "just in"
