"""What a person writes shows at once, says that it waits, can be undone, and is settled where two places wrote."""

from dataclasses import replace
from uuid import UUID

import pytest

from backscroll.archive.opening import Archive
from backscroll.archive.server import locks
from backscroll.model.code import Codebook
from backscroll.model.code_writes import MakeCode
from backscroll.model.conversation import Place
from backscroll.model.notes import Span
from backscroll.model.writes import AnnotationWrite, BookmarkSet
from backscroll.ui.screens.conflict import ConflictScreen
from backscroll.ui.screens.note import AnnotateScreen
from backscroll.ui.widgets.words_area import WordsArea
from tests.making import chat_id
from tests.noting import annotate, apply, bookmark
from tests.ui.seen import browser, history_lines, main, open_chat, press, screen_text, still

FAMILY = chat_id("family")


async def test_what_is_written_while_nothing_is_sent_shows_and_waits(reading: Archive) -> None:
    app = browser(reading)
    async with app.run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        app.desk.outbox.path.parent.mkdir(parents=True, exist_ok=True)
        with locks.exclusive(app.desk.outbox.sender_lock):  # as if another program was sending
            for key in ("b", "a", *"odd", "ctrl+j"):
                await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert "2 waiting" in screen_text(pilot)
            assert "odd" in screen_text(pilot)
            assert "· waiting" in screen_text(pilot)
            assert any("★" in line and "✎1" in line for line in history_lines(history))
            assert await reading.annotations.page(limit=1) == []
        app.desk.sender.wake()
        await still(pilot)
        main(pilot).tell_waiting()
        await still(pilot)
        assert "waiting" not in screen_text(pilot)
        assert [note.text for note in await reading.annotations.page(limit=5)] == ["odd"]


async def test_bookmarks_and_annotations_are_undone_and_redone_one_by_one(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        await press(pilot, "b", "a", "paste:odd", "ctrl+j")
        seen = []
        for key in ("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+y", "ctrl+y", "ctrl+y"):
            await press(pilot, key)
            assert history.current is not None
            seen.append((history.current.is_bookmarked, history.current.annotation_count))
        assert seen == [(True, 0), (False, 0), (False, 0), (True, 0), (True, 1), (True, 1)]
        assert history.current is not None
        there = await reading.messages.at([Place(FAMILY, history.current.cursor)])
        assert [(m.is_bookmarked, m.annotation_count) for m in there] == [(True, 1)]


async def test_words_are_chosen_in_the_message_and_kept_as_a_span(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        await press(pilot, "a", "paste:when", "shift+tab", "ctrl+right", "right", *["shift+right"] * 3, "ctrl+j")
        (note,) = await reading.annotations.page(limit=5)
        assert history.current is not None
        assert note.span == Span(4, 7)
        assert note.quote == history.current.text[4:7]
        assert f"“{note.quote}”" in screen_text(pilot)


@pytest.mark.parametrize("text", ["a\u200bb\r\nc\u202ed", "plain words", "x\ty\x07z"])
async def test_a_span_is_of_the_message_s_own_text_whatever_is_shown_of_it(reading: Archive, text: str) -> None:
    async with browser(reading).run_test() as pilot:
        await open_chat(pilot, FAMILY)
        for start in range(len(text)):
            wanted = Span(start, len(text))
            area = WordsArea(text, wanted)
            await pilot.app.screen.mount(area)
            await pilot.pause()
            assert area.span is not None
            assert text[area.span.start :].lstrip("\u200b\u202e") == text[start:].lstrip("\u200b\u202e\n")
            await area.remove()


async def test_a_run_of_messages_is_annotated_as_one(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        last = history.current
        await press(pilot, "v", "k", "k", "a", "paste:all", "ctrl+j")
        (note,) = await reading.annotations.page(limit=5)
        assert last is not None
        assert (note.message, note.end) == (history.blocks.messages[-3].cursor, last.cursor)
        assert history.selected is None
        await press(pilot, "j")
        assert "all" in screen_text(pilot), "also on the messages in between"


async def test_an_annotation_is_written_anew_and_removed_in_the_details(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        assert history.current is not None
        await annotate(reading, Place(FAMILY, history.current.cursor), "first", tags=["x"])
        await press(pilot, "a", "paste:second", "ctrl+j", "l", "2", "j", "k", "e")
        assert isinstance(pilot.app.screen, AnnotateScreen)
        await press(pilot, "!", "ctrl+j")
        assert [note.text for note in await reading.annotations.page(limit=5)] == ["second", "first!"]
        await press(pilot, "j", "D")
        assert [note.text for note in await reading.annotations.page(limit=5)] == ["first!"]
        await press(pilot, "ctrl+z")
        assert [note.text for note in await reading.annotations.page(limit=5)] == ["second", "first!"]


async def test_codes_are_written_by_their_names_and_a_wrong_one_is_told(reading: Archive) -> None:
    await reading.codes.take([MakeCode(UUID(int=1), "Mood"), MakeCode(UUID(int=2), "Joy", UUID(int=1))])
    app = browser(reading)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_chat(pilot, FAMILY)
        app.take_codebook(Codebook())  # as where it was not read yet
        await press(pilot, "a", "tab", "tab", "tab", "paste:jiy", "ctrl+j")
        assert "No code is called jiy" in screen_text(pilot)
        await press(pilot, "backspace", "backspace", "paste:oy, mood", "ctrl+j")
        (note,) = await reading.annotations.page(limit=5)
        assert (note.text, note.codes) == ("", (UUID(int=2), UUID(int=1)))


@pytest.mark.parametrize(("key", "left"), [("m", ["mine"]), ("t", ["theirs"])])
async def test_a_conflict_shows_both_texts_and_is_settled_by_a_key(reading: Archive, key: str, left: list[str]) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        assert history.current is not None
        place = Place(FAMILY, history.current.cursor)
        await annotate(reading, place, "first")
        (seen,) = await reading.annotations.of_message(place)
        for text in ("theirs", "mine"):
            await apply(reading, AnnotationWrite(replace(seen, text=text), seen))
        await press(pilot, "B", "t")
        assert "changed elsewhere too" in screen_text(pilot)
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, ConflictScreen)
        assert "mine" in screen_text(pilot)
        assert "theirs" in screen_text(pilot)
        await press(pilot, key)
        found = await reading.annotations.of_message(place)
        assert sorted(note.text for note in found) == left
        assert not any(note.conflicts_with for note in found)


async def test_a_conflict_of_bookmarks_is_settled_by_a_key_and_opened_again_by_undo(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        assert history.current is not None
        await bookmark(reading, Place(FAMILY, history.current.cursor), title="first")
        (seen,) = await reading.bookmarks.page(limit=9)
        for title in ("theirs", "mine"):
            await apply(reading, BookmarkSet(replace(seen, title=title), seen))
        await press(pilot, "B")
        while not pilot.app.screen.check_action("settle", ()):
            await press(pilot, "j")
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, ConflictScreen)
        assert "mine" in screen_text(pilot)
        assert "theirs" in screen_text(pilot)
        await press(pilot, "b")
        (kept,) = await reading.bookmarks.page(limit=9)
        assert (kept.title, kept.conflicts_with) == ("theirs · mine", None)
        assert "changed elsewhere too" not in screen_text(pilot)
        await press(pilot, "escape", "ctrl+z", "B")
        assert "changed elsewhere too" in screen_text(pilot)
        assert sorted(mark.title for mark in await reading.bookmarks.page(limit=9)) == ["mine", "theirs"]
