"""Brings an export into the archive: which one, how to read it, how far it is, and what came of it."""

import asyncio
from pathlib import Path
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, DirectoryTree, Footer, Input, Label, ProgressBar, Select, Static
from textual.worker import Worker

from backscroll.errors import AppError
from backscroll.importing.format import Choices, DateOrder
from backscroll.importing.formats import FORMATS
from backscroll.importing.pipeline import ImportReport, Progress, import_paths
from backscroll.settings import zone_named
from backscroll.text import safe, safe_line
from backscroll.ui.commands.paths import PathSuggester
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.folders import Folders
from backscroll.ui.widgets.import_report import reported, underway

_ORDERS: tuple[tuple[str, DateOrder], ...] = (
    ("day month year", "dmy"),
    ("month day year", "mdy"),
    ("year month day", "ymd"),
)


class ImportScreen(BaseScreen[bool]):
    """Gives True where something was brought in."""

    TITLE = "Import"
    CSS_PATH = "importing.tcss"
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Cancel / close", tooltip="Cancel a running import; else close"),
        Binding("ctrl+j,ctrl+enter", "begin", "Import", key_display="^J", priority=True, tooltip="Begin the import"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._work: Worker[None] | None = None
        self._paths: dict[str, Path] = {}
        self._brought = False

    def compose(self) -> ComposeResult:
        """The choices, a tree to pick from, and what is going on."""
        with Vertical(id="choices") as choices:
            choices.border_title = "Import chats"
            with Horizontal(classes="field"):
                yield Label("File or folder")
                yield Input(id="path", suggester=PathSuggester(), compact=True, placeholder="→ completes a path")
            with Horizontal(classes="field"):
                yield Label("Format")
                yield Select([(f.title, f.name) for f in FORMATS], id="format", prompt="detected", compact=True)
            with Horizontal(classes="field"):
                yield Label("Dates are")
                yield Select(_ORDERS, id="order", prompt="told from the file", compact=True)
            with Horizontal(classes="field"):
                yield Label("Time zone")
                yield Input(
                    self.backscroll.settings.timezone or "",
                    id="zone",
                    compact=True,
                    placeholder="this machine's; or such as Europe/Berlin",
                )
            with Horizontal(classes="field"):
                yield Button("Import", id="begin", variant="primary", compact=True)
                yield Button("Close", id="stop", compact=True)
        with Vertical(id="outcome"):
            yield ProgressBar(id="progress", show_eta=True)
            yield Static(id="words", markup=False)
        with Vertical(id="picking") as picking:
            picking.border_title = "Or pick one"
            yield Folders(Path.home(), id="folders")
        yield Footer(show_command_palette=False)

    # Choosing

    @on(DirectoryTree.FileSelected)
    @on(DirectoryTree.DirectorySelected)
    def _picked(self, event: DirectoryTree.FileSelected | DirectoryTree.DirectorySelected) -> None:
        shown = safe_line(str(event.path))
        self._paths[shown] = event.path
        self.query_one("#path", Input).value = shown

    def _choices(self) -> tuple[Path, Choices, str | None]:
        typed = self.query_one("#path", Input).value.strip()
        if not typed:
            raise AppError("No file or folder is named", "Type a path, or pick one from the tree below.")
        zone = zone_named(self.query_one("#zone", Input).value.strip() or self.backscroll.settings.timezone)
        order = self.query_one("#order", Select).value
        chosen = self.query_one("#format", Select).value
        choices = Choices(zone, str(zone), None if order is Select.NULL else cast("DateOrder", order))
        path = self._paths.get(typed, Path(typed).expanduser())
        return path, choices, None if chosen is Select.NULL else str(chosen)

    # Importing

    @on(Input.Submitted)
    @on(Button.Pressed, "#begin")
    def action_begin(self) -> None:
        """Begins the import, where none runs."""
        if self._work is None:
            self._work = self._import()

    @work(group="import", exclusive=True, exit_on_error=False)
    async def _import(self) -> None:
        self.add_class("-running")
        self._say("Looking at it…")
        bar = self.query_one(ProgressBar)
        bar.update(total=None, progress=0)
        try:
            path, choices, format_name = self._choices()
            report = await import_paths(
                self.archive, [path], choices, format_name=format_name, progress=self._progressed
            )
            self._done(report)
        except AppError as error:
            self._failed(error)
        except asyncio.CancelledError:
            self._say("Cancelled. What was read before is in the archive; importing again goes on from there.")
            raise
        finally:
            self._work = None
            self.remove_class("-running")

    def _progressed(self, progress: Progress) -> None:
        self._brought = True
        self.query_one(ProgressBar).update(total=max(progress.total, 1), progress=progress.done)
        self._say(underway(progress))

    def _done(self, report: ImportReport) -> None:
        self._brought = self._brought or bool(report.stored.messages)
        self._say(reported(report), kind="-done")

    def _failed(self, error: AppError) -> None:
        hint = error.hint
        if error.code == "ambiguous_date_order":
            hint += "\nHere: choose under “Dates are”, and the import goes on."
            self.query_one("#order").focus()
        self._say(f"{error.title}\n{hint}", kind="-failed")

    @on(Select.Changed, "#order")
    def _order_chosen(self, event: Select.Changed) -> None:
        if event.value is not Select.NULL and self.query_one("#words").has_class("-failed"):
            self.action_begin()

    def _say(self, words: str, kind: str = "") -> None:
        if not self.is_attached:  # the browser was left while an import ran
            return
        said = self.query_one("#words", Static)
        said.update(safe(words))
        said.set_class(kind == "-done", "-done")
        said.set_class(kind == "-failed", "-failed")

    @on(Button.Pressed, "#stop")
    def action_stop(self) -> None:
        """Cancels a running import; closes where none runs."""
        if self._work:
            self._work.cancel()
        else:
            self.dismiss(self._brought)
