"""What was shown on a screen that is closed does not stay in memory."""

import gc

from textual._styles_cache import StylesCache

from backscroll.archive.opening import Archive
from backscroll.ui.screens.search import SearchScreen
from backscroll.ui.stutter import let_go
from tests.ui.seen import browser, press, still


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
        assert after[1] <= before[1]
