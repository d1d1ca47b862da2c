"""Asks for the file that a codebook is read from or written to."""

from pathlib import Path
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import DirectoryTree, Input, Label, Static

from backscroll.coding.formats import FORMATS
from backscroll.text import safe_line
from backscroll.ui.commands.paths import PathSuggester
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.widgets.folders import Folders


class CodebookFileScreen(BaseModal[Path | None]):
    """Gives the path that was picked or typed; to write to, it need not be there yet."""

    TITLE = "File of a codebook"
    CSS_PATH = "codebook.tcss"
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Close", tooltip="Close")]

    def __init__(self, way: Literal["read", "write"]) -> None:
        super().__init__()
        self._way = way
        self._paths: dict[str, Path] = {}

    def compose(self) -> ComposeResult:
        """A path, what its ending means, and a tree to pick one from."""
        with Vertical(id="file") as dialogue:
            dialogue.border_title = "Import codes" if self._way == "read" else "Export the codebook"
            dialogue.border_subtitle = "Enter goes on · Esc closes"
            with Horizontal(classes="field"):
                yield Label("File")
                start = "" if self._way == "read" else safe_line(str(Path.home() / "codebook.qdc"))
                yield Input(start, id="path", suggester=PathSuggester(), compact=True, placeholder="→ completes a path")
            known = ", ".join(f"{form.suffixes[0]} ({form.title})" for form in FORMATS)
            yield Static(f"The ending says what it is: {known}.", markup=False, classes="said")
            yield Folders(Path.home(), id="folders")

    @on(DirectoryTree.FileSelected)
    @on(DirectoryTree.DirectorySelected)
    def _picked(self, event: DirectoryTree.FileSelected | DirectoryTree.DirectorySelected) -> None:
        line = self.query_one("#path", Input)
        is_folder = isinstance(event, DirectoryTree.DirectorySelected)
        path = (
            event.path / Path(line.value or "codebook.qdc").name if is_folder and self._way == "write" else event.path
        )
        shown = safe_line(str(path))
        self._paths[shown] = path
        line.value = shown
        if not is_folder and self._way == "read":
            self.dismiss(path)

    @on(Input.Submitted, "#path")
    def _submitted(self) -> None:
        typed = self.query_one("#path", Input).value.strip()
        if typed:
            self.dismiss(self._paths.get(typed, Path(typed).expanduser()))

    def action_cancel(self) -> None:
        """Closes."""
        self.dismiss(None)
