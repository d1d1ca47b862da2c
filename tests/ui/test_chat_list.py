"""The list of chats: sorted, filtered, found by name, pinned, put away, and paged to its very end."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from backscroll.archive.conversations import Conversations
from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.conversation import ChatOrder, ConversationKind, Listing, Place, Shelf
from backscroll.ui.screens.filters import ChoiceList, FiltersScreen
from backscroll.ui.widgets.chat_options import ChatOptions
from tests.making import START, chat, chat_id, store
from tests.noting import bookmark
from tests.ui.reading_archive import HOSTILE
from tests.ui.seen import browser, main, press, screen_text, still

FAMILY, LONG, ROOM, EMPTY = (chat_id(name) for name in ("family", "long", "room 007", "empty"))


def titles(pilot: Pilot[None]) -> list[str]:
    return [item.title for item in main(pilot).chats.options.items]


def highlight(pilot: Pilot[None], title: str) -> None:
    main(pilot).chats.options.highlighted = titles(pilot).index(title)


def words(pilot: Pilot[None]) -> str:
    """What the pane of the chats shows."""
    options = main(pilot).chats.options
    return "\n".join(options.render_line(y).text for y in range(options.view_height))


# Sorting


async def test_s_sorts_by_name_by_size_by_unread_and_again_by_the_newest_message(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        newest = titles(pilot)
        await press(pilot, "s")
        assert "Chats · by name" in screen_text(pilot)
        names = [title for title in titles(pilot) if title != HOSTILE]
        assert names == sorted(names, key=str.lower)
        await press(pilot, "s")
        assert "Chats · by size" in screen_text(pilot)
        assert titles(pilot)[0] == "Long"
        assert "730" in words(pilot).splitlines()[0], "the size stands where the time stood"
        await press(pilot, "s")
        assert "Chats · by unread" in screen_text(pilot)
        unread = [item.unread for item in main(pilot).chats.options.items]
        assert unread == sorted(unread, reverse=True)
        await press(pilot, "s")
        assert titles(pilot) == newest


async def test_a_list_that_is_sorted_anew_begins_at_its_first_chat(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "pagedown", "pagedown", "s")
        options = main(pilot).chats.options
        assert (options.highlighted, options.scroll_offset.y) == (0, 0)


async def test_the_palette_sorts_and_filters_wherever_the_focus_is(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "tab", "ctrl+p", "paste:sort chats by size", "enter")
        assert main(pilot).chats.listing.order is ChatOrder.SIZE
        await press(pilot, "ctrl+p", "paste:filter chats", "enter")
        assert isinstance(pilot.app.screen, FiltersScreen)


async def test_the_palette_knows_the_keys_of_the_list(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        highlight(pilot, "Long")
        await press(pilot, "ctrl+p", "paste:pin the chat", "enter")
        assert (await reading.conversations.get(LONG)).is_pinned


# Filters


async def test_a_filter_narrows_the_list_and_esc_takes_it_away(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        everything = titles(pilot)
        await press(pilot, "F", "1", "1", "1", "enter")
        assert titles(pilot) == [HOSTILE]
        assert "channels" in str(main(pilot).chats.border_subtitle)
        await press(pilot, "escape")
        assert titles(pilot) == everything
        assert not main(pilot).chats.border_subtitle


async def test_the_filters_show_what_is_chosen_and_c_clears_them(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "down", "right", "3", "enter")
        assert main(pilot).chats.listing == Listing(shelf=Shelf.ARCHIVED, is_unread=True)
        await press(pilot, "F")
        assert [choice.value for choice in pilot.app.screen.query_one(ChoiceList).items] == [
            None,
            Shelf.ARCHIVED,
            True,
            False,
            None,
        ]
        assert "Test (134)" in screen_text(pilot), "a source is offered with the number of its chats"
        await press(pilot, "c")
        assert main(pilot).chats.listing == Listing()


async def test_esc_in_the_filters_leaves_the_list_as_it_was(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "1", "2", "escape")
        assert main(pilot).chats.listing == Listing()


async def test_a_click_on_a_choice_turns_it(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "F")
        await pilot.click("ChoiceList", offset=(5, 3))
        await press(pilot, "enter")
        assert main(pilot).chats.listing == Listing(is_bookmarked=True)


async def test_chats_with_bookmarks_and_chats_of_one_source_can_be_picked_out(reading: Archive) -> None:
    newest = (await reading.messages.before(FAMILY, limit=1))[0]
    await bookmark(reading, Place(FAMILY, newest.cursor))
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "4", "5", "enter")
        assert titles(pilot) == ["Family"]
        assert "Test" in str(main(pilot).chats.border_subtitle)


async def test_an_empty_list_says_so_and_how_to_come_back(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "2", "enter")
        assert "No chat fits the filters. Esc clears them." in " ".join(words(pilot).split())
        await press(pilot, "j", "G", "enter", "p", "e", "x", "u", "pagedown")
        await press(pilot, "escape")
        assert "Family" in titles(pilot)
        await press(pilot, "f", "paste:zzzzzz")
        assert "No chat is called so. Esc clears the name." in " ".join(words(pilot).split())


# Finding by name


async def test_typing_finds_chats_that_are_not_loaded_and_lights_their_letters(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        assert "Room 129" not in titles(pilot)
        await press(pilot, "f", "paste:oom 129")
        assert titles(pilot)[0] == "Room 129"
        line = next(strip for strip in map(main(pilot).chats.options.render_line, range(2)) if "Room" in strip.text)
        lit = "".join(s.text for s in line if s.style and s.style.underline)
        assert lit == "oom 129"
        await press(pilot, "enter", "escape")
        assert titles(pilot)[0] == "Family", "Esc in the list takes the name away"


async def test_a_typing_mistake_still_finds_the_chat_and_enter_twice_opens_it(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "f", "paste:famyl", "enter", "enter")
        assert main(pilot).chat is not None
        assert main(pilot).chat.id == FAMILY


async def test_what_is_typed_finds_archived_chats_but_no_hidden_ones(reading: Archive) -> None:
    await reading.conversations.set_shelf(FAMILY, Shelf.ARCHIVED)
    await reading.conversations.set_shelf(ROOM, Shelf.HIDDEN)
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "f", "paste:family")
        assert titles(pilot) == ["Family"]
        assert "archived · " in words(pilot)
        await press(pilot, "escape", "f", "paste:room 007")
        assert "Room 007" not in titles(pilot)


async def test_what_is_typed_is_found_among_the_chats_that_the_filters_leave(reading: Archive) -> None:
    await reading.conversations.set_shelf(ROOM, Shelf.HIDDEN)
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "2", "2", "enter", "f", "paste:room")
        assert titles(pilot) == ["Room 007"]
        await press(pilot, "escape")
        assert titles(pilot) == ["Room 007"], "the filter stays when the name goes"
        await press(pilot, "escape")
        assert "Family" in titles(pilot)


# Pinned, archived, hidden, read


async def test_a_pinned_chat_stands_first_with_a_mark_and_p_lets_it_go(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        before = titles(pilot)
        highlight(pilot, "Room 007")
        await press(pilot, "p")
        assert titles(pilot)[0] == "Room 007"
        assert "📌" in words(pilot).splitlines()[0]
        assert main(pilot).chats.options.highlighted == 0, "the highlight goes with the chat"
        await press(pilot, "s")
        assert titles(pilot)[0] == "Room 007"
        await press(pilot, "s", "s", "s", "p")
        assert titles(pilot) == before
        assert "📌" not in words(pilot)


async def test_an_archived_chat_leaves_the_list_and_e_brings_it_back_from_the_archive(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        highlight(pilot, "Room 007")
        await press(pilot, "e")
        assert "Room 007" not in titles(pilot)
        assert main(pilot).chats.options.current.title == "Room 008"
        assert (await reading.conversations.get(ROOM)).shelf is Shelf.ARCHIVED
        await press(pilot, "F", "2", "enter")
        assert titles(pilot) == ["Room 007"]
        await press(pilot, "e")
        assert titles(pilot) == []
        await press(pilot, "escape")
        assert "Room 007" in titles(pilot)


async def test_a_hidden_chat_is_gone_from_list_and_switcher_and_a_toast_says_where_it_is(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40), notifications=True) as pilot:
        await still(pilot)
        highlight(pilot, "Long")
        await press(pilot, "x")
        assert "Long" not in titles(pilot)
        assert any("F, then “hidden”" in toast.message for toast in pilot.app._notifications)
        await press(pilot, "ctrl+k", "paste:long")
        assert "No chat is called so" in screen_text(pilot)
        await press(pilot, "escape", "F", "2", "2", "enter", "x", "escape")
        assert "Long" in titles(pilot)


async def test_u_marks_a_chat_read_and_its_newest_message_unread(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        highlight(pilot, "Long")
        for unread in (0, 1, 0):
            await press(pilot, "u")
            assert main(pilot).chats.options.current.unread == unread
            assert (await reading.conversations.get(LONG)).unread == unread
        highlight(pilot, "Room 000")


async def test_the_keys_of_the_list_do_nothing_in_the_history(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "tab", "p", "e", "x", "s")
        assert main(pilot).chats.listing == Listing()
        family = await reading.conversations.get(FAMILY)
        assert (family.is_pinned, family.shelf) == (False, Shelf.LISTED)


async def test_what_could_not_be_written_is_taken_back(reading: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise AppError("The server is gone", "Try again.")

    for name in ("set_pinned", "set_shelf", "mark_read"):
        monkeypatch.setattr(Conversations, name, fail)
    async with browser(reading).run_test(size=(120, 40), notifications=True) as pilot:
        await still(pilot)
        before = main(pilot).chats.options.items.copy()
        highlight(pilot, "Room 007")
        for key in "pexu":
            await pilot.press(key)
            await still(pilot)
            assert main(pilot).chats.options.items == before
            assert any(toast.title == "The server is gone" for toast in pilot.app._notifications)
            highlight(pilot, "Room 007")


async def test_a_thousand_unread_messages_and_more_are_said_so(reading: Archive) -> None:
    await store(reading, chat("busy", map(str, range(1200)), start=START + timedelta(days=900)))
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        assert "999+" in words(pilot).splitlines()[1]


# Long lists


async def many(archive: Archive, count: int) -> None:
    records = []
    for number in range(count):
        name = f"n{number}"
        records += [
            Chat(name, f"Number {number:04}", ConversationKind.GROUP),
            Person(name, "a", "Ana"),
            Entry(name, START - timedelta(days=300, minutes=number), "a", "hello", external_id="m"),
        ]
    await store(archive, records)


async def test_end_leads_to_the_very_last_of_many_chats_and_every_one_is_there_once(archive: Archive) -> None:
    await many(archive, 2500)
    async with browser(archive).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        assert len(titles(pilot)) < 500
        await press(pilot, "end")
        assert titles(pilot) == [f"Number {number:04}" for number in range(2500)]
        assert main(pilot).chats.options.current.title == "Number 2499"
        assert "Number 2499" in words(pilot)
        await press(pilot, "home")
        assert "Number 0000" in words(pilot)


async def test_paging_down_comes_to_the_end_too_and_names_are_found_anywhere(archive: Archive) -> None:
    await many(archive, 700)
    async with browser(archive).run_test(size=(120, 40)) as pilot:
        await press(pilot, "s")
        seen: set[str] = set()
        for _ in range(60):
            seen |= {line.split("  ")[1].split()[1] for line in words(pilot).splitlines() if "Number" in line}
            await press(pilot, "pagedown")
        assert len(titles(pilot)) == 700
        assert len(seen) == 700, "no chat was jumped over"
        await press(pilot, "f", "paste:0693")
        assert titles(pilot)[0] == "Number 0693"


async def test_a_click_opens_a_chat_and_the_wheel_leaves_the_highlight(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await still(pilot)
        await pilot.click(ChatOptions, offset=(5, 7))
        await still(pilot)
        assert main(pilot).chat is not None
        assert main(pilot).chat.title == titles(pilot)[3]
        assert main(pilot).chats.options.highlighted == 3


async def test_an_import_that_comes_on_top_leaves_the_highlight_on_its_chat(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j", "j")
        chosen = main(pilot).chats.options.current
        await store(reading, chat("new", ["hello"], start=START + timedelta(days=900)))
        await press(pilot, "ctrl+k", "escape")
        assert titles(pilot)[0] == "New"
        assert main(pilot).chats.options.current.id == chosen.id
        assert pilot.app.screen.query_one(Input).value == ""
