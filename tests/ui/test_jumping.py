"""Moving through time: to a date as one says it, by days, months and years, and what is said where nothing is."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from backscroll.archive.opening import Archive
from backscroll.dates import Span, named
from backscroll.importing.records import Chat, Entry, Person
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens import go_to_date
from tests.making import chat_id, store
from tests.ui.seen import main, open_chat, press, screen_text, still

GAPS = chat_id("gaps")
MOMENTS = {
    "a": datetime(2021, 3, 1, 9, tzinfo=UTC),
    "b": datetime(2021, 3, 1, 9, tzinfo=UTC),
    "c": datetime(2021, 3, 1, 23, 30, tzinfo=UTC),  # half past midnight of the next day in Berlin
    "d": datetime(2021, 3, 5, 8, tzinfo=UTC),
    "e": datetime(2021, 6, 10, 8, tzinfo=UTC),
    "f": datetime(2023, 1, 2, 8, tzinfo=UTC),
    "g": datetime(2023, 1, 2, 9, tzinfo=UTC),
}


@pytest.fixture
async def pilot(archive: Archive, request: pytest.FixtureRequest) -> AsyncIterator[Pilot[None]]:
    """The browser in a zone (UTC, if nothing else is asked for), on a chat with a few messages and much between."""
    records = [Entry("gaps", at, "ana", text, external_id=text) for text, at in MOMENTS.items()]
    await store(archive, [Chat("gaps", "Gaps"), Person("gaps", "ana", "Ana"), *records])
    app = BackscrollApp(archive, Settings(timezone=getattr(request, "param", "UTC")))
    async with app.run_test(size=(120, 40), notifications=True) as running:
        await open_chat(running, GAPS)
        yield running


def here(pilot: Pilot[None]) -> str:
    message = main(pilot).chat_history.current
    assert message is not None
    return message.text


async def walk(pilot: Pilot[None], *keys: str) -> str:
    """Where one stands after each key."""
    places = []
    for key in keys:
        await press(pilot, key)
        places.append(here(pilot))
    return "".join(places)


async def go(pilot: Pilot[None], text: str) -> None:
    await press(pilot, "g")
    pilot.app.screen.query_one(Input).value = text
    await press(pilot, "enter")


async def test_brackets_step_by_days_braces_by_months_and_parentheses_by_years(pilot: Pilot[None]) -> None:
    assert here(pilot) == "g"
    assert await walk(pilot, *"[[[[") == "feda"
    assert await walk(pilot, *"]]]") == "def"
    assert await walk(pilot, *"{{{") == "eaa"
    assert await walk(pilot, *"}}}") == "eff"
    assert await walk(pilot, *"((") == "aa"
    assert await walk(pilot, *"))") == "ff"


@pytest.mark.parametrize("pilot", ["Europe/Berlin"], indirect=True)
async def test_days_are_those_of_the_persons_zone(pilot: Pilot[None]) -> None:
    await press(pilot, "home")
    assert await walk(pilot, *"]]") == "cd"
    await go(pilot, "2.3.2021")
    assert here(pilot) == "c"
    assert "Nothing" not in screen_text(pilot)


async def test_quick_presses_are_all_counted(pilot: Pilot[None]) -> None:
    await pilot.press(*"[[[")
    await still(pilot)
    assert here(pilot) == "d"


async def test_the_ends_of_the_chat_are_said(pilot: Pilot[None]) -> None:
    await press(pilot, "]")
    assert "Nothing after Mon 2 Jan 2023" in screen_text(pilot)
    await press(pilot, "}")
    assert "Nothing after January 2023" in screen_text(pilot)
    await press(pilot, ")")
    assert "Nothing after 2023" in screen_text(pilot)
    await press(pilot, "home", "[")
    assert "This is the first message of the chat" in screen_text(pilot)
    assert here(pilot) == "a"


async def test_jumps_are_on_the_trail(pilot: Pilot[None]) -> None:
    await press(pilot, "(", "{")
    await go(pilot, "5.3.2021")
    assert here(pilot) == "d"
    assert await walk(pilot, "alt+left", "alt+left", "alt+left") == "efg"
    assert await walk(pilot, "alt+right", "alt+right", "alt+right") == "fed"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("2 mar 2021", "d", "Nothing on Tue 2 Mar 2021; the next message is of Fri 5 Mar 2021"),
        ("april 2021", "e", "Nothing in April 2021; the next message is of Thu 10 Jun 2021"),
        ("2022", "f", "Nothing in 2022; the next message is of Mon 2 Jan 2023"),
        ("q4 2021", "f", "Nothing in Q4 2021; the next message is of Mon 2 Jan 2023"),
        ("2021-W10", "e", "Nothing in the week of Mon 8 Mar 2021; the next message is of Thu 10 Jun 2021"),
        ("3.1.2023", "g", "Nothing on or after Tue 3 Jan 2023; this is the last message"),
        ("february 2023", "g", "Nothing in or after February 2023; this is the last message"),
    ],
)
async def test_a_date_without_messages_is_said_and_the_next_one_shown(
    pilot: Pilot[None], text: str, place: str, words: str
) -> None:
    await press(pilot, "home")
    await go(pilot, text)
    assert here(pilot) == place
    assert words in [note.message for note in pilot.app._notifications]


@pytest.mark.parametrize(
    ("text", "place"), [("1 march 2021", "a"), ("june 2021", "e"), ("2023", "f"), ("q1 2021", "a")]
)
async def test_a_date_with_messages_needs_no_words(pilot: Pilot[None], text: str, place: str) -> None:
    await go(pilot, text)
    assert here(pilot) == place
    assert not pilot.app._notifications


async def test_what_is_typed_is_echoed_as_it_is_understood(pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    await press(pilot, "g")
    assert "Mon 1 Mar 2021 to Mon 2 Jan 2023" in screen_text(pilot)
    for text, echo in [
        ("2021", "2021: from Fri 1 Jan 2021"),
        ("march 2021", "March 2021: from Mon 1 Mar 2021"),
        ("1/2/2021", "Mon 1 Feb 2021"),
        ("q2 2020", "Q2 2020: from Wed 1 Apr 2020"),
        ("2021-w05", "The week of Mon 1 Feb 2021"),
        ("12", "…"),
        ("", "Mon 1 Mar 2021 to Mon 2 Jan 2023"),
    ]:
        pilot.app.screen.query_one(Input).value = text
        await still(pilot)
        assert echo in screen_text(pilot)
    pilot.app.screen.query_one(Input).value = "soon"
    await press(pilot, "enter")
    assert "Not a date" in screen_text(pilot)
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    pilot.app.screen.query_one(Input).value = "yesterday"
    await still(pilot)
    assert f"{yesterday.day} {yesterday:%b %Y}" in screen_text(pilot)


async def test_typing_goes_on_while_a_date_is_being_read(pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> None:
    is_read = Event()

    def slowly(text: str, today: date) -> Span | None:
        assert is_read.wait(60)
        return named(text, today)

    monkeypatch.setattr(go_to_date, "named", slowly)
    await press(pilot, "g")
    await pilot.press(*"2021")
    assert pilot.app.screen.query_one(Input).value == "2021"
    assert "2021: from" not in screen_text(pilot)
    is_read.set()
    await still(pilot)
    assert "2021: from Fri 1 Jan 2021" in screen_text(pilot)


async def test_a_second_g_leads_to_the_first_message(pilot: Pilot[None]) -> None:
    await press(pilot, "g", "g")
    assert here(pilot) == "a"
    assert not pilot.app._notifications
