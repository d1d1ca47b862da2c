"""The window: bounded, without a gap, nothing twice, whoever asks and however often."""

import asyncio
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["older", "newer", "newest", "oldest", "around"]), max_size=40), st.integers(2, 30))
async def test_wherever_one_goes_what_is_held_is_a_stretch_of_the_chat(
    archive: Archive, moves: list[str], page: int
) -> None:
    if not await archive.conversations.titles():
        await store(archive, chat("c", map(str, range(200)), step=timedelta(seconds=20)))
    window = Window(archive.messages, chat_id("c"), page=page, cap=page * 3)
    await window.open_newest()
    for move in moves:
        match move:
            case "older":
                await window.older()
            case "newer":
                await window.newer()
            case "newest":
                await window.open_newest()
            case "oldest":
                await window.open_oldest()
            case _:
                await window.open_around(window.messages[len(window.messages) // 2].cursor)
        numbers = [int(m.text) for m in window.messages]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert len(numbers) <= page * 3
        assert not window.at_start or numbers[0] == 0
        assert not window.at_end or numbers[-1] == 199
