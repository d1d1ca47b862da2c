"""The screen of live sources: one is added by its address, followed and paused; what runs goes on behind others."""

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from textual.widgets import Input, OptionList

from backscroll.settings import Settings
from backscroll.syncing import following
from backscroll.ui.live_sources import Address
from backscroll.ui.screens.source_address import SourceAddressScreen
from backscroll.ui.screens.sources import SourcesScreen
from backscroll.ui.widgets.details import Details
from tests.syncing.conftest import Sides
from tests.syncing.systems.threads_app import ThreadsApp
from tests.syncing.world import World, held
from tests.ui.seen import browser, open_chat, press, screen_text, still, until


async def test_a_source_is_added_followed_and_paused(sides: Sides) -> None:
    world = World(ThreadsApp(), sides.source)
    world.make(16)
    app = browser(sides.archive)
    async with app.run_test(size=(110, 30)) as pilot:
        await still(pilot)
        await app.show_sources()
        await still(pilot)
        screen = app.screen
        assert isinstance(screen, SourcesScreen)
        assert "No live source yet" in screen_text(pilot)

        await press(pilot, "n")
        await press(pilot, "paste:nonsense://", "enter")
        assert isinstance(app.screen, SourceAddressScreen)
        assert "The DSN cannot be read" in screen_text(pilot)
        app.screen.query_one("#address").value = sides.source  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: held(sides.dsn) == world.expected() and not app.live.underway)
        await until(pilot, lambda: "3 chats, 16 messages" in screen_text(pilot))
        assert "Threads application" in screen_text(pilot)
        assert screen.query_one("#sources", OptionList).option_count == 1

        await pilot.press("f")
        await pilot.press("escape")
        await until(pilot, lambda: any(not state.is_first for state in app.live.underway.values()))
        world.say(replace(world.said[15], number=60, text="while another screen is open"))
        await until(pilot, lambda: held(sides.dsn) == world.expected())
        await app.show_sources()
        await until(pilot, lambda: "followed: 1 new" in screen_text(pilot))
        await pilot.press("p")
        await until(pilot, lambda: "paused since" in screen_text(pilot))
        await pilot.press("f")
        await until(pilot, lambda: not app.live.underway)
        (known,) = await sides.archive.syncs.all()
        assert known.is_paused
        assert {run.state for run in await sides.archive.import_runs.page(limit=5)} <= {"done", "cancelled"}


async def test_what_a_source_keeps_beside_messages_is_shown_with_the_source_and_with_the_chat(sides: Sides) -> None:
    world = World(ThreadsApp(), sides.source)
    world.make(16)
    await sides.sync()
    app = browser(sides.archive)
    async with app.run_test(size=(150, 60)) as pilot:
        await still(pilot)
        await app.show_sources()
        await still(pilot)
        shown = screen_text(pilot)
        assert "READ STATE" in shown
        assert "Family: role member, username ana" in shown
        assert "last_read_at" in shown
        assert "4 more" in shown  # of seven, three chats' people
        await press(pilot, "i", "j")
        assert '"username": "' in screen_text(pilot)
        assert "users " in screen_text(pilot)
        await press(pilot, "escape", "escape")
        app.show_chat((await sides.archive.conversations.resolve("Team")).id)
        await still(pilot)
        app.screen.query_one(Details).tab = "chat"
        await still(pilot)
        assert "username cy" in screen_text(pilot)


async def test_a_mapping_of_an_unknown_database_is_suggested_written_and_used(
    sides: Sides, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "posts.toml").write_text("of somebody else", "utf-8")
    with psycopg.connect(sides.source) as connection:
        connection.execute("CREATE TABLE prices (id int, amount numeric)")
        connection.execute("CREATE TABLE people (id int, full_name text)")
        connection.execute("CREATE TABLE posts (id int, written timestamptz, body text, room text, author_id int)")
        connection.execute("INSERT INTO people VALUES (1, 'Ana')")
        connection.execute("INSERT INTO posts VALUES (7, '2024-03-12 10:00+00', 'found them', 'hall', 1)")
    app = browser(sides.archive)
    async with app.run_test(size=(110, 40)) as pilot:
        await still(pilot)
        await app.show_sources()
        await press(pilot, "n")
        screen = app.screen
        screen.query_one("#address", Input).value = sides.source
        await pilot.press("enter")
        await until(pilot, lambda: "public.posts (id, written, body, room, author_id)" in screen_text(pilot))
        assert "prices" not in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: screen.query_one("#mapping", Input).value == str(tmp_path / "posts-2.toml"))
        assert 'sent_at = "written"' in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: held(sides.dsn) != {} and not app.live.underway)
        ((key, told),) = held(sides.dsn).items()
        assert (key, told[1:3]) == (("hall", "7"), ("Ana", "found them"))
        await until(pilot, lambda: "1 chat, 1 message" in screen_text(pilot))
        await pilot.press("enter")  # its address and its mapping are known
        await until(pilot, lambda: not app.live.underway)
        app.live.addresses.clear()
        await press(pilot, "enter")
        mapping = app.screen.query_one("#mapping", Input)
        assert mapping.value == str(tmp_path / "posts-2.toml")
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "posts.toml" in screen_text(pilot))
        await pilot.press("end", "enter")
        await until(pilot, lambda: mapping.value == str(tmp_path / "posts.toml"))


async def test_what_is_said_in_a_followed_source_shows_in_the_open_chat_without_a_look_for_it(sides: Sides) -> None:
    world = World(ThreadsApp(), sides.source)
    world.make(16)
    await sides.sync()
    app = browser(sides.archive)  # which looks for nothing by itself
    async with app.run_test(size=(110, 30)) as pilot:
        await open_chat(pilot, (await sides.archive.conversations.resolve("Team")).id)
        (known,) = await sides.archive.syncs.all()
        await app.live.begin(Address(sides.source), known, follow=True)
        await until(pilot, lambda: any(not state.is_first for state in app.live.underway.values()))
        world.say(replace(world.said[13], number=60, text="said just now"))
        await until(pilot, lambda: "said just now" in screen_text(pilot))


def test_two_looks_leave_half_a_second_of_the_two_that_are_promised() -> None:
    assert following.EVERY + Settings().refresh <= 1.5
