"""Messages are selected by keys and clicks, stay selected while one pages, and are copied as text or Markdown."""

import pytest
from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.model.conversation import Place
from backscroll.model.message import Cursor
from backscroll.ui import copying
from backscroll.ui.screens import reading as reading_screen
from backscroll.ui.widgets.history import History
from tests.making import chat, chat_id, store
from tests.ui.reading_archive import LONG_COUNT
from tests.ui.seen import browser, main, open_chat, press, screen_text, still


def texts(history: History) -> list[str]:
    """The selected messages, each as `line N`."""
    return [" ".join(m.text.split()[:2]) for m in history.blocks.messages if history.is_selected(m)]


def said(pilot: Pilot[None]) -> str:
    return "\n".join(toast.message for toast in pilot.app._notifications)


async def test_v_begins_and_moving_extends(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        await press(pilot, "k", "k", "v")
        assert texts(history) == ["line 727"]
        assert "1 message selected: y copies, Y as Markdown" in screen_text(pilot)
        await press(pilot, "j", "j")
        assert texts(history) == ["line 727", "line 728", "line 729"]
        await press(pilot, "k", "k", "k")
        assert texts(history) == ["line 726", "line 727"], "it reaches to the other side of where it began"
        await press(pilot, "pageup")
        assert len(texts(history)) > 10
        assert f"{len(texts(history))} messages selected" in screen_text(pilot)


@pytest.mark.parametrize(("up", "down"), [("K", "J"), ("shift+up", "shift+down")])
async def test_it_is_extended_without_being_begun(reading: Archive, up: str, down: str) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        await press(pilot, up, up)
        assert texts(history) == ["line 727", "line 728", "line 729"]
        await press(pilot, down)
        assert texts(history) == ["line 728", "line 729"]


async def test_shift_and_a_click_select_up_to_there(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        top = history.blocks.first_line(history.blocks.index_of(history.blocks.messages[-5].id) or 0)
        await pilot.click(history, offset=(20, top - history.scroll_offset.y), shift=True)
        await still(pilot)
        assert texts(history) == [f"line {n}" for n in range(725, 730)]


async def test_escape_ends_it_and_then_means_what_it_meant(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        await press(pilot, "v", "k", "escape")
        assert texts(history) == []
        assert "selected" not in screen_text(pilot)
        assert pilot.app.focused is history
        await press(pilot, "escape")
        assert pilot.app.focused is not history


async def test_the_selected_are_seen_by_their_background(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        rows = [history.blocks.first_line(len(history.blocks.messages) - n) for n in (1, 2, 4)]

        def backgrounds() -> list[object]:
            strips = [history.render_line(row - history.scroll_offset.y) for row in rows]
            return [[s.style.bgcolor for s in strip if s.style][-1] for strip in strips]

        before = backgrounds()
        await press(pilot, "K", "K")
        after = backgrounds()
        assert after[0] != before[0]
        assert after[1] != before[1]
        assert after[2] == before[2]


async def test_y_copies_the_selected_as_text_and_ends_the_selection(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        history = await open_chat(pilot, chat_id("family"))
        history.put_cursor(1)
        await press(pilot, "v", "j", "j", "y")
        assert pilot.app.clipboard == (
            "— Sun 1 Sep 2024 —\n\nAna · 19:07\nHas anyone seen the keys?\n\n"
            "Bo · 19:24\n> Ana: Has anyone seen the keys?\nunder the plant, as ever\n\n"
            "Ana · 19:41\nthanks!\n📷 IMG-0042.jpg · 2.4 MB"
        )
        assert "3 messages are in the clipboard." in said(pilot)
        assert texts(history) == []


async def test_capital_y_copies_markdown(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        history = await open_chat(pilot, chat_id("family"))
        history.put_cursor(2)
        await press(pilot, "Y")
        assert pilot.app.clipboard == (
            "**Bo** · Sun 1 Sep 2024 19:24:00\n\n> Ana: Has anyone seen the keys?\n\nunder the plant, as ever"
        )
        assert "The message is in the clipboard as Markdown." in said(pilot)


async def test_a_selection_reaches_beyond_what_is_held(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        assert history.window is not None
        history.window._cap = 400
        await press(pilot, "v")
        for _ in range(20):
            await press(pilot, "pageup")
        assert history.blocks.index_of(history._begun.id if history._begun else chat_id("x")) is None
        assert "messages selected: y copies" in screen_text(pilot)
        assert "over" in screen_text(pilot)
        first = history.current
        assert first is not None
        await press(pilot, "y")
        start = int(first.text.split()[1])
        copied = pilot.app.clipboard
        assert all(f"\nline {n}" in copied for n in range(start, LONG_COUNT))
        assert f"\nline {start - 1}" not in copied
        assert f"{LONG_COUNT - start} messages are in the clipboard." in said(pilot)


async def test_a_jump_inside_the_chat_extends_and_another_chat_ends_it(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        await press(pilot, "v")
        old = (await reading.messages.after(chat_id("long"), limit=1))[0]
        main(pilot).show_place(Place(old.conversation_id, old.cursor))
        await still(pilot)
        await press(pilot, "y")
        assert f"{LONG_COUNT} messages are in the clipboard." in said(pilot)
        await press(pilot, "v")
        await open_chat(pilot, chat_id("family"))
        assert history.selected is None


async def test_too_many_are_not_copied_and_one_is_told_so(reading: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_screen, "MOST", 100)
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        await press(pilot, "v", "home", "y")
        assert "Select fewer at once." in said(pilot)
        assert pilot.app.clipboard == ""
        assert history.selected is not None, "the selection stays"


def test_ten_thousand_are_the_most() -> None:
    assert copying.MOST == 10_000


async def test_a_window_gives_what_lies_between_two_cursors(reading: Archive) -> None:
    from backscroll.reading.window import Window

    everything = await reading.messages.after(chat_id("long"), limit=LONG_COUNT)
    window = Window(reading.messages, chat_id("long"))
    await window.open_newest()

    async def between(first: Cursor, last: Cursor) -> list[str]:
        return [m.text for m in await window.between(first, last, cap=1000)]

    for first, last in ((0, 0), (0, 729), (650, 729), (700, 710), (100, 640)):
        assert await between(everything[first].cursor, everything[last].cursor) == [
            m.text for m in everything[first : last + 1]
        ]


async def test_a_mouse_selection_is_what_y_copies_first(reading: Archive) -> None:
    from tests.ui.test_text_selection import drag

    async with browser(reading).run_test(size=(120, 50)) as pilot:
        history = await open_chat(pilot, chat_id("family"))
        await drag(pilot, history, "anyone", "seen")
        await press(pilot, "y")
        assert pilot.app.clipboard == "anyone seen"


async def test_a_long_message_unfolds_by_enter_and_folds_again(reading: Archive) -> None:
    await store(reading, chat("huge", ["y" * 30_000, "z " * 9_000]))
    async with browser(reading).run_test(size=(60, 40)) as pilot:
        history = await open_chat(pilot, chat_id("huge"))
        for index in (0, 1):
            history.put_cursor(index)
            folded = history.blocks.height
            assert history.blocks.is_folded(index)
            heights = []
            while history.blocks.is_folded(index):
                await press(pilot, "enter")
                heights.append(history.blocks.height)
            assert heights[0] > folded
            await press(pilot, "enter")
            assert history.blocks.height == folded
