"""Looking at the browser as a person does: waiting until it has settled, and reading what it shows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.screen import Screen

from backscroll.archive.opening import Archive
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp
from tests.ui.keys import PASTED, strike


@asynccontextmanager
async def browsing(archive: Archive, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[None]]:
    """The browser on an archive, settled."""
    app = BackscrollApp(archive, Settings(timezone="UTC", refresh=0))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Waits until no work of a screen is under way and every message has been handled."""
    await pilot.pause()
    while running := [w for w in pilot.app.workers if isinstance(w.node, Screen) and not w.is_finished]:
        await asyncio.gather(*(worker.wait() for worker in running), return_exceptions=True)
        await pilot.pause()
    assert isinstance(pilot.app, BackscrollApp)
    await pilot.app.desk.sent()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Presses keys (or pastes `paste:words`) one after another, and waits until all is settled."""
    for key in keys:
        await strike(pilot, key)
        if key.startswith(PASTED):  # the next key is about what these words found
            await settle(pilot)
    await settle(pilot)


def seen(pilot: Pilot[None]) -> str:
    """The characters on the screen, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
