"""The list widget by itself: what is drawn, where the highlight and the view stay, and when more is asked for."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content
from textual.events import MouseScrollDown
from textual.geometry import Offset
from textual.pilot import Pilot

from backscroll.ui.widgets.item_lines import ItemLines
from backscroll.ui.widgets.paged_list import PagedList

HEIGHT = 20


@dataclass(frozen=True)
class Thing:
    number: int
    height: int = 1
    figure: int = 0


class Things(PagedList[Thing]):
    def draw(self, item: Thing) -> Content:
        return Content("\n".join(f"{item.number}.{line} figure {item.figure}" for line in range(item.height)))

    def lines(self, item: Thing) -> int:
        return item.height

    def key(self, item: Thing) -> int:
        return item.number


class Listing(App[None]):
    CSS: ClassVar[str] = "Things { height: 1fr; &> .paged-list--highlighted { text-style: reverse; } }"

    def __init__(self, supply: list[Thing] | None = None) -> None:
        super().__init__()
        self.supply = supply or []
        self.asked: list[bool] = []
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield Things()

    def on_paged_list_end_reached(self, event: PagedList.EndReached) -> None:
        self.asked.append(event.is_all_wanted)
        if self.supply:
            page, self.supply = self.supply[:50], self.supply[50:]
            self.query_one(Things).add(page)

    def on_paged_list_selected(self, event: PagedList.Selected) -> None:
        self.chosen.append(event.item.number)


def things(*heights: int, start: int = 0) -> list[Thing]:
    return [Thing(start + number, height) for number, height in enumerate(heights)]


def of(pilot: Pilot[None]) -> Things:
    return pilot.app.query_one(Things)


def shown(pilot: Pilot[None]) -> list[str]:
    return [of(pilot).render_line(y).text.split(" ")[0] for y in range(HEIGHT)]


async def start(pilot: Pilot[None], items: list[Thing]) -> Things:
    of(pilot).show(items)
    of(pilot).focus()
    await pilot.pause()
    return of(pilot)


async def test_items_of_any_height_are_drawn_one_below_the_other() -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        await start(pilot, things(1, 3, 2))
        assert shown(pilot)[:7] == ["0.0", "1.0", "1.1", "1.2", "2.0", "2.1", ""]
        assert len({of(pilot).render_line(y).cell_length for y in range(HEIGHT)}) == 1


@given(st.lists(st.integers(1, 5), max_size=40))
def test_every_line_belongs_to_the_item_that_has_it(heights: list[int]) -> None:
    listed: ItemLines[Thing] = Things()
    listed._ends = []
    expected = [number for number, height in enumerate(heights) for _ in range(height)]
    total = 0
    for height in heights:
        total += height
        listed._ends.append(total)
    assert [listed.at_line(line) for line in range(total)] == expected
    assert listed.at_line(total) is listed.at_line(-1) is None
    assert [listed.top(number) for number in range(len(heights))] == [sum(heights[:n]) for n in range(len(heights))]


async def test_moving_down_keeps_the_whole_highlighted_item_in_view() -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(*([3, 1, 4] * 20)))
        for number in range(1, 60):
            await pilot.press("j")
            assert listed.highlighted == number
            lines = [line for line in shown(pilot) if line.startswith(f"{number}.")]
            assert len(lines) == listed.items[number].height
        await pilot.press("home")
        assert (listed.highlighted, listed.scroll_offset.y) == (0, 0)


async def test_a_page_down_skips_nothing() -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(*([2, 3] * 60)))
        met = set(shown(pilot))
        while listed.highlighted != 119:
            await pilot.press("pagedown")
            met |= set(shown(pilot))
        assert {line.split(".")[0] for line in met if line} == {str(number) for number in range(120)}


async def test_the_highlight_stays_on_its_item_and_row_when_others_come_before_it() -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(*[2] * 100))
        listed.highlighted = 50
        await pilot.press("k", "k")
        before = shown(pilot)
        listed.show([*things(2, 2, 2, start=1000), *listed.items])
        await pilot.pause()
        assert listed.current == Thing(48, 2)
        assert shown(pilot) == before


async def test_an_item_that_goes_leaves_the_highlight_in_its_place() -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(1, 1, 1))
        listed.highlighted = 2
        listed.show(listed.items[:2])
        assert listed.highlighted == 1
        listed.show([])
        assert (listed.highlighted, listed.current) == (None, None)
        await pilot.press("j", "G", "enter", "pagedown", "home")
        assert pilot.app.chosen == []


async def test_a_newer_version_of_an_item_is_drawn() -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(1, 1))
        listed.render_line(1)
        listed.put(1, Thing(1, figure=7))
        assert "figure 7" in listed.render_line(1).text


async def test_more_is_asked_for_once_before_the_end_comes_into_view() -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(*[1] * 100))
        assert pilot.app.asked == []
        while not pilot.app.asked:
            await pilot.press("pagedown")
        assert listed.lines_below > 0
        await pilot.press("j", "j", "k")
        assert pilot.app.asked == [False]
        listed.add(things(*[1] * 100, start=100))
        while len(pilot.app.asked) == 1:
            await pilot.press("pagedown")
        assert listed.lines_below > 0
        assert pilot.app.asked == [False, False]


async def test_a_list_that_does_not_fill_the_view_asks_for_more_by_itself() -> None:
    async with Listing(things(*[1] * 200, start=3)).run_test(size=(40, HEIGHT)) as pilot:
        await start(pilot, things(1, 1, 1))
        await pilot.pause()
        assert HEIGHT < len(of(pilot).items) < 203


async def test_going_to_the_end_asks_until_all_is_there_unless_one_goes_elsewhere() -> None:
    async with Listing(things(*[1] * 500, start=100)).run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(*[1] * 100))
        await pilot.press("G")
        await pilot.pause()
        assert listed.current == Thing(599)
        assert pilot.app.asked[:-1] == [True] * (len(pilot.app.asked) - 1)
        listed.show(things(*[1] * 100))
        pilot.app.supply = []
        await pilot.press("end", "k")
        listed.add(things(*[1] * 50, start=100))
        assert listed.highlighted == 98


async def test_a_click_highlights_and_chooses_and_the_wheel_only_scrolls() -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(*[2] * 50))
        await pilot.click(Things, offset=(3, 5))
        assert (listed.highlighted, pilot.app.chosen) == (2, [2])
        await pilot._post_mouse_events([MouseScrollDown], Things, offset=Offset(3, 5))
        await pilot.pause()
        assert listed.scroll_offset.y > 0
        assert listed.highlighted == 2
        await pilot.click(Things, offset=(3, 0))
        assert listed.highlighted == listed.at_line(listed.scroll_offset.y)


async def test_what_the_mouse_is_over_is_shown() -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(1, 1, 1))
        await pilot.hover(Things, offset=(3, 2))
        assert listed.hovered == 2
        await pilot.hover(Things, offset=(3, 9))
        assert listed.hovered is None


@pytest.mark.parametrize("width", [20, 60])
async def test_lines_fill_the_width_after_a_resize(width: int) -> None:
    async with Listing().run_test(size=(40, HEIGHT)) as pilot:
        listed = await start(pilot, things(*[2] * 50))
        listed.highlighted = 30
        await pilot.resize_terminal(width, HEIGHT - 8)
        await pilot.pause()
        assert listed.render_line(0).cell_length == listed.scrollable_content_region.width
        assert "30.1" in [listed.render_line(y).text.split(" ")[0] for y in range(listed.view_height)]
