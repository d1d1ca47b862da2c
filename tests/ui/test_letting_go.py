"""What was shown on a screen that is closed does not stay in memory."""

import gc
import weakref

from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from backscroll.archive.opening import Archive
from backscroll.ui.screens.search import SearchScreen
from backscroll.ui.stutter import keep_loaded, let_go
from tests.ui.seen import browser, main, press, screen_text, still, until


def held(kind: type) -> int:
    gc.collect()
    return sum(type(each) is kind for each in gc.get_objects())


async def test_a_closed_screen_leaves_neither_itself_nor_its_lines(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 40)) as pilot:
        await still(pilot)

        async def search() -> tuple[int, int]:
            await press(pilot, "slash", "paste:keys", "escape", "escape")
            let_go()
            return held(SearchScreen), held(StylesCache)

        await search()
        before = await search()
        for _ in range(2):
            after = await search()
        assert after[0] <= 1, "the one that was closed last may be on its way out"
        assert after[1] <= before[1] + 1, "and so may be the line of its query"


async def test_what_is_remembered_of_colours_goes_soon_after_a_screen_is_closed(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 40)) as pilot:
        await still(pilot)
        await press(pilot, "slash", "paste:keys")
        before = asked_of_colours()
        await press(pilot, "escape", "escape")
        shown = screen_text(pilot)
        await until(pilot, lambda: asked_of_colours() < before)
        main(pilot).refresh(repaint=True, layout=True)
        await still(pilot)
        assert screen_text(pilot) == shown


async def test_a_covered_screen_keeps_no_lines_and_is_the_same_when_it_comes_back(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 40)) as pilot:
        await still(pilot)
        shown = screen_text(pilot)
        assert lines_of(main(pilot)) > 40
        await press(pilot, "slash")
        assert lines_of(main(pilot)) == 0
        await press(pilot, "escape")
        assert screen_text(pilot) == shown
        await press(pilot, "question_mark")
        assert lines_of(main(pilot)) > 40, "a dialogue leaves the rest of it in sight"


def test_what_can_go_goes_before_what_is_loaded_is_kept() -> None:
    thresholds = gc.get_threshold()
    gc.disable()
    try:
        gone = weakref.ref(in_a_circle())
        assert gone() is not None
        keep_loaded()
        assert gone() is None
    finally:
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*thresholds)


def asked_of_colours() -> int:
    """How often since they were let go of."""
    known = Style.__add__.cache_info()
    return known.hits + known.misses


def in_a_circle() -> object:
    class Circle:
        me: "Circle"

    circle = Circle()
    circle.me = circle
    return circle


def lines_of(screen: Screen[object]) -> int:
    return sum(len(widget._styles_cache._cache) for widget in screen.walk_children(Widget, with_self=True))
