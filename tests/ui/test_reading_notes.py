"""What a person adds while reading is on the screen at once and in the archive for good."""

import pytest

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.conversation import Place
from backscroll.model.writes import Write
from backscroll.writing.outbox import Outbox
from tests.making import chat_id
from tests.ui.seen import browser, history_lines, main, open_chat, press, screen_text, still

FAMILY = chat_id("family")


async def test_b_sets_a_bookmark_and_b_again_removes_it(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        await press(pilot, "b")
        assert any("See you at eight then" in line and "★" in line for line in history_lines(history))
        assert history.current is not None
        bookmark = (await reading.bookmarks.page(limit=5))[0]
        assert bookmark.message == history.current.cursor
        assert "★ bookmarked" in screen_text(pilot)
        await press(pilot, "b")
        assert "★" not in "".join(history_lines(history))
        assert await reading.bookmarks.page(limit=5) == []


async def test_quick_presses_of_b_end_as_the_screen_shows(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        for _ in range(7):
            await pilot.press("b")
        await still(pilot)
        assert history.current is not None
        assert history.current.is_bookmarked
        assert len(await reading.bookmarks.page(limit=5)) == 1


async def test_a_bookmark_that_cannot_be_kept_goes_away_again_with_a_reason(
    reading: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Outbox, write: Write) -> None:
        raise AppError("The outbox cannot be used", "See that the disk has room.")

    async with browser(reading).run_test(size=(120, 40), notifications=True) as pilot:
        history = await open_chat(pilot, FAMILY)
        monkeypatch.setattr(Outbox, "add", refuse)
        await press(pilot, "b")
        assert "★" not in "".join(history_lines(history))
        seen = screen_text(pilot)
        assert "The outbox cannot be used" in seen
        assert "See that the disk has room." in seen


async def test_an_annotation_is_stored_and_shown(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        await press(pilot, "a", "paste:odd", "ctrl+j")
        assert history.current is not None
        notes = await reading.annotations.of_message(Place(FAMILY, history.current.cursor))
        assert [note.text for note in notes] == ["odd"]
        assert any("See you at eight then" in line and "✎1" in line for line in history_lines(history))
        assert "odd" in screen_text(pilot)


async def test_the_details_tell_of_the_message_and_its_chat(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        history = await open_chat(pilot, FAMILY)
        history.put_cursor(2)
        await still(pilot)
        seen = screen_text(pilot)
        assert history.current is not None
        assert str(history.current.id)[:13] in seen
        assert "Ana, Zoë" in seen, "who reacted"
        assert "3 of 14" in seen
        await press(pilot, "l", "4")
        assert "Zoë (you)" in screen_text(pilot)
        await press(pilot, "5")
        assert "Dinner, keys and the cat" in screen_text(pilot)


async def test_what_was_marked_is_still_there_after_paging_away_and_back(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("long"))
        await press(pilot, "b", "pageup", "pageup", "pageup", "end")
        assert history.current is not None
        assert history.current.is_bookmarked
        await press(pilot, "home", "end")
        assert history.current.is_bookmarked
        assert main(pilot).chat_history.window is not None
