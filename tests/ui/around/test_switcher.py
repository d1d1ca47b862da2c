"""Going to a chat by a part of its name."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from backscroll.archive.opening import Archive
from backscroll.searching.titles import Titles
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.screens.switcher import QuickSwitcher
from backscroll.ui.widgets.chat_card import lit_title
from tests.ui.around.looking import browsing, press, seen


def found(typed: str, *titles: str) -> list[str]:
    named = Titles((UUID(int=i), title) for i, title in enumerate(titles))
    return [match.title for match in named.match(typed)]


def test_a_title_that_begins_so_comes_before_a_word_that_does_and_that_before_any_place() -> None:
    assert found("art", "Smart", "Modern Art", "Artists", "art") == ["art", "Artists", "Modern Art", "Smart"]


def test_a_typing_mistake_still_finds_the_chat() -> None:
    assert found("famly", "Work", "The Family", "Football") == ["The Family"]


def test_case_and_accents_do_not_matter() -> None:
    assert found("zurich", "ZÜRICH Trip", "Zagreb") == ["ZÜRICH Trip"]


def test_a_short_title_does_not_fit_everything_that_is_typed() -> None:
    assert found("planning", "A", "n", "Planning") == ["Planning"]


def test_nothing_typed_lists_the_chats_as_they_are() -> None:
    assert found("", "b", "a") == ["b", "a"]


@given(st.text(), st.lists(st.text(), max_size=4))
def test_lit_letters_stay_inside_the_title(typed: str, titles: list[str]) -> None:
    named = Titles((UUID(int=i), title) for i, title in enumerate(titles))
    for match in named.match(typed):
        assert all(0 <= start < end <= len(match.title) for start, end in match.spans)
        assert lit_title(match.title, match.spans).plain == match.title


async def test_enter_opens_the_chat_that_fits_best(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "ctrl+k", "paste:deplyos")
        assert isinstance(pilot.app.screen, QuickSwitcher)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        assert "the deploy failed on node.js 18" in seen(pilot)


async def test_a_hostile_title_is_listed_as_it_is_written(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "ctrl+k", "paste:click")
        shown = seen(pilot)
        assert "[@click=app.quit]free[/] [/red]" in shown
        assert "\x1b" not in shown
        await pilot.click("#fitting", offset=(3, 0))
        await press(pilot)
        assert isinstance(pilot.app.screen, MainScreen)
        assert pilot.app.is_running


async def test_the_palette_finds_chats_and_shows_their_titles_as_they_are(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "ctrl+p", "paste:click")
        assert "[@click=app.quit]free[/] [/red]" in seen(pilot)


async def test_the_palette_offers_what_the_keys_do(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "ctrl+p", "paste:bookmarks")
        await press(pilot, "down", "enter")
        assert pilot.app.screen.TITLE == "Bookmarks"
