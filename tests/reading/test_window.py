"""The window: bounded, without a gap, nothing twice, whoever asks and however often."""

import asyncio
from datetime import timedelta

from msgspec import structs

from backscroll.archive.opening import Archive
from backscroll.model.message import Cursor
from backscroll.reading.window import Shift, Window
from tests.making import START, chat, chat_id, store


async def test_a_short_chat_is_held_whole(archive: Archive) -> None:
    await store(archive, chat("c", map(str, range(5))))
    window = Window(archive.messages, chat_id("c"))
    await window.open_newest()
    assert [m.text for m in window.messages] == list("01234")
    assert (window.at_start, window.at_end) == (True, True)
    assert await window.older() == await window.newer() == Shift()


async def test_asking_twice_at_once_loads_one_page(archive: Archive) -> None:
    await store(archive, chat("c", map(str, range(100))))
    window = Window(archive.messages, chat_id("c"), page=10)
    await window.open_newest()
    shifts = await asyncio.gather(window.older(), window.older(), window.older())
    assert [s.before for s in shifts] == [10, 0, 0]
    assert [m.text for m in window.messages] == [str(i) for i in range(80, 100)]


async def test_a_page_that_arrives_after_a_jump_is_dropped(archive: Archive) -> None:
    await store(archive, chat("c", map(str, range(100))))
    window = Window(archive.messages, chat_id("c"), page=10)
    await window.open_newest()
    await asyncio.gather(window.older(), window.open_oldest())
    assert [m.text for m in window.messages] == list("0123456789")


async def test_opening_around_a_moment_lands_on_the_first_message_after_it(archive: Archive) -> None:
    await store(archive, chat("c", map(str, range(50)), step=timedelta(days=1)))
    window = Window(archive.messages, chat_id("c"), page=10)
    moment = Cursor(START + timedelta(days=20, hours=5), chat_id("c"))
    await window.open_around(moment)
    assert [m.text for m in window.messages] == [str(i) for i in range(16, 26)]
    assert (window.at_start, window.at_end) == (False, False)


async def test_a_message_that_changed_is_revised_in_its_place_and_another_is_not_taken_in(archive: Archive) -> None:
    await store(archive, chat("c", map(str, range(30))))
    window = Window(archive.messages, chat_id("c"), page=10)
    await window.open_newest()
    marked = structs.replace(window.messages[3], is_bookmarked=True)
    first = (await archive.messages.after(chat_id("c"), limit=1))[0]
    assert window.revise(marked)
    assert not window.revise(first)
    assert [m.is_bookmarked for m in window.messages] == [i == 3 for i in range(10)]
