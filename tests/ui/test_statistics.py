"""The screen of statistics: a chat in figures, each of which leads to the messages behind it."""

from importlib.util import find_spec

from textual.pilot import Pilot
from textual.screen import Screen

from backscroll.archive.opening import Archive
from backscroll.importing.stemming import set_language
from backscroll.ui.screens.search import SearchScreen
from backscroll.ui.screens.statistics import StatisticsScreen
from backscroll.ui.widgets.figure_list import FigureList
from backscroll.ui.widgets.month_bars import MonthBars
from backscroll.ui.widgets.week_map import WeekMap
from tests.making import chat_id
from tests.ui.seen import browser, main, open_chat, press, screen_text, still


async def back_to(pilot: Pilot[None], screen: Screen[None]) -> None:
    """Esc ends what is under way, takes off what was narrowed, then closes."""
    for _ in range(4):
        if pilot.app.screen is not screen:
            await press(pilot, "escape")
    assert pilot.app.screen is screen


async def test_a_chat_is_shown_in_figures_and_each_leads_to_its_messages(reading: Archive) -> None:
    await set_language(reading, chat_id("long"), "en")
    async with browser(reading).run_test(size=(140, 45)) as pilot:
        await open_chat(pilot, chat_id("long"))
        await press(pilot, "number_sign")
        screen = pilot.app.screen
        assert isinstance(screen, StatisticsScreen)
        seen = screen_text(pilot)
        assert "730 messages · UTC" in seen
        assert "People · 2" in seen
        assert "50.0 %" in seen
        assert screen.query_one(MonthBars).bars is not None
        assert sum(screen.query_one(MonthBars).bars.sums) == 730  # type: ignore[union-attr]
        assert sum(map(sum, screen.query_one(WeekMap).week)) == 730
        sounds = next(item for item in screen.query_one(FigureList).items if item.part.startswith("Sentiment"))
        query, said = ("date:2024-07", "list of English words") if find_spec("vader") else ("", "backscroll[sentiment]")
        assert sounds.query == query
        assert said in sounds.part + sounds.label

        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert 'from:"Ana"' in screen_text(pilot)
        assert all(hit.message.sender == "Ana" for hit in pilot.app.screen.hits.found)
        await back_to(pilot, screen)

        week = screen.query_one(WeekMap)
        week.focus()
        await press(pilot, "down", "right", "enter")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert "weekday:tue hour:9" in screen_text(pilot)
        assert len(pilot.app.screen.hits.found) == week.week[1][9] > 0
        await back_to(pilot, screen)

        screen.query_one(MonthBars).focus()
        await press(pilot, "home", "right", "enter")
        here = main(pilot).chat_history.current
        assert here is not None
        assert (here.clock.month, here.clock.day) == (3, 1)
        await press(pilot, "escape")
        assert pilot.app.screen is screen


async def test_one_person_is_shown_and_then_everybody_again(reading: Archive) -> None:
    async with browser(reading).run_test(size=(80, 40)) as pilot:
        await open_chat(pilot, chat_id("family"))
        await press(pilot, "number_sign")
        figures = pilot.app.screen.query_one(FigureList)
        people = [item for item in figures.items if item.person]
        assert {item.label for item in people} == {"Ana", "Bo", "Zoë", "東京さん"}
        index = next(i for i, item in enumerate(figures.items) if item.label == "Zoë")
        figures.highlighted = index
        await press(pilot, "p")
        assert "Zoë in Family" in screen_text(pilot)
        assert "3 messages" in screen_text(pilot)
        assert {item.label for item in figures.items if item.part == "Links"} == {"example.org"}
        assert {item.label for item in figures.items if item.part == "Emoji"} == {"👩‍👩‍👧‍👦", "🇵🇹"}
        await press(pilot, "escape")
        assert "14 messages" in screen_text(pilot)
        await press(pilot, "escape")
        await still(pilot)
        assert pilot.app.screen is main(pilot)
