"""The keys below a screen follow the focus, and can be clicked."""

from backscroll.archive.opening import Archive
from backscroll.ui.screens.help import HelpScreen
from backscroll.ui.widgets.key_line import KeyLine
from tests.ui.seen import browser, main, press, still


def shown(line: KeyLine) -> str:
    return line.render_line(0).text


async def test_the_keys_are_those_of_the_widget_with_the_focus(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 40)) as pilot:
        await still(pilot)
        line = main(pilot).query_one(KeyLine)
        assert "Find a chat" not in shown(line), "only what is to be shown"
        in_list = shown(line)
        assert "j/k Move" not in in_list
        await press(pilot, "tab")
        assert "j/k Move" in shown(line)
        await press(pilot, "shift+tab")
        assert shown(line) == in_list


async def test_a_click_on_a_key_is_the_key(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 40)) as pilot:
        await still(pilot)
        line = main(pilot).query_one(KeyLine)
        await pilot.click(KeyLine, offset=(shown(line).index("? Help"), 0))
        await still(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_a_key_for_which_there_is_no_room_is_left_out_whole(reading: Archive) -> None:
    async with browser(reading).run_test(size=(140, 40)) as pilot:
        await still(pilot)
        line = main(pilot).query_one(KeyLine)
        keys = shown(line).rstrip()
        await pilot.resize_terminal(len(keys) - 2, 40)
        await still(pilot)
        assert keys.startswith(shown(line).rstrip())
        assert shown(line).rstrip() != keys[:-2]
