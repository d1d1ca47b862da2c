"""The timeline: what is under the mouse is said, and where the mouse is let go is gone to."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.dates import long_day
from backscroll.model.conversation import Day
from backscroll.ui.widgets.timeline import Bars, Timeline
from tests.making import chat_id
from tests.ui.seen import browser, main, open_chat, press, screen_text, still

LONG, FAMILY = chat_id("long"), chat_id("family")
FIRST = date(2001, 5, 17)


@settings(deadline=None)
@given(st.sets(st.integers(0, 7400), min_size=2), st.integers(8, 200))
def test_each_bar_leads_to_its_own_first_day(offsets: set[int], width: int) -> None:
    days = [Day(FIRST + timedelta(days=offset), 1 + offset % 9) for offset in sorted(offsets)]
    bars = Bars(days, width)
    assert len(bars.text) == width
    for cell, bar in enumerate(bars.text):
        inside = [day.day for day in days if bars.cell(day.day) == cell]
        assert bool(inside) == (bar != " ")
        assert bars.day(cell) == (inside[0] if inside else min(d.day for d in days if bars.cell(d.day) > cell))
    assert bars.day(-5) == days[0].day
    assert bars.day(width) == days[-1].day
    assert bars.cell(days[0].day) == 0
    assert bars.cell(days[-1].day) == width - 1


def timeline(pilot: Pilot[None]) -> Timeline:
    return main(pilot).query_one(Timeline)


def line(pilot: Pilot[None]) -> str:
    return timeline(pilot).render().plain


def day_here(pilot: Pilot[None]) -> date:
    message = main(pilot).chat_history.current
    assert message is not None
    return message.clock.date()


async def test_a_drag_shows_the_day_under_the_mouse_and_goes_there_when_it_ends(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await open_chat(pilot, LONG)
        bars = timeline(pilot).bars
        assert bars is not None
        await pilot.mouse_down(Timeline, offset=(10, 0))
        assert long_day(bars.day(4)) in line(pilot)
        await pilot.hover(Timeline, offset=(20, 0))
        assert long_day(bars.day(14)) in line(pilot)
        assert " of " not in line(pilot)
        await pilot.hover(None, offset=(3, 3))  # far away, above and to the left
        assert long_day(bars.days[0].day) in line(pilot)
        await pilot.hover(Timeline, offset=(15, 0))
        await pilot.mouse_up(Timeline, offset=(15, 0))
        await still(pilot)
        assert day_here(pilot) == bars.day(9)
        assert " of 730" in line(pilot)
        await press(pilot, "alt+left")
        assert day_here(pilot) == bars.days[-1].day


async def test_a_drag_over_the_end_leads_to_the_last_day(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await open_chat(pilot, LONG)
        bars = timeline(pilot).bars
        assert bars is not None
        await press(pilot, "home")
        await pilot.mouse_down(Timeline, offset=(10, 0))
        await pilot.hover(None, offset=(119, 3))
        await pilot.mouse_up(None, offset=(119, 3))
        await still(pilot)
        assert day_here(pilot) == bars.days[-1].day


async def test_a_click_goes_to_the_day_that_the_pointer_showed(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await open_chat(pilot, LONG)
        await pilot.hover(Timeline, offset=(30, 0))
        shown = timeline(pilot).pointed
        assert shown is not None
        assert long_day(shown) in screen_text(pilot)
        await pilot.click(Timeline, offset=(30, 0))
        await still(pilot)
        assert day_here(pilot) == shown
        await pilot.hover(Timeline, offset=(31, 0))
        await pilot.hover(None, offset=(50, 5))
        assert timeline(pilot).pointed is None


@pytest.mark.parametrize("chat", ["family", "empty"])
async def test_a_chat_of_one_day_or_none_has_nowhere_to_drag_to(reading: Archive, chat: str) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id(chat))
        current = history.current
        assert timeline(pilot).bars is None
        await pilot.hover(Timeline, offset=(20, 0))
        await pilot.click(Timeline, offset=(20, 0))
        await still(pilot)
        assert history.current == current
        assert timeline(pilot).pointed is None
