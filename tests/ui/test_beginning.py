"""The screen shows before the archive is open: what is waited for is said, and one can leave."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from backscroll.archive.naming import outbox_of
from backscroll.archive.opening import Archive, open_archive
from backscroll.errors import AppError
from backscroll.model.conversation import Place, Shelf
from backscroll.model.ids import new_id
from backscroll.model.writes import AnnotationWrite, Write
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens.away import AwayScreen
from backscroll.writing.noting import new_annotation
from backscroll.writing.outbox import Outbox
from tests.ui.seen import main, screen_text, still
from tests.writing.proxy import AWAY, Proxy


class Door:
    """Opens an archive when it is told to."""

    def __init__(self, archive: Archive | AppError) -> None:
        self._archive = archive
        self.may_open = asyncio.Event()

    async def open(self, status: Callable[[str], None]) -> Archive:
        await asyncio.to_thread(status, "Starting the server")
        await self.may_open.wait()
        if isinstance(self._archive, AppError):
            raise self._archive
        return self._archive


def browser(opening: Callable[[Callable[[str], None]], Awaitable[Archive]]) -> BackscrollApp:
    return BackscrollApp(opening, Settings(timezone="UTC", refresh=0))


async def test_what_is_waited_for_is_said_until_the_chats_are_there(reading: Archive) -> None:
    door = Door(reading)
    app = browser(door.open)
    async with app.run_test(size=(140, 40)) as pilot:
        while "Starting the server" not in screen_text(pilot):
            await pilot.pause()
        assert "Family" not in screen_text(pilot)
        door.may_open.set()
        await still(pilot)
        assert "Family" in screen_text(pilot)
        assert "Starting the server" not in screen_text(pilot)
        assert reading.name in screen_text(pilot)
        assert main(pilot).chat is not None


async def test_keys_do_nothing_before_the_archive_is_open(reading: Archive) -> None:
    door = Door(reading)
    app = browser(door.open)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("slash", "e", "x")
        door.may_open.set()
        await still(pilot)
        assert app.screen is main(pilot)
        assert all(chat.shelf is Shelf.LISTED for chat in await reading.conversations.page(limit=50))


async def test_one_can_leave_before_the_archive_is_open(reading: Archive) -> None:
    app = browser(Door(reading).open)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("q")
    assert app.return_value is None
    assert app.failure is None
    assert not app.is_open


async def test_an_archive_that_cannot_be_opened_ends_the_browser_with_its_reason() -> None:
    refusal = AppError("The server cannot be reached", "Is it running?", code="unreachable")
    door = Door(refusal)
    app = browser(door.open)
    async with app.run_test(size=(140, 40)) as pilot:
        door.may_open.set()
        while app.failure is None:
            await pilot.pause()
    assert app.failure is refusal
    assert app.return_code == 1


@asynccontextmanager
async def browser_without_server(
    reading: Archive, home: Path
) -> AsyncIterator[tuple[BackscrollApp, Callable[[], None]]]:
    """The browser over an archive whose server is away, and what brings it back."""
    dsn = reading.conversations._gateway._dsn
    async with Proxy(dsn) as proxy, AsyncExitStack() as held:
        settings = Settings(dsn=proxy.dsn, home=home, timezone="UTC", refresh=0)
        proxy.reach(AWAY)
        app = BackscrollApp(lambda status: held.enter_async_context(open_archive(settings, status)), settings)
        yield app, lambda: proxy.reach(dsn)


async def shown(pilot: Pilot[None], words: str) -> str:
    """The screen once it shows these words."""
    while words not in screen_text(pilot):
        await pilot.pause()
    return screen_text(pilot)


async def test_a_server_that_is_away_is_tried_again_until_it_gets_what_waits_and_the_chats_show(
    reading: Archive, tmp_path: Path
) -> None:
    family = await reading.conversations.resolve("Family")
    message = (await reading.messages.before(family.id, limit=1))[0]
    async with browser_without_server(reading, tmp_path) as (app, come_back):
        outbox = Outbox(outbox_of(app.settings))
        outbox.add(
            Write(new_id(), AnnotationWrite(new_annotation(message, "Family", "odd [b]keys")), datetime.now(UTC))
        )
        outbox.close()
        async with app.run_test(size=(140, 40)) as pilot:
            said = await shown(pilot, "Tries again in")
            assert "1 write on this machine" in said
            assert "odd [b]keys" in said
            assert "127.0.0.1" not in said
            await pilot.press("slash", "B", "ctrl+p", "ctrl+z")
            assert isinstance(app.screen, AwayScreen)
            come_back()
            await still(pilot)
            assert app.screen is main(pilot)
            assert "Family" in screen_text(pilot)
        written = await reading.annotations.of_message(Place(family.id, message.cursor))
        assert "odd [b]keys" in [note.text for note in written]


async def test_a_key_tries_a_server_that_is_away_at_once(reading: Archive, tmp_path: Path) -> None:
    async with browser_without_server(reading, tmp_path) as (app, come_back):
        app.waits = (600, 600)
        async with app.run_test(size=(140, 40)) as pilot:
            assert "Nothing waits to be sent" in await shown(pilot, "Tries again in 600 s")
            come_back()
            await pilot.press("f5")
            await still(pilot)
            assert "Family" in screen_text(pilot)


async def test_one_can_leave_while_the_server_is_away(reading: Archive, tmp_path: Path) -> None:
    async with browser_without_server(reading, tmp_path) as (app, _):
        async with app.run_test(size=(140, 40)) as pilot:
            await shown(pilot, "Tries again in")
            await pilot.press("q")
        assert (app.return_code, app.failure, app.is_open) == (0, None, False)
