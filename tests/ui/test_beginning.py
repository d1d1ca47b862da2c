"""The screen shows before the archive is open: what is waited for is said, and one can leave."""

import asyncio
from collections.abc import Awaitable, Callable

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.conversation import Shelf
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp
from tests.ui.seen import main, screen_text, still


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
