"""A dialogue that does one piece of work: what it is about, how far it is, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.types import CSSPathType
from textual.widgets import Button, ProgressBar, Static
from textual.worker import Worker

from backscroll.errors import AppError
from backscroll.text import safe
from backscroll.ui.screens.base import BaseModal


class WorkingDialogue(BaseModal[None]):
    """Esc cancels what is under way, and then closes; an heir composes `how_far` below its fields."""

    CSS_PATH: ClassVar[CSSPathType | None] = "working.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Cancel / close", tooltip="Cancel; where nothing is under way, close"),
    ]

    cancelled: ClassVar[str]
    """What is said where it was cancelled."""
    _work: Worker[None] | None = None

    def how_far(self, words: str, begin: Button) -> ComposeResult:
        """A bar, words, and the buttons."""
        yield ProgressBar(id="progress", show_eta=False)
        yield Static(words, id="words", markup=False)
        with Horizontal(id="buttons"):
            yield begin
            yield Button("Close", id="stop", compact=True)

    def begin(self, task: Callable[[], Awaitable[str]]) -> None:
        """Does the work, which gives the words that end it; one that is under way goes on instead."""
        if self._work is None:
            self._work = self._run(task)
            self._show_state()

    @work(group="working", exclusive=True, exit_on_error=False)
    async def _run(self, task: Callable[[], Awaitable[str]]) -> None:
        self.progressed(0, 0)
        try:
            self.say(await task())
        except AppError as error:
            self.say(f"{error.title}\n{self.advice(error)}", failed=True)
        except asyncio.CancelledError:
            self.say(self.cancelled)
            raise
        finally:
            self._work = None
            self._show_state()

    def advice(self, error: AppError) -> str:
        """What to do about a failure."""
        return error.hint

    def progressed(self, done: int, total: int) -> None:
        """Shows how far it is; a total of 0: nobody knows."""
        if self.is_attached:
            self.query_one(ProgressBar).update(total=total or None, progress=done)

    def say(self, words: str, *, failed: bool = False) -> None:
        """Says something of the work (foreign text)."""
        if self.is_attached:
            said = self.query_one("#words", Static)
            said.update(safe(words))
            said.set_class(failed, "-failed")

    def _show_state(self) -> None:
        if self.is_attached:
            self.set_class(self._work is not None, "-running")
            self.query_one("#stop", Button).label = "Cancel" if self._work else "Close"

    @on(Button.Pressed, "#stop")
    def action_stop(self) -> None:
        """Cancels what is under way; closes where nothing is."""
        if self._work:
            self._work.cancel()
        else:
            self.dismiss()
