"""Takes import runs back, once a person agrees: what goes, what stays, and how far it is."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, ProgressBar, Static
from textual.worker import Worker

from backscroll.importing.undoing import undo
from backscroll.model.import_run import ImportRun, RunState
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseModal

_BROKEN_OFF = "Broken off: some of it is gone. Taking it back again goes on."


class UndoScreen(BaseModal[bool]):
    """Gives True where everything was taken back."""

    TITLE = "Take an import back"
    CSS_PATH = "undoing.tcss"
    AUTO_FOCUS = "#keep"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", "Keep", tooltip="Leave everything as it is; while it is being taken back, break off"),
        Binding("y", "take", "Take back", tooltip="Take it out of the archive"),
    ]

    def __init__(self, runs: Sequence[ImportRun]) -> None:
        super().__init__()
        self._runs = [run for run in runs if run.state is not RunState.UNDONE]
        self._work: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """The question, and how far it is."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Take back?"
            yield Static(self._question(), id="words", markup=False)
            yield ProgressBar(id="progress", show_eta=False)
            with Horizontal(id="buttons"):
                yield Button("Keep it", id="keep", compact=True)
                yield Button("Take back", id="take", variant="warning", compact=True)

    def _question(self) -> str:
        if not self._runs:
            return "This was taken back before."
        names = ", ".join(f"“{safe_line(run.file_name)}”" for run in self._runs)
        messages = sum(run.messages for run in self._runs)
        return (
            f"{messages:,} messages of {names} go out of the archive, with chats and people that nothing else holds."
            "\nBookmarks and annotations stay, and say that their message is gone."
        )

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Takes the runs back."""
        if self._work is None and self._runs:
            self.add_class("-running")
            self._work = self._take_all()

    @work(group="undo", exclusive=True, exit_on_error=False)
    async def _take_all(self) -> None:
        try:
            for run in self._runs:
                await undo(self.archive, run.id, progress=self._progressed)
        except asyncio.CancelledError:
            if self.is_attached:
                self.notify(_BROKEN_OFF, severity="warning", markup=False)
            raise
        finally:
            self._work = None
        # Not awaited: this screen goes once its workers are done, and this is one of them.
        self.app.call_later(self.dismiss, True)

    def _progressed(self, done: int, total: int) -> None:
        if self.is_attached:
            self.query_one(ProgressBar).update(total=max(total, 1), progress=done)

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Leaves everything as it is; what is under way is broken off."""
        if self._work is not None:
            self._work.cancel()
        self.dismiss(False)
