"""Panes: tabs of the details, borders that can be moved, and widths that are kept."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import MouseDown, MouseMove, MouseUp
from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.settings import Settings, usual_home
from backscroll.ui.app import BackscrollApp
from backscroll.ui.kept_widths import keep_widths, read_widths, widths_file
from backscroll.ui.widgets.details import TABS, Sheet
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.tab_line import TabLine
from backscroll.ui.widgets.widths import LEAST, LEAST_READING, USUAL, fitted
from tests.making import chat_id
from tests.ui.seen import browser, main, open_chat, press, screen_text, still

FAMILY, LONG = chat_id("family"), chat_id("long")


def widths(pilot: Pilot[None]) -> list[int]:
    """Of the panes that can be seen, from left to right; they fill the screen and do not overlap."""
    regions = [pane.region for pane in pilot.app.screen.query(".pane") if pane.region.area]
    assert [r.x for r in regions] == [sum(r.width for r in regions[:n]) for n in range(len(regions))]
    assert regions[-1].right == pilot.app.size.width
    return [region.width for region in regions]


async def drag(pilot: Pilot[None], start: int, end: int) -> None:
    """Takes what stands in a column and moves it to another."""
    await pilot._post_mouse_events([MouseDown], offset=(start, 12), button=1)
    for column in (start, (start + end) // 2, end):
        await pilot._post_mouse_events([MouseMove], offset=(column, 12), button=1)
    await pilot._post_mouse_events([MouseUp], offset=(end, 12), button=1)
    await still(pilot)


def row(history: History) -> int:
    """Where the message under the cursor begins in the view."""
    assert history.cursor_index is not None
    return history.blocks.first_line(history.cursor_index) - history.scroll_offset.y


# Tabs


async def test_one_tab_of_the_details_is_shown_at_a_time(reading: Archive) -> None:
    said = {"notes": "b bookmarks, a annotates", "summary": "none yet", "people": "Zoë (you)", "chat": "14 messages  "}
    said["thread"] = "t on a message of a thread"
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await open_chat(pilot, FAMILY)
        await press(pilot, "l")
        for number, tab in enumerate(TABS, start=1):
            await press(pilot, str(number))
            seen = [line[-36:] for line in screen_text(pilot).splitlines()]
            assert [name for name in said if any(said[name].strip() in line for line in seen)] == [tab]
            assert main(pilot).panes.active == "details"


async def test_the_arrows_turn_the_tabs_and_at_the_ends_go_on_to_the_panes(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await open_chat(pilot, FAMILY)
        await press(pilot, "l")
        seen = []
        for _ in range(4):
            seen.append(main(pilot).details.tab)
            await press(pilot, "right")
        assert seen == ["notes", "summary", "people", "chat"]
        await press(pilot, "left", "left", "left", "left")
        assert main(pilot).details.tab == "thread"
        assert isinstance(pilot.app.focused, History)
        await press(pilot, "left")
        assert main(pilot).panes.active == "reading"
        await press(pilot, "d", "d")
        assert main(pilot).details.tab == "thread", "the tab stays while the pane is hidden"


async def test_a_click_chooses_a_tab(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await open_chat(pilot, FAMILY)
        for column, tab in ((28, "chat"), (9, "notes"), (0, "thread"), (22, "people"), (13, "summary")):
            await pilot.click(TabLine, offset=(column + 1, 0))
            await still(pilot)
            assert main(pilot).details.tab == tab
            assert main(pilot).panes.active == "details"


async def test_tabs_give_up_letters_where_there_is_little_room(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await open_chat(pilot, FAMILY)
        assert "Thread Notes Summary People Chat" in screen_text(pilot)
        await press(pilot, "l", *["<"] * 4)
        assert "Thr Notes Sum Peo Cha" in screen_text(pilot)
        await press(pilot, *["<"] * 9, "3")
        assert "1 2 Summary 4 5" in screen_text(pilot)


async def test_the_details_scroll_with_the_keys(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 12)) as pilot:
        await open_chat(pilot, FAMILY)
        await press(pilot, "l", "j", "j")
        assert isinstance(pilot.app.focused, Sheet)
        assert pilot.app.focused.scroll_offset.y == 2


# Widths


async def test_a_border_is_moved_with_the_mouse(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 30)) as pilot:
        await open_chat(pilot, FAMILY)
        assert widths(pilot) == [28, 76, 36]
        await drag(pilot, 27, 39)
        assert widths(pilot) == [40, 64, 36]
        await drag(pilot, 40, 33)
        assert widths(pilot) == [33, 71, 36], "either border of the two that meet"
        await drag(pilot, 104, 90)
        assert widths(pilot) == [33, 57, 50]
        await drag(pilot, 89, 99)
        assert widths(pilot) == [33, 67, 40]
        assert pilot.app.focused is main(pilot).chat_history
        assert not pilot.app.screen.get_selected_text()
        await drag(pilot, 60, 50)
        assert widths(pilot) == [33, 67, 40], "there is no border in the middle of the history"


async def test_no_pane_becomes_too_narrow_to_read(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 30)) as pilot:
        await open_chat(pilot, FAMILY)
        await drag(pilot, 27, 0)
        assert widths(pilot) == [LEAST["chats"], 88, 36]
        await drag(pilot, 15, 139)
        assert widths(pilot) == [74, LEAST_READING, 36]
        await drag(pilot, 104, 139)
        assert widths(pilot) == [74, 46, LEAST["details"]]
        await press(pilot, *[">"] * 8)
        assert widths(pilot)[1:] == [46, LEAST["details"]]


async def test_keys_make_the_pane_with_the_focus_wider_or_narrower(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 30)) as pilot:
        await open_chat(pilot, FAMILY)
        await press(pilot, "<")
        assert widths(pilot) == [28, 74, 38], "the history gives to the details"
        await press(pilot, "l", "<", "<", "<")
        assert widths(pilot) == [28, 80, 32]
        await press(pilot, "h", "h")
        for _ in range(2):  # the second before the first was drawn
            pilot.app.simulate_key("greater_than_sign")
        await still(pilot)
        assert widths(pilot) == [32, 76, 32]
        await press(pilot, "=")
        assert widths(pilot) == [28, 76, 36]
        await press(pilot, "l", "d", ">")
        assert widths(pilot) == [26, 114], "with nothing at the right, it takes from the chats"


async def test_a_double_click_on_a_border_gives_the_usual_width(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 30)) as pilot:
        await open_chat(pilot, FAMILY)
        await drag(pilot, 27, 39)
        await drag(pilot, 104, 90)
        await pilot.click(offset=(39, 12), times=2)
        await still(pilot)
        assert widths(pilot) == [28, 62, 50]


async def test_the_message_under_the_cursor_keeps_its_row_while_a_border_moves(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 40)) as pilot:
        history = await open_chat(pilot, LONG)
        await press(pilot, "pageup", "pageup", "k", "k", "k", "k")
        before = row(history)
        for start, end in ((27, 60), (104, 110), (60, 20)):
            await drag(pilot, start, end)
            assert row(history) == before
        await press(pilot, *["<"] * 8)
        assert row(history) == before
        assert history.current is not None
        assert history.current.text.startswith("line 686")


async def test_each_class_of_terminal_has_widths_of_its_own(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 30)) as pilot:
        await open_chat(pilot, FAMILY)
        await drag(pilot, 27, 39)
        await pilot.resize_terminal(100, 30)
        await still(pilot)
        assert widths(pilot) == [25, 75]
        await press(pilot, ">")
        assert widths(pilot) == [23, 77]
        await pilot.resize_terminal(60, 30)
        await still(pilot)
        assert widths(pilot) == [60]
        await press(pilot, ">", "<", "=")
        await drag(pilot, 0, 20)
        assert widths(pilot) == [60]
        await pilot.resize_terminal(90, 30)
        await still(pilot)
        assert widths(pilot) == [23, 67]
        await press(pilot, "l")
        assert widths(pilot) == [54, 36]
        await pilot.resize_terminal(140, 30)
        await still(pilot)
        assert widths(pilot) == [40, 64, 36]


async def test_what_is_too_wide_for_a_smaller_terminal_comes_back_with_the_larger_one(reading: Archive) -> None:
    async with browser(reading).run_test(size=(200, 30)) as pilot:
        await open_chat(pilot, FAMILY)
        await drag(pilot, 27, 59)
        await drag(pilot, 164, 110)
        assert widths(pilot) == [60, 50, 90]
        await pilot.resize_terminal(120, 30)
        await still(pilot)
        assert widths(pilot) == [60, LEAST_READING, 30]
        await pilot.resize_terminal(200, 30)
        await still(pilot)
        assert widths(pilot) == [60, 50, 90]


@pytest.mark.parametrize("size", [(140, 36), (100, 30), (60, 24), (40, 12), (20, 5), (10, 3), (2, 1)])
async def test_every_size_of_terminal_can_be_used(reading: Archive, size: tuple[int, int]) -> None:
    async with browser(reading).run_test(size=size) as pilot:
        await still(pilot)
        await press(pilot, "enter", "l", "1", "2", "right", "h", "k", "t", "d", "d", ">", "<", "=", "escape", "escape")
        assert len(widths(pilot)) == {140: 3, 100: 2}.get(size[0], 1)
        for other in ((140, 36), (20, 5), (100, 30), size):
            await pilot.resize_terminal(*other)
            await still(pilot)
            widths(pilot)


# From one run to the next


async def test_widths_are_kept_for_the_next_run(reading: Archive, tmp_path: Path) -> None:
    kept = tmp_path / "not yet there" / "panes.json"
    settings = Settings(timezone="UTC", refresh=0)
    async with BackscrollApp(reading, settings, kept).run_test(size=(140, 30)) as pilot:
        await still(pilot)
        assert not kept.exists(), "nothing was changed"
        await drag(pilot, 27, 39)
        await press(pilot, "l", "l", ">")
    assert [path.name for path in kept.parent.iterdir()] == ["panes.json"]
    async with BackscrollApp(reading, settings, kept).run_test(size=(140, 30)) as pilot:
        await still(pilot)
        assert widths(pilot) == [40, 62, 38]
        await press(pilot, "=")
    assert read_widths(kept) == {size: dict(panes) for size, panes in USUAL.items()}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"-wide"', '{"-wide": 3}', '{"-wide": {"chats": "x", "details": -4}}', "[" * 9999, "\x00"]
)
def test_a_file_that_cannot_be_understood_gives_the_usual_widths(tmp_path: Path, text: str) -> None:
    path = tmp_path / "panes.json"
    path.write_text(text)
    assert read_widths(path) == {size: dict(panes) for size, panes in USUAL.items()}
    assert read_widths(tmp_path) == read_widths(None) == read_widths(path)


def test_what_can_be_understood_of_a_file_counts(tmp_path: Path) -> None:
    path = tmp_path / "panes.json"
    path.write_text(json.dumps({"-wide": {"chats": 50, "details": True}, "-huge": {}, "-normal": {"details": 10**9}}))
    assert read_widths(path) == {"-wide": {"chats": 50, "details": 36}, "-normal": {"chats": 25, "details": 36}}


def test_where_widths_cannot_be_written_they_are_forgotten(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keep_widths(tmp_path / "file" / "panes.json", {})
    keep_widths(None, {})


def test_a_home_that_was_named_keeps_its_own_widths(tmp_path: Path) -> None:
    assert widths_file(Settings(home=tmp_path)) == tmp_path / "panes.json"
    assert usual_home() not in widths_file(Settings()).parents


@given(
    wanted=st.dictionaries(st.sampled_from(sorted(LEAST)), st.integers(-5, 400)),
    room=st.integers(sum(LEAST.values()) + LEAST_READING, 400),
)
def test_fitted_panes_leave_room_to_read_and_take_no_more_than_was_wanted(wanted: dict[str, int], room: int) -> None:
    found = fitted(wanted, room)
    assert found.keys() == wanted.keys()
    assert sum(found.values()) <= room - LEAST_READING
    assert all(LEAST[name] <= width <= max(LEAST[name], wanted[name]) for name, width in found.items())
    if sum(max(LEAST[n], w) for n, w in wanted.items()) <= room - LEAST_READING:
        assert found == {name: max(LEAST[name], width) for name, width in wanted.items()}
