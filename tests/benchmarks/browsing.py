"""The browser on a stage, as the program runs it, and what has to hold of every frame that is measured."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from textual.geometry import Region

from backscroll.archive.opening import Archive, open_archive
from backscroll.settings import load_settings
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.widgets.history import History
from tests.benchmarks.terminal import Stage, playing

_PIECE = 3
"""Characters that a piece of a word has more of, for it not to be in any message."""


class Browser:
    """The running browser; `largest_window` is the most messages that were ever held while a frame was drawn."""

    def __init__(self, stage: Stage, app: BackscrollApp) -> None:
        self.stage = stage
        self.app = app
        self.largest_window = 0
        stage.driver.flushed.append(self._note_window)

    @property
    def main(self) -> MainScreen:
        """The reading screen."""
        return self.app._main

    @property
    def history(self) -> History:
        """The messages of the chat that is open."""
        return self.main.chat_history

    def _note_window(self) -> None:
        for history in self.main.query(History):
            held = len(history.window.messages) if history.window else 0
            self.largest_window = max(self.largest_window, held, len(history.blocks.messages))

    def check(self) -> None:
        """Fails where the history does not show messages."""
        history = self.history
        # As for a frame: a line asked for alone would know its place, and Rich would remember a style for each place.
        lines = [line.text for line in history.render_lines(Region(0, 0, *history.scrollable_content_region.size))]
        text = history.current.text if history.current else ""
        seen = {word for line in lines for word in line.split()}
        # Of a long word there may be only a piece in view.
        if not any(word in text.split() or (len(word) > _PIECE and word in text) for word in seen):
            shown = "\n".join(lines)
            raise SystemExit(f"A frame shows no message, or not {history.current!r} under the cursor:\n{shown}")


@asynccontextmanager
async def browsing(home: Path) -> AsyncIterator[Browser]:
    """The browser over the archive of a home, on the newest chat, in UTC."""
    settings = replace(load_settings(home=home), timezone="UTC")
    async with AsyncExitStack() as held:

        async def opened(status: Callable[[str], None]) -> Archive:
            return await held.enter_async_context(open_archive(settings, status))

        app = BackscrollApp(opened, settings)
        async with playing(app) as stage:
            while not app.is_open:
                await asyncio.sleep(0.003)
            await stage.settled()
            browser = Browser(stage, app)
            browser.check()
            yield browser
