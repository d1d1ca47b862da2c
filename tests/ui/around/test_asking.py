"""Asking in the browser: what is wrong with a query, what else would find something, what may come next."""

from backscroll.archive.opening import Archive
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.screens.search import SearchScreen
from backscroll.ui.widgets.proposal_list import ProposalList
from backscroll.ui.widgets.query_line import QueryLine
from tests.ui.around.looking import browsing, press, seen, settle
from tests.ui.seen import Pilot


def offered(pilot: Pilot[None]) -> list[str]:
    return [proposal.label for proposal in pilot.app.screen.query_one(ProposalList).proposals]


def pointed(pilot: Pilot[None]) -> str:
    line = pilot.app.screen.query_one(QueryLine)
    return ", ".join(line.value[start:end] for start, end in line.pointed)


def asked(pilot: Pilot[None]) -> str:
    assert isinstance(pilot.app.screen, SearchScreen)
    return pilot.app.screen.asking.text


async def test_the_place_of_a_mistake_stands_out_until_it_is_mended(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys has:linc x")
        assert "Did you mean has:link?" in seen(pilot)
        assert pointed(pilot) == "has:linc"
        line = pilot.app.screen.query_one(QueryLine)
        underlined = [segment.text for segment in line.render_line(0) if segment.style and segment.style.underline]
        assert "".join(underlined) == "has:linc"
        await press(pilot, *["backspace"] * 11)
        assert pointed(pilot) == ""


async def test_an_unknown_filter_and_a_name_that_nobody_bears_are_remarked(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:frm:ana in:nowhere123 ")
        assert "frm: is no filter" in seen(pilot)
        assert "No chat here is called nowhere123." in seen(pilot)
        assert pointed(pilot) == "frm:ana"
        await press(pilot, "ctrl+u", "paste:keys")
        assert "is no filter" not in seen(pilot)


async def test_where_nothing_is_found_other_words_are_proposed_and_taken(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:plent has:reaction OR plent")
        assert "nothing found" in seen(pilot)
        assert any(label.startswith("plant is in ") for label in offered(pilot))
        await press(pilot, "down", "enter")
        assert asked(pilot) == "plant has:reaction OR plant"
        assert "under the plant" in seen(pilot)
        assert offered(pilot) == []


async def test_a_part_of_a_word_is_proposed_with_how_much_it_finds(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:rotatedqq")
        assert any(label.startswith("0 exact, ") and label.endswith(": rotated*") for label in offered(pilot))


async def test_filters_and_names_are_completed_by_tab(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys fro")
        assert offered(pilot) == ["from:"]
        assert "written by someone" in seen(pilot)
        await press(pilot, "tab")
        assert asked(pilot) == "keys from:"
        first = offered(pilot)[0]
        await press(pilot, *first[:2].lower())
        assert first in offered(pilot)
        await press(pilot, "tab")
        assert asked(pilot).rstrip() in {f"keys from:{first}", f'keys from:"{first}"'}
        assert offered(pilot) == []
        assert "hits" in seen(pilot)


async def test_arrows_choose_and_enter_takes_while_esc_closes_the_list_first(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:has:re")
        assert offered(pilot) == ["reaction", "reply"]
        await press(pilot, "down", "down", "enter")
        assert asked(pilot) == "has:reply "
        await press(pilot, "paste:is:e", "escape")
        assert offered(pilot) == []
        assert isinstance(pilot.app.screen, SearchScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_enter_searches_where_nothing_was_chosen(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys is")
        assert offered(pilot) == ["is:"]
        await press(pilot, "enter")
        assert offered(pilot) == []


async def test_a_click_takes_what_is_proposed(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:has:re")
        await pilot.click("#proposals", offset=(3, 1))
        await settle(pilot)
        assert asked(pilot) == "has:reply "
        assert isinstance(pilot.app.focused, QueryLine)


async def test_a_hostile_name_is_only_shown(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:in:red")
        assert "\x1b" not in seen(pilot)
        assert "\u202e" not in seen(pilot)
        await press(pilot, "tab")
        assert pilot.app.is_running
        assert "\u202e" not in asked(pilot)
