"""`i` shows all that the archive knows of a message, harmlessly, and leads on to what belongs to it."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person, Topic
from backscroll.model.conversation import Place
from backscroll.model.message import Attachment, Cursor
from backscroll.ui import opening
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.screens.message import MessageScreen
from backscroll.ui.screens.reading import ReadingScreen
from backscroll.ui.widgets.section import CHUNK, SectionView
from tests.making import START, chat, chat_id, store
from tests.ui.seen import browser, main, open_chat, press, screen_text, still

RAW = {"\x1b[2J\x1b]0;owned\x07": "\u202etxt.exe", "[@click=app.quit]": "[/red]", "forwarded_from": "\x9b2J Bo"}
LONG = "word " * 5000 + "the very end"
CHAT = chat_id("c")


@pytest.fixture
async def notes(archive: Archive) -> Archive:
    """A chat of five messages: a thread of two, one with a hostile record, a long one, and one with links."""
    entries = [
        Entry("c", START, "U1", "where are the keys?", external_id="m0", thread="t1"),
        Entry("c", START, "U2", "under the plant", external_id="m1", thread="t1", parent="m0"),
        Entry("c", START, "U1", "passed on", external_id="m2", raw=RAW),
        Entry("c", START, "U1", LONG, external_id="m3"),
        Entry("c", START, "U2", "https://a.example/1 and https://a.example/2", external_id="m4"),
    ]
    for number, entry in enumerate(entries):
        entry.sent_at += timedelta(minutes=number)
    records = [Chat("c", "Family"), Person("c", "U1", "Ana"), Person("c", "U2", "Bo"), Topic("c", "t1", "Keys", "m0")]
    await store(archive, [*records, *entries])
    return archive


async def show(pilot: Pilot[None], text: str) -> MessageScreen:
    """Opens the chat and the message with this text in full."""
    history = await open_chat(pilot, CHAT)
    history.put_cursor(next(i for i, m in enumerate(history.blocks.messages) if m.text.startswith(text)))
    await press(pilot, "i")
    return shown(pilot)


def shown(pilot: Pilot[None]) -> MessageScreen:
    assert isinstance(pilot.app.screen, MessageScreen)
    return pilot.app.screen


def told(screen: MessageScreen) -> str:
    return "\n".join(f"{view.section.title}\n{view.section.plain}" for view in screen.query(SectionView))


async def focus(pilot: Pilot[None], key: str) -> None:
    shown(pilot).query_one(f"#section-{key}").focus()
    await pilot.pause()


async def test_everything_that_is_known_is_shown(notes: Archive) -> None:
    async with browser(notes).run_test(size=(120, 60)) as pilot:
        screen = await show(pilot, "under the plant")
        for words in ("Bo", "U2", "UTC", "under the plant", "where are the keys?", "m0", "m1", "t1", "Family", "Test"):
            assert words in told(screen)
        assert "Answers · Enter goes there" in screen_text(pilot)
        assert "under the plant" in screen_text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_a_hostile_record_is_shown_as_escapes_and_copied_whole(notes: Archive) -> None:
    async with browser(notes).run_test(size=(120, 60)) as pilot:
        await show(pilot, "passed on")
        seen = screen_text(pilot)
        assert '"\\u001b[2J\\u001b]0;owned\\u0007": "\\u202etxt.exe"' in seen
        assert '"[@click=app.quit]": "[/red]"' in seen
        assert "forwarded_from" in seen
        assert not set(seen) & {"\x1b", "\u202e", "\x9b", "\x07"}
        await press(pilot, "c")
        assert json.loads(pilot.app.clipboard) == RAW


async def test_a_long_text_is_folded_and_enter_shows_more_of_it(notes: Archive) -> None:
    async with browser(notes).run_test(size=(100, 40)) as pilot:
        await show(pilot, "word")
        await focus(pilot, "text")
        assert f"{len(LONG) - CHUNK:,} more characters" in screen_text_to_end(pilot)
        await press(pilot, "y")
        assert pilot.app.clipboard == LONG
        await press(pilot, "enter")
        assert "the very end" in screen_text_to_end(pilot)
        assert "more characters" not in screen_text_to_end(pilot)


def screen_text_to_end(pilot: Pilot[None]) -> str:
    view = shown(pilot).query_one("#section-text", SectionView)
    return "\n".join(view.render_line(y).text for y in range(view.size.height))


async def test_a_message_without_a_record_of_its_own_says_so(notes: Archive) -> None:
    async with browser(notes).run_test(size=(100, 40)) as pilot:
        screen = await show(pilot, "under")
        assert not screen.query("#section-raw")
        await press(pilot, "c")
        assert "nothing more" in next(iter(pilot.app._notifications)).message


async def test_enter_goes_to_what_is_answered(notes: Archive) -> None:
    async with browser(notes).run_test(size=(120, 40)) as pilot:
        await show(pilot, "under")
        await focus(pilot, "parent")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        current = main(pilot).history.current
        assert current is not None
        assert current.text == "where are the keys?"


async def test_enter_opens_the_thread_at_the_message_and_i_is_there_too(notes: Archive) -> None:
    async with browser(notes).run_test(size=(120, 40)) as pilot:
        await show(pilot, "under")
        await focus(pilot, "thread")
        await press(pilot, "enter")
        reading = pilot.app.screen
        assert isinstance(reading, ReadingScreen)
        assert reading.history.window is not None
        assert reading.history.window.thread is not None
        assert reading.history.current is not None
        assert reading.history.current.text == "under the plant"
        await press(pilot, "i", "n")
        assert "under the plant" in told(shown(pilot))  # the thread ends here, the chat does not
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_n_and_p_walk_and_the_cursor_comes_along(notes: Archive) -> None:
    async with browser(notes).run_test(size=(120, 40)) as pilot:
        await show(pilot, "under")
        await press(pilot, "p")
        assert "where are the keys?" in told(shown(pilot))
        await press(pilot, "left")
        assert "where are the keys?" in told(shown(pilot))
        await press(pilot, "n", "right")
        assert "passed on" in told(shown(pilot))
        await press(pilot, "escape")
        current = main(pilot).history.current
        assert current is not None
        assert current.text == "passed on"


async def test_a_walk_out_of_what_is_loaded_takes_the_history_along(notes: Archive) -> None:
    await store(notes, chat("long", [f"line {n}" for n in range(400)]))
    async with browser(notes).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        await press(pilot, "end")
        history.put_cursor(0)
        text = history.blocks.messages[0].text
        await press(pilot, "i", *["p"] * 12, "escape")
        await still(pilot)
        assert history.current is not None
        assert history.current.text == f"line {int(text.removeprefix('line ')) - 12}"


async def test_links_open_by_their_number(notes: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(opening, "open_link", lambda app, address: opened.append(address))
    async with browser(notes).run_test(size=(120, 40)) as pilot:
        await show(pilot, "https")
        await press(pilot, "o", "2", "3")
        assert opened == ["https://a.example/1", "https://a.example/2"]


async def test_o_opens_the_file_in_focus_else_the_first(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    files = tuple(Attachment(name, "application/pdf", 1, None, f"/{name}") for name in ("a.pdf", "b.pdf"))
    await store(archive, [
        Chat("c", "C"), Person("c", "a", "A"), Entry("c", START, "a", "two", external_id="1", attachments=files),
    ])  # fmt: skip
    opened: list[Attachment] = []
    monkeypatch.setattr(opening, "open_file", lambda app, file: opened.append(file))
    async with browser(archive).run_test(size=(120, 40)) as pilot:
        await show(pilot, "two")
        await press(pilot, "o")
        await focus(pilot, "file-1")
        await press(pilot, "o")
        assert opened == list(files)


async def test_everything_is_copied_at_once(notes: Archive) -> None:
    async with browser(notes).run_test(size=(120, 40)) as pilot:
        screen = await show(pilot, "under")
        await press(pilot, "Y")
        assert all(view.section.plain in pilot.app.clipboard for view in screen.query(SectionView))


@pytest.mark.parametrize("size", [(60, 20), (40, 12), (200, 60)])
async def test_it_scrolls_at_any_size(notes: Archive, size: tuple[int, int]) -> None:
    async with browser(notes).run_test(size=size) as pilot:
        screen = await show(pilot, "word")
        column = screen.query_one("#message-in-full")
        await press(pilot, "j", "pagedown", "end")
        assert column.scroll_offset.y == column.max_scroll_y > 0
        await press(pilot, "pageup", "k", "home")
        assert column.scroll_offset.y == 0


async def test_hits_bookmarks_and_annotations_are_shown_in_full(notes: Archive) -> None:
    async with browser(notes).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        await press(pilot, "slash", "paste:plant", "down", "i")
        assert "under the plant" in told(shown(pilot))
        await focus(pilot, "thread")
        await press(pilot, "enter")
        assert pilot.app.focused is main(pilot).details.thread_history
        assert main(pilot).chat_history.current == main(pilot).details.thread_history.current
        await press(pilot, "b", "escape", "escape", "escape", "B", "i")
        assert "under the plant" in told(shown(pilot))


async def test_a_message_that_is_gone_is_said_to_be(notes: Archive) -> None:
    async with browser(notes).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        assert isinstance(pilot.app, BackscrollApp)
        pilot.app.inspect(Place(CHAT, Cursor(START, UUID(int=1))))
        await still(pilot)
        assert isinstance(pilot.app.screen, MainScreen)
        assert "no longer there" in next(iter(pilot.app._notifications)).message
