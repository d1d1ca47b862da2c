"""The report of an import, right after it or long after: what came in, how it was read, what was left out."""

from collections.abc import Sequence
from itertools import chain
from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from backscroll.archive.import_runs import RunReport
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.skipped import SkippedScreen
from backscroll.ui.screens.undoing import UndoScreen
from backscroll.ui.widgets.import_report import reported
from backscroll.ui.widgets.key_line import KeyLine


class ImportReportScreen(BaseScreen[None]):
    """Shows the reports of some runs, and right after them what became of the `files` of their messages."""

    TITLE = "Import: the report"
    CSS_PATH = "importing.tcss"
    AUTO_FOCUS = "#report"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", tooltip="Back to the imports"),
        Binding("enter,s", "skipped", "Not read", key_display="Enter", tooltip="What could not be read, and why"),
        Binding("o", "open", "Open the chats", tooltip="Read what came in"),
        Binding("u", "undo", "Take back", tooltip="Take out of the archive what came in; notes on it stay"),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, runs: Sequence[UUID], files: Sequence[str] = ()) -> None:
        super().__init__()
        self._runs = tuple(runs)
        self._files = tuple(files)
        self._reports: list[RunReport] = []

    def compose(self) -> ComposeResult:
        """The words, and where they lead."""
        with VerticalScroll(id="report") as panel:
            panel.border_title = "What came in"
            yield Static("…", id="words", markup=False)
        with Horizontal(id="buttons"):
            yield Button("Open the chats", id="open", variant="primary", compact=True)
            yield Button("Not read", id="skipped", compact=True)
            yield Button("Take back", id="undo", compact=True)
            yield Button("Close", id="close", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads the reports from the archive, where they are kept."""
        self._read()

    @work(group="report", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        runs = self.archive.import_runs
        self._reports = [await runs.report(await runs.find(str(run))) for run in self._runs]
        self.query_one("#words", Static).update(reported(self._reports, self.backscroll.zone, self._files))
        self.set_class(not any(report.unread for report in self._reports), "-all-read")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What could not be read is shown where there is some."""
        return action != "skipped" or any(report.unread for report in self._reports)

    @on(Button.Pressed, "#skipped")
    async def action_skipped(self) -> None:
        """What could not be read, and why."""
        await self.app.push_screen(SkippedScreen(list(chain.from_iterable(report.unread for report in self._reports))))

    @on(Button.Pressed, "#open")
    def action_open(self) -> None:
        """The largest chat that came in, with the others beside it."""
        chats = [chat for report in self._reports for chat in report.reported.chats]
        if chats:
            self.backscroll.show_chat(max(chats, key=lambda chat: (chat.added or 0, chat.messages)).id)
        else:
            self.notify("No chat came in.", markup=False)

    @on(Button.Pressed, "#undo")
    async def action_undo(self) -> None:
        """Takes the runs back, once a person agrees."""
        await self.app.push_screen(UndoScreen([report.run for report in self._reports]), self._undone)

    def _undone(self, is_done: bool | None) -> None:
        if is_done:
            self.notify("Bookmarks and annotations stay.", title="Taken back", markup=False)
            self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Moves the text."""
        self.query_one("#report").scroll_relative(y=lines, animate=False)

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Back to the imports."""
        self.dismiss()
