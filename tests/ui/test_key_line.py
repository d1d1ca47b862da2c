"""The keys below the reading screen, which stays open as long as the program runs."""

import gc

from textual.widgets._footer import FooterKey

from backscroll.archive.opening import Archive
from tests.ui.seen import browser, press, still


def keys_in_memory() -> int:
    gc.collect()
    return sum(isinstance(each, FooterKey) for each in gc.get_objects())


async def test_keys_that_are_shown_no_more_are_let_go_of(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 40)) as pilot:
        await still(pilot)
        await press(pilot, "tab", "tab", "tab")
        before = keys_in_memory()
        await press(pilot, *["tab"] * 12)
        assert keys_in_memory() <= before + 15  # those of one turn may still be on their way out
