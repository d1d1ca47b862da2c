"""Words are selected with the mouse and copied as they were written; a click stays a click."""

from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person
from backscroll.ui.widgets.history import History
from tests.making import START, chat, chat_id, store
from tests.ui.seen import browser, history_lines, open_chat, press, still

LONG = "the quick brown fox jumps over the lazy dog and runs on through the high grass until night falls at last"


async def drag(pilot: Pilot[None], history: History, first: str, last: str) -> None:
    """Drags from the beginning of one word to the end of another, both in view."""
    await pilot.mouse_down(history, offset=_place(history, first))
    x, y = _place(history, last)
    await pilot.hover(history, offset=(x + len(last) - 1, y))
    await pilot.mouse_up(history, offset=(x + len(last) - 1, y))
    await still(pilot)


def _place(history: History, word: str) -> tuple[int, int]:
    lines = history_lines(history)
    y = next(number for number, line in enumerate(lines) if word in line)
    return lines[y].index(word), y


async def copied(pilot: Pilot[None]) -> str:
    await press(pilot, "ctrl+c")
    return pilot.app.clipboard


async def test_a_part_of_a_line_is_copied(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        history = await open_chat(pilot, chat_id("family"))
        await drag(pilot, history, "anyone", "seen")
        assert await copied(pilot) == "anyone seen"


async def test_from_message_to_message_only_the_words_are_taken(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        history = await open_chat(pilot, chat_id("family"))
        await drag(pilot, history, "anyone seen", "thanks!")
        assert await copied(pilot) == "anyone seen the keys?\nunder the plant, as ever\nthanks!"
        await drag(pilot, history, "buy bread", "keys?")
        words = await copied(pilot)
        assert words.startswith("?\nunder the plant"), "a drag upwards is the same"
        assert words.endswith("👩‍👩‍👧‍👦🇵🇹\nand b")


async def test_wrapped_lines_are_joined_as_they_were_written(reading: Archive) -> None:
    text = f"{LONG}\n\n    {'x' * 300}\n```py\ndef f():\n    return '{'y' * 200}'\n```\nend"
    await store(reading, chat("long lines", [text]))
    async with browser(reading).run_test(size=(100, 50)) as pilot:
        history = await open_chat(pilot, chat_id("long lines"))
        await drag(pilot, history, "the quick", "end")
        assert await copied(pilot) == text.replace("```py\n", "").replace("\n```", "")


async def test_a_click_still_moves_the_cursor_and_a_drag_does_not(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        history = await open_chat(pilot, chat_id("family"))
        before = history.cursor_index
        await drag(pilot, history, "anyone", "thanks!")
        assert history.cursor_index == before
        await pilot.click(history, offset=_place(history, "thanks!"))
        await still(pilot)
        assert history.current is not None
        assert history.current.text == "thanks!"
        assert history.text_selection is None, "a click ends the selection"
        await pilot.click(history, offset=_place(history, "under the plant"), times=2)
        await still(pilot)
        assert history.text_selection is None, "two clicks select nothing"


async def test_escape_ends_the_selection_and_stays_in_the_history(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        history = await open_chat(pilot, chat_id("family"))
        await drag(pilot, history, "anyone", "seen")
        await press(pilot, "escape")
        assert history.text_selection is None
        assert pilot.app.focused is history


async def test_what_is_selected_is_lit_and_stays_right_when_a_page_comes_in_above(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 30)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        await drag(pilot, history, "line 726", "line 728")
        selection = history.text_selection
        held = len(history.blocks.messages)
        assert history.window is not None
        await history.window.older()
        history.take()
        await still(pilot)
        assert len(history.blocks.messages) > held
        assert history.text_selection == selection
        row = _place(history, "line 727")[1]
        style = pilot.app.screen.get_component_rich_style("screen--selection").bgcolor
        segments = [s for s in history.render_line(row) if s.style and s.style.bgcolor == style]
        lit = "".join(s.text for s in segments)
        assert all(s.style and s.style.color != style for s in segments), "the words keep their colours"
        assert lit == "line 727", "the clock and the padding are not selected"
        assert await copied(pilot) == f"line 726{' and words that wrap' * 3}\nline 727\nline 728"


async def test_the_selection_ends_where_its_lines_are_no_longer_what_they_were(reading: Archive) -> None:
    await store(reading, chat("one", [LONG, "short"]))
    async with browser(reading).run_test(size=(120, 30)) as pilot:
        history = await open_chat(pilot, chat_id("one"))
        await drag(pilot, history, "quick", "fox")
        await pilot.resize_terminal(90, 30)
        await still(pilot)
        assert history.text_selection is None
        await drag(pilot, history, "quick", "fox")
        assert history.text_selection is not None
        await open_chat(pilot, chat_id("family"))
        assert history.text_selection is None


async def test_a_line_that_is_let_go_ends_the_selection(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 30)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        await drag(pilot, history, "line 726", "line 728")
        window = history.window
        assert window is not None
        window._cap = 100
        await window.older()
        history.take()
        assert history.text_selection is None


async def test_hostile_words_are_copied_clean(reading: Archive) -> None:
    await store(
        reading,
        [Chat("h", "h"), Person("h", "x", "x"), Entry("h", START, "x", "a\x1b[2Jb\x07 \u202ec\x9b", external_id="1")],
    )
    async with browser(reading).run_test(size=(120, 30)) as pilot:
        history = await open_chat(pilot, chat_id("h"))
        await drag(pilot, history, "a␛", "c")
        assert not set(await copied(pilot)) & set("\x1b\x07\x9b\u202e")
