"""What is on the screen, as a person sees it, and waiting until it stands still."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.model.message import Message
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.widgets.history import History
from tests.ui.keys import strike


def browser(archive: Archive) -> BackscrollApp:
    """The browser over an archive, in UTC."""
    return BackscrollApp(archive, Settings(timezone="UTC", refresh=0))


async def still(pilot: Pilot[None]) -> None:
    """Waits until no worker runs, no message waits and all is sent; a page that came may ask for the next one."""
    for _ in range(20):
        await pilot.pause()
        running = [worker for worker in pilot.app.workers if not worker.is_finished]
        if not running:
            break
        await asyncio.gather(*(worker.wait() for worker in running), return_exceptions=True)  # some give way to others
    if isinstance(pilot.app, BackscrollApp) and pilot.app.is_open:
        await pilot.app.desk.sent()
    await pilot.pause()


async def until(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """Lets the app go on until something is so: what `still` does not wait for, a timer or what never stands still."""
    for _ in range(400):
        if is_so():
            return
        await pilot.pause(0.05)
    raise AssertionError(screen_text(pilot))


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Presses keys (or pastes `paste:words`) one after another and waits after each."""
    for key in keys:
        await strike(pilot, key)
        await still(pilot)


async def open_chat(pilot: Pilot[None], conversation: UUID) -> History:
    """Opens a chat as the switcher does."""
    assert isinstance(pilot.app, BackscrollApp)
    await still(pilot)
    pilot.app.show_chat(conversation)
    await still(pilot)
    return main(pilot).history


def main(pilot: Pilot[None]) -> MainScreen:
    """The screen at the bottom of the stack."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def screen_text(pilot: Pilot[None]) -> str:
    """All that the terminal shows."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def history_lines(history: History) -> list[str]:
    """The lines of the history that are in view."""
    return [history.render_line(y).text for y in range(history.view_height)]


def in_view(history: History) -> list[Message]:
    """The messages that have a line in view."""
    top = history.scroll_offset.y
    found = {history.blocks.at_line(line) for line in range(top, top + history.view_height)}
    return [history.blocks.messages[index] for index in sorted(i for i in found if i is not None)]
