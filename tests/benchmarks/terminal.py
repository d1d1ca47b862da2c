"""An app in this process on a terminal that swallows what is drawn: keys go in as from a driver, frames are noticed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from time import monotonic, perf_counter
from typing import Any, Final

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region, Size
from textual.keys import _character_to_key
from textual.scroll_view import ScrollView
from textual.strip import Strip

SIZE: Final = (140, 40)
_PATIENCE: Final = 30.0  # seconds


class Swallowing(Driver):
    """Is given every frame as the characters that a terminal would get; `flushed` is called when it has them all."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.flushed: list[Callable[[], None]] = []

    def write(self, data: str) -> None:
        """Nowhere."""

    def flush(self) -> None:
        """The frame is out."""
        for noticed in self.flushed:
            noticed()

    def resize(self, size: tuple[int, int]) -> None:
        """Tells the app how large the terminal is."""
        self._size = size
        self.send_message(events.Resize(Size(*size), Size(*size)))

    def start_application_mode(self) -> None:
        """Nothing but the size; the driver's size is always given."""
        assert self._size is not None
        self.resize(self._size)

    def disable_input(self) -> None:
        """There is none."""

    def stop_application_mode(self) -> None:
        """Nothing to restore."""


class Stage:
    """A running app; everything that one does to it is posted through its driver, as a terminal's input is."""

    def __init__(self, app: App[Any], driver: Swallowing) -> None:
        self.app = app
        self.driver = driver

    def press(self, key: str) -> None:
        """Sends a key, or a character that is typed."""
        name = _character_to_key(key) if len(key) == 1 else key
        self.driver.process_message(events.Key(name, key if len(key) == 1 else None))

    def click(self, x: int, y: int) -> None:
        """Sends a click on a cell of the screen."""
        for kind in (events.MouseDown, events.MouseUp):
            self.driver.process_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))

    async def settled(self) -> None:
        """Waits until no worker runs, no message waits and nothing is left to draw; fails where that never comes."""
        deadline, calm = monotonic() + _PATIENCE, 0
        while calm < 2:
            if self.app._exception is not None:
                raise self.app._exception
            if monotonic() > deadline:
                raise SystemExit(f"The app does not come to rest; at work: {self._at_work() or 'messages'}.")
            await asyncio.sleep(0.003)  # what was sent is on its way
            calm = calm + 1 if self._is_quiet() else 0

    def _at_work(self) -> list[str]:
        return [worker.name for worker in self.app.workers if not worker.is_finished]

    def _is_quiet(self) -> bool:
        screen = self.app.screen
        pumps = [self.app, *self.app.screen_stack, *screen.walk_children()]
        is_drawn = not (
            screen._dirty_widgets or screen._layout_required or screen._repaint_required or screen._scroll_required
        )
        return is_drawn and not self._at_work() and not any(pump.message_queue_size for pump in pumps)


@asynccontextmanager
async def playing(app: App[Any], size: tuple[int, int] = SIZE) -> AsyncIterator[Stage]:
    """Runs an app until the block ends, at rest when the block begins. An app that fails, fails here."""
    app.driver_class = Swallowing
    running = asyncio.create_task(app.run_async(size=size))
    try:
        while not (app._running or running.done()):
            await asyncio.sleep(0.003)
        assert isinstance(app._driver, Swallowing)
        stage = Stage(app, app._driver)
        await stage.settled()
        yield stage
    finally:
        app.exit()
        await running
    if app._exception is not None:
        raise app._exception


class Watched:
    """A scrolling widget of a stage, and how long it takes from a key until a frame shows it in another state.

    The state is noted whenever the widget draws lines for a frame, and compared when the frame has been written: a
    frame in between that shows something else (a clock, a pane beside) does not count.
    """

    def __init__(self, stage: Stage, widget: ScrollView, state: Callable[[], Hashable]) -> None:
        self.stage = stage
        self.widget = widget
        self._state = state
        self._drawn = self._before = state()
        self._frame: asyncio.Future[float] | None = None
        self._render = widget.render_lines
        widget.render_lines = self._render_lines  # type: ignore[method-assign]
        stage.driver.flushed.append(self._flushed)

    def _render_lines(self, crop: Region) -> list[Strip]:
        lines = self._render(crop)
        self._drawn = self._state()
        return lines

    def _flushed(self) -> None:
        if self._frame is not None and not self._frame.done() and self._drawn != self._before:
            self._frame.set_result(perf_counter())

    async def press(self, key: str) -> float:
        """Milliseconds from the key to the frame that shows what it did; fails where none does."""
        self._before = self._drawn
        self._frame = asyncio.get_running_loop().create_future()
        began = perf_counter()
        self.stage.press(key)
        try:
            shown = await asyncio.wait_for(self._frame, _PATIENCE)
        except TimeoutError:
            raise SystemExit(f"No frame shows what the key {key} did.") from self.stage.app._exception
        return (shown - began) * 1000
