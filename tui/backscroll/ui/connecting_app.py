"""The browser until its archive is open: it says what is waited for, and tries a server that is away again."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeAlias

from textual import events, work

from backscroll.errors import AppError
from backscroll.settings import Settings
from backscroll.ui.noting_app import NotingApp
from backscroll.ui.stutter import keep_loaded

if TYPE_CHECKING:
    from backscroll.archive.opening import Archive
    from backscroll.ui.screens.away import AwayScreen

Opening: TypeAlias = "Callable[[Callable[[str], None]], Awaitable[Archive]]"
"""Opens an archive; it tells what is being waited for, from any thread. Raises AppError."""
_LEAVES: Final = {"q", "ctrl+q", "ctrl+c"}
_SLOW: Final = 1.0
"""Seconds after which it is said that a server elsewhere is waited for."""


class ConnectingApp(NotingApp):
    """An app over an archive, or over one that is opened once the screen shows.

    `failure` is why an archive could not be opened; the browser has ended then. A server elsewhere that does not answer
    is no reason to end.
    """

    waits: tuple[float, float] = (1.0, 8.0)
    """Seconds until a server that is away is tried again: at first, and at most."""

    def __init__(self, archive: "Archive | Opening", settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.is_open = not callable(archive)
        self.failure: AppError | None = None
        self._opening = archive if callable(archive) else None
        self._away: AwayScreen | None = None
        if not callable(archive):
            self.take(archive)

    def hold_frames(self) -> None:
        """For an heir: nothing more need be drawn until there is something to show."""

    def say_waiting(self, what: str) -> None:
        """For an heir: says what is being waited for, from any thread."""

    def begin(self) -> None:
        """For an heir: the archive is open."""

    def on_ready(self) -> None:
        """Opens the archive, where it is not."""
        if self._opening is None:
            self._begin()
            return
        self.hold_frames()
        self._open(self._opening)
        if self.settings.dsn is not None:
            self.set_timer(_SLOW, self._say_slow)

    def _say_slow(self) -> None:
        if not self.is_open and self._away is None:
            self.say_waiting("Connecting")

    def try_now(self) -> None:
        """Tries a server that is away without waiting any longer."""
        if self._opening is not None and not self.is_open:
            self._open(self._opening)

    @work(group="opening", exclusive=True)
    async def _open(self, opening: Opening) -> None:
        try:
            self.take(await self._opened(opening))
        except AppError as error:
            self.failure = error
            self.exit(return_code=1)
            return
        self.is_open = True
        if self._away is not None:
            self._away.dismiss()
            self._away = None
        self._begin()
        self._load_ahead()

    async def _opened(self, opening: Opening) -> "Archive":
        try:
            return await opening(self.say_waiting)
        except AppError as error:
            from backscroll.archive.failures import is_away

            if self.settings.dsn is None or not is_away(error):
                raise
            failed = error
        from backscroll.archive.waiting import waited_for

        self._tell_away(failed, None)
        return await waited_for(lambda: opening(self.say_waiting), self._tell_away, self.waits)

    def _tell_away(self, error: AppError, seconds: float | None) -> None:
        """Says why there is no archive yet, and in how many seconds it is tried again (None: now)."""
        from backscroll.ui.screens.away import AwayScreen

        if self._away is None:
            self._away = AwayScreen()
            self.push_screen(self._away)
            self.say_waiting("Waiting for the server")
        self._away.tell(error, seconds)

    def _begin(self) -> None:
        self.desk.start()
        self.begin()

    @work(group="ahead")
    async def _load_ahead(self) -> None:
        """Loads what the first search needs while one looks at the first page."""
        await asyncio.to_thread(import_module, "backscroll.ui.screens.search")
        await asyncio.to_thread(import_module, "rapidfuzz")
        keep_loaded()

    # Until it is open, keys act on what one sees

    async def on_event(self, event: events.Event) -> None:
        """One can only leave, or do what the screen of a server that is away offers."""
        if self.is_open or self._away is not None or not isinstance(event, events.InputEvent):
            await super().on_event(event)
        elif isinstance(event, events.Key) and event.key in _LEAVES:
            self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Commands need an archive."""
        return self.is_open if action == "command_palette" else super().check_action(action, parameters)
