"""An import on its way: how far it is, how fast, and how long it will take; it can be cancelled and taken up again."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, ProgressBar, Static
from textual.worker import Worker

from backscroll.errors import AppError
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import Progress, import_paths
from backscroll.text import safe
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.import_report import ImportReportScreen
from backscroll.ui.widgets.import_report import underway
from backscroll.ui.widgets.key_line import KeyLine

_CANCELLED = "Cancelled. What was stored stays, in whole batches; importing again goes on from there."


class ImportRunning(BaseScreen[None]):
    """Runs an import and ends with its report."""

    TITLE = "Import: under way"
    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Cancel / close", tooltip="Cancel the import; where none runs, close"),
        Binding("r", "resume", "Go on", tooltip="Take up an import again that was cancelled or failed"),
    ]

    def __init__(self, paths: Sequence[Path], choices: Choices, format_name: str | None) -> None:
        super().__init__()
        self._paths = tuple(paths)
        self._choices = choices
        self._format_name = format_name
        self._work: Worker[None] | None = None
        self._began = 0.0

    def compose(self) -> ComposeResult:
        """A bar, words, and what can be done."""
        with Vertical(id="underway") as panel:
            panel.border_title = "Importing"
            yield ProgressBar(id="progress", show_eta=True)
            yield Static("Looking at it…", id="words", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Cancel", id="stop", compact=True)
                yield Button("Go on", id="resume", variant="primary", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begins at once."""
        self.action_resume()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """One goes on only where nothing runs."""
        return action != "resume" or self._work is None

    @on(Button.Pressed, "#resume")
    def action_resume(self) -> None:
        """Begins, or goes on with what was not stored yet."""
        if self._work is None:
            self._work = self._import()
            self._show_state()

    @work(group="import", exclusive=True, exit_on_error=False)
    async def _import(self) -> None:
        self._began = monotonic()
        self.query_one(ProgressBar).update(total=None, progress=0)
        self._say("Looking at it…")
        try:
            report = await import_paths(
                self.archive, self._paths, self._choices, format_name=self._format_name, progress=self._progressed
            )
        except AppError as error:
            self._say(f"{error.title}\n{error.hint}", failed=True)
        except asyncio.CancelledError:
            self._say(_CANCELLED)
            raise
        else:
            # Not waited for: this screen goes once its workers are done, and this is one of them.
            self.app.call_later(self.app.switch_screen, ImportReportScreen(report.runs, report.files.sentences))
        finally:
            self._work = None
            self._show_state()

    def _progressed(self, progress: Progress) -> None:
        self.query_one(ProgressBar).update(total=max(progress.total, 1), progress=progress.done)
        self._say(underway(progress, monotonic() - self._began))

    def _show_state(self) -> None:
        if self.is_attached:  # the browser may have been left while an import ran
            self.set_class(self._work is not None, "-running")
            self.query_one("#stop", Button).label = "Cancel" if self._work else "Close"
            self.refresh_bindings()

    def _say(self, words: str, *, failed: bool = False) -> None:
        if self.is_attached:
            said = self.query_one("#words", Static)
            said.update(safe(words))
            said.set_class(failed, "-failed")

    @on(Button.Pressed, "#stop")
    def action_stop(self) -> None:
        """Cancels a running import; closes where none runs."""
        if self._work:
            self._work.cancel()
        else:
            self.dismiss()
