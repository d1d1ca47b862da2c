"""The list of bookmarks and annotations."""

from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest
from textual.widgets import Input

from backscroll.archive.opening import Archive
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import import_paths
from backscroll.importing.undoing import undo
from backscroll.model.conversation import Place
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.screens.note import AnnotateScreen, Remark
from tests.noting import annotate, bookmark, remove_bookmark
from tests.ui.around.looking import browsing, press, seen, settle


@pytest.fixture
async def marked(small_archive: Archive) -> AsyncIterator[Archive]:
    """The small archive with three bookmarks; they are gone afterwards."""
    family = await small_archive.conversations.resolve("Family")
    messages = await small_archive.messages.after(family.id, limit=3)
    for message, title in zip(messages, ("", "Where they were", "[b]bold[/b]"), strict=True):
        await bookmark(small_archive, Place(family.id, message.cursor), title=title)
    yield small_archive
    for mark in await small_archive.bookmarks.page(limit=100):
        await remove_bookmark(small_archive, Place(mark.conversation_id, mark.message))


async def test_bookmarks_are_listed_newest_first_with_their_words(marked: Archive) -> None:
    async with browsing(marked) as pilot:
        await press(pilot, "B")
        shown = seen(pilot)
        assert "Bookmarks (3)" in shown
        assert "Where they were" in shown
        assert "[b]bold[/b]" in shown
        assert shown.index("thanks!") < shown.index("Has anyone seen the keys?")


async def test_a_bookmark_opens_in_its_chat_and_esc_returns_to_the_list(marked: Archive) -> None:
    async with browsing(marked) as pilot:
        await press(pilot, "B")
        listed = pilot.app.screen
        await press(pilot, "j", "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        assert "under the plant, as ever" in seen(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen is listed
        assert listed.query_one("#bookmarks").highlighted == 1


async def test_a_removed_bookmark_can_be_brought_back(marked: Archive) -> None:
    async with browsing(marked) as pilot:
        await press(pilot, "B", "j", "d")
        assert "Bookmarks (2)" in seen(pilot)
        assert len(await marked.bookmarks.page(limit=10)) == 2
        await press(pilot, "u")
        assert "Bookmarks (3)" in seen(pilot)
        assert {b.title for b in await marked.bookmarks.page(limit=10)} == {"", "Where they were", "[b]bold[/b]"}


async def test_title_and_notes_of_a_bookmark_can_be_written(marked: Archive) -> None:
    async with browsing(marked) as pilot:
        await press(pilot, "B", "e")
        pilot.app.screen.query_one("#title", Input).value = "Thanks"
        await press(pilot, "tab", "paste:two", "enter", "paste:lines", "ctrl+j")
        assert "Thanks" in seen(pilot)
        newest = (await marked.bookmarks.page(limit=1))[0]
        assert (newest.title, newest.notes) == ("Thanks", "two\nlines")
        await press(pilot, "e", "paste:not kept", "escape")
        assert (await marked.bookmarks.page(limit=1))[0].title == "Thanks"


async def test_annotations_are_on_the_second_tab(small_archive: Archive) -> None:
    family = await small_archive.conversations.resolve("Family")
    message = (await small_archive.messages.after(family.id, limit=1))[0]
    await annotate(
        small_archive, Place(family.id, message.cursor), "Somebody [lost] something", category="loss", tags=["keys"]
    )
    async with browsing(small_archive) as pilot:
        await press(pilot, "B", "t")
        shown = seen(pilot)
        assert "Somebody [lost] something" in shown
        assert "loss" in shown
        assert "#keys" in shown
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        assert "Has anyone seen the keys?" in seen(pilot)


async def test_the_lists_are_narrowed_by_words_as_one_types_and_esc_shows_all_again(marked: Archive) -> None:
    async with browsing(marked) as pilot:
        await press(pilot, "B", "f", "paste:where")
        assert "Bookmarks (1)" in seen(pilot)
        assert "thanks!" not in seen(pilot)
        await press(pilot, "paste: tag:nobody")
        assert "No tag here is called nobody" in seen(pilot)
        await press(pilot, "escape")
        assert "Bookmarks (3)" in seen(pilot)
        before = seen(pilot)
        await press(pilot, "o")
        assert "Bookmarks (3)" in seen(pilot)
        assert before.index("thanks!") < before.index("Has anyone seen the keys?")
        assert seen(pilot).index("thanks!") > seen(pilot).index("Has anyone seen the keys?")


async def test_an_annotation_is_given_back_as_it_was_written(small_archive: Archive) -> None:
    given: list[Remark | None] = []
    async with browsing(small_archive) as pilot:
        await pilot.app.push_screen(AnnotateScreen("Has [anyone] seen the keys?"), given.append)
        await settle(pilot)
        assert "Has [anyone] seen the keys?" in seen(pilot)
        await press(pilot, "ctrl+j")
        assert given == []  # nothing is written yet
        await press(pilot, "paste:A question", "tab", "paste:ask", "tab", "paste:keys, #home ,,keys", "ctrl+j")
        assert given == [Remark("A question", "ask", ("keys", "home"))]
        await pilot.app.push_screen(AnnotateScreen(), given.append)
        await press(pilot, "paste:dropped", "escape")
        assert given[1:] == [None]


async def test_a_note_whose_message_is_gone_says_so_and_opens_nothing(small_archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "gone.csv"
    path.write_text("chat,sent_at,sender,text\nLost,2021-01-01T00:00:00Z,Ana,somewhere in the garden\n", "utf-8")
    report = await import_paths(small_archive, [path], Choices(UTC, "UTC"))
    lost = await small_archive.conversations.resolve("Lost")
    place = Place(lost.id, (await small_archive.messages.after(lost.id, limit=1))[0].cursor)
    await bookmark(small_archive, place, title="The garden")
    await undo(small_archive, report.runs[0])
    async with browsing(small_archive) as pilot:
        await press(pilot, "B")
        listed = pilot.app.screen
        shown = seen(pilot)
        assert "Lost · Ana" in shown
        assert "message gone" in shown
        assert "somewhere in the garden" in shown
        await press(pilot, "enter")
        assert pilot.app.screen is listed
        assert "Its import was taken back" in seen(pilot)
        await press(pilot, "e")
        pilot.app.screen.query_one("#title", Input).value = "In the garden"
        await press(pilot, "ctrl+j")
        assert "In the garden" in seen(pilot)
        await press(pilot, "d")
        assert "Lost · Ana" not in seen(pilot)
