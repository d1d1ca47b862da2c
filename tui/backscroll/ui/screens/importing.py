"""Where an import begins: a file or folder to pick, and what was imported before."""

from pathlib import Path
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, DirectoryTree, Input, Label, OptionList
from textual.widgets.option_list import Option

from backscroll.exporting.returning.files import is_notes
from backscroll.model.import_run import ImportRun
from backscroll.text import safe_line
from backscroll.ui.commands.paths import PathSuggester
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.bringing import BringingScreen
from backscroll.ui.screens.import_preview import ImportPreview
from backscroll.ui.screens.import_report import ImportReportScreen
from backscroll.ui.widgets.folders import Folders
from backscroll.ui.widgets.import_report import run_line
from backscroll.ui.widgets.key_line import KeyLine

_RUNS: Final = 200


class ImportScreen(BaseScreen[None]):
    """Leads to a look at what was picked, and to the reports of past imports."""

    TITLE = "Import"
    CSS_PATH = "importing.tcss"
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", tooltip="Back to where you were"),
        Binding("ctrl+j,ctrl+enter", "look", "Go on", key_display="^J", priority=True, tooltip="Look at it"),
        Binding("ctrl+l", "live", "Live sources", key_display="^L", tooltip="Mirror the database of a chat system"),
        Binding("ctrl+r", "past", "Past imports", key_display="^R", tooltip="To the list of past imports"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._paths: dict[str, Path] = {}
        self._runs: list[ImportRun] = []

    def compose(self) -> ComposeResult:
        """A path, a tree to pick one from, and past imports."""
        with Vertical(id="picked") as picked:
            picked.border_title = "Import chats"
            with Horizontal(classes="field"):
                yield Label("File or folder")
                yield Input(id="path", suggester=PathSuggester(), compact=True, placeholder="→ completes a path")
                yield Button("Look at it", id="look", variant="primary", compact=True)
        with Horizontal(id="places"):
            with Vertical(id="picking") as picking:
                picking.border_title = "Pick one"
                yield Folders(Path.home(), id="folders")
            with Vertical(id="past") as past:
                past.border_title = "Past imports"
                yield OptionList(id="runs", markup=False)
        yield KeyLine()

    def on_screen_resume(self) -> None:
        """Lists the runs again: one may have come."""
        self._list_runs()

    async def action_live(self) -> None:
        """To the live sources."""
        await self.backscroll.show_sources()

    # Picking

    @on(DirectoryTree.FileSelected)
    @on(DirectoryTree.DirectorySelected)
    def _picked(self, event: DirectoryTree.FileSelected | DirectoryTree.DirectorySelected) -> None:
        shown = safe_line(str(event.path))
        self._paths[shown] = event.path
        self.query_one("#path", Input).value = shown
        if isinstance(event, DirectoryTree.FileSelected):
            self.action_look()

    @on(Folders.Marked)
    def _marked(self) -> None:
        marked = self.query_one(Folders).marked
        names = safe_line(", ".join(path.name for path in marked))
        self.query_one("#picking").border_subtitle = f"{len(marked)} marked: {names}" if marked else ""

    @on(Input.Submitted, "#path")
    @on(Button.Pressed, "#look")
    def action_look(self) -> None:
        """Looks at what was marked, or else at the path."""
        typed = self.query_one("#path", Input).value.strip()
        marked = self.query_one(Folders).marked
        if not marked and not typed:
            self.notify(
                "Type a path, or pick one from the tree.", title="No file or folder is named", severity="warning"
            )
            return
        paths = marked or [self._paths.get(typed, Path(typed).expanduser())]
        is_of_notes = len(paths) == 1 and is_notes(paths[0])
        self.app.push_screen(BringingScreen(paths[0]) if is_of_notes else ImportPreview(paths))

    # Past imports

    @work(group="runs", exclusive=True, exit_on_error=False)
    async def _list_runs(self) -> None:
        self._runs = await self.archive.import_runs.page(limit=_RUNS)
        lines = (Option(run_line(run, self.backscroll.zone)) for run in self._runs)
        shown = self.query_one("#runs", OptionList)
        shown.set_options(lines)
        shown.highlighted = 0 if self._runs else None
        self.set_class(not self._runs, "-no-runs")

    def action_past(self) -> None:
        """To the list of past imports."""
        self.query_one("#runs").focus()

    @on(OptionList.OptionSelected, "#runs")
    async def _show_run(self, event: OptionList.OptionSelected) -> None:
        run = self._runs[event.option_index]
        await self.app.push_screen(ImportReportScreen([run.id]))

    def action_close(self) -> None:
        """Closes."""
        self.dismiss()
