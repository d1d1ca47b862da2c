"""The help is made from what the keys really do."""

import pytest
from textual.binding import Binding
from textual.widgets import Static

from backscroll.archive.opening import Archive
from backscroll.searching.language import SYNTAX
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens.help import HelpScreen, bindings_of
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.screens.search import SearchScreen
from tests.ui.around.looking import browsing, press


def words(screen: HelpScreen) -> str:
    return "\n".join(
        static.content.plain if hasattr(static.content, "plain") else str(static.content)
        for static in screen.query(Static)
    )


async def test_every_key_that_has_a_description_is_listed(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        shown = words(pilot.app.screen)
        listed = [binding for kind in (BackscrollApp, MainScreen, SearchScreen) for binding in bindings_of(kind)]
        assert len(listed) > 10
        for binding in listed:
            assert (binding.tooltip or binding.description) in shown


async def test_a_binding_that_is_added_is_in_the_help(small_archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MainScreen, "BINDINGS", [*MainScreen.BINDINGS, Binding("f9", "bell", "Ring the bell")])
    async with browsing(small_archive) as pilot:
        await press(pilot, "question_mark")
        assert "Ring the bell" in words(pilot.app.screen)


async def test_the_search_language_is_explained_from_its_own_list(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "question_mark")
        shown = words(pilot.app.screen)
        assert all(example in shown and meaning in shown for example, meaning in SYNTAX)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)
