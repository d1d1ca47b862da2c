"""Getting about: panes, chats, replies, and the way back."""

from textual.pilot import Pilot
from textual.widgets import Input

from backscroll.archive.opening import Archive
from backscroll.model.conversation import Place
from backscroll.ui.app import BackscrollApp
from backscroll.ui.widgets.chat_list import ChatList
from tests.making import chat_id
from tests.ui.reading_archive import LONG_COUNT
from tests.ui.seen import browser, main, open_chat, press, screen_text, still

FAMILY, LONG = chat_id("family"), chat_id("long")


def panes(pilot: Pilot[None]) -> list[str]:
    return [str(pane.id) for pane in pilot.app.screen.query(".pane") if pane.region.area]


async def test_a_wide_terminal_shows_three_panes_a_usual_one_two_and_a_narrow_one_one(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        assert panes(pilot) == ["chats", "reading", "details"]
        await pilot.resize_terminal(80, 24)
        await still(pilot)
        assert panes(pilot) == ["chats", "reading"]
        await pilot.resize_terminal(60, 24)
        await still(pilot)
        assert panes(pilot) == ["chats"]
        await press(pilot, "enter")
        assert panes(pilot) == ["reading"]
        await press(pilot, "l")
        assert panes(pilot) == ["details"]
        await press(pilot, "h", "h")
        assert panes(pilot) == ["chats"]


async def test_d_shows_and_hides_the_details(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        await press(pilot, "d")
        assert panes(pilot) == ["chats", "reading"]
        await press(pilot, "d")
        assert panes(pilot) == ["chats", "reading", "details"]
        await pilot.resize_terminal(80, 24)
        await press(pilot, "d")
        assert panes(pilot) == ["reading", "details"]


async def test_tab_goes_round_the_panes(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        seen = []
        for _ in range(4):
            seen.append(type(pilot.app.focused).__name__)
            await press(pilot, "tab")
        assert seen == ["ChatOptions", "History", "NotesSheet", "ChatOptions"]


async def test_the_list_of_chats_grows_as_one_goes_down(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        chats = pilot.app.screen.query_one(ChatList).options
        assert len(chats.items) == 100
        await press(pilot, *["pagedown"] * 9)
        assert len(chats.items) == 134
        assert len({chat.id for chat in chats.items}) == 134


async def test_typing_narrows_the_chats_and_esc_shows_all_again(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        await press(pilot, "f", "paste:ROOM 12")
        chats = pilot.app.screen.query_one(ChatList).options
        assert [chat.title for chat in chats.items] == [f"Room 12{n}" for n in range(10)]
        await press(pilot, "escape")
        assert len(chats.items) == 100
        assert pilot.app.screen.query_one(Input).value == ""


async def test_enter_on_a_reply_leads_to_what_it_answers_and_alt_left_back(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        history.put_cursor(2)
        await press(pilot, "enter")
        assert history.current is not None
        assert history.current.text == "Has anyone seen the keys?"
        await press(pilot, "alt+left")
        assert history.current.text == "under the plant, as ever"
        await press(pilot, "alt+right")
        assert history.current.text == "Has anyone seen the keys?"


async def test_a_place_opens_in_its_chat_with_the_cursor_on_it(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        app = pilot.app
        assert isinstance(app, BackscrollApp)
        wanted = (await reading.messages.after(LONG, limit=300))[299]
        app.show_place(Place(LONG, wanted.cursor))
        await still(pilot)
        assert main(pilot).history.current == wanted
        assert f"300 of {LONG_COUNT}" in screen_text(pilot)


async def test_the_screen_that_a_place_was_opened_from_is_found_as_it_was(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await open_chat(pilot, FAMILY)
        await press(pilot, "/", "paste:line 345", "enter", "enter")
        assert pilot.app.screen is main(pilot)
        current = main(pilot).history.current
        assert current is not None
        assert current.text.startswith("line 345")
        for _ in range(3):
            await press(pilot, "escape")
            assert "line 345" in pilot.app.screen.query_one(Input).value
            await press(pilot, "enter")
            assert pilot.app.screen is main(pilot)
        assert len(pilot.app._installed_screens) == 1


async def test_the_theme_changes_between_light_and_dark(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        dark = history.render_line(3)
        await press(pilot, "f2")
        assert not pilot.app.current_theme.dark
        assert history.render_line(3).text == dark.text
        assert history.render_line(3) != dark
