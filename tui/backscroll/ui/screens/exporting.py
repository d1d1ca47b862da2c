"""Writes something to a file: asks for format and place, shows how far it is, and says where the file is."""

import asyncio
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Checkbox, Input, Label, ProgressBar, Select, Static
from textual.worker import Worker

from backscroll.errors import AppError
from backscroll.exporting.format import Format
from backscroll.exporting.offers import Offer
from backscroll.text import safe
from backscroll.ui.commands.paths import PathSuggester
from backscroll.ui.screens.base import BaseModal


class ExportScreen(BaseModal[None]):
    """Exports what is offered; Esc cancels what is under way, and then closes."""

    TITLE = "Export"
    CSS_PATH = "exporting.tcss"
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Cancel / close", tooltip="Cancel; where nothing is under way, close"),
        Binding("ctrl+j,ctrl+enter", "export", "Export", key_display="^J", priority=True, tooltip="Write the file"),
    ]

    def __init__(self, offer: Offer[Any]) -> None:
        super().__init__()
        self._offer = offer
        self._work: Worker[None] | None = None
        self._done = 0

    def compose(self) -> ComposeResult:
        """Format, place, and how far it is."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = f"Export {self._offer.title}"
            with Horizontal(classes="field"):
                yield Label("Format")
                formats = [(form.title, form.name) for form in self._offer.formats]
                yield Select(formats, id="format", allow_blank=False, compact=True)
            with Horizontal(classes="field"):
                yield Label("File")
                yield Input(self._proposed(self._form), id="path", suggester=PathSuggester(), compact=True)
            yield Checkbox("Overwrite a file that is there", id="overwrite", compact=True)
            yield ProgressBar(id="progress", show_eta=False)
            yield Static("", id="words", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Export", id="export", variant="primary", compact=True)
                yield Button("Close", id="stop", compact=True)

    @property
    def _form(self) -> Format[Any]:
        chosen = self.query("#format").results(Select)
        name = next((select.value for select in chosen), self._offer.formats[0].name)
        return next(form for form in self._offer.formats if form.name == name)

    def _proposed(self, form: Format[Any]) -> str:
        return f"~/{self._offer.stem}{form.suffixes[0]}"

    @on(Select.Changed, "#format")
    def _format_chosen(self) -> None:
        """Another format has another ending; a name that a person typed stays."""
        path = self.query_one("#path", Input)
        if path.value in map(self._proposed, self._offer.formats):
            path.value = self._proposed(self._form)

    @on(Input.Submitted, "#path")
    @on(Button.Pressed, "#export")
    def action_export(self) -> None:
        """Writes the file, if none is being written."""
        typed = self.query_one("#path", Input).value.strip()
        if self._work is None and typed:
            self._work = self._export(Path(typed).expanduser().absolute())
            self._show_state()

    @work(group="export", exclusive=True, exit_on_error=False)
    async def _export(self, place: Path) -> None:
        self.query_one(ProgressBar).update(total=None, progress=0)
        self._progressed(0, 0)
        overwrite = self.query_one("#overwrite", Checkbox).value
        try:
            await self._offer.write(self._form, place, self._progressed, overwrite=overwrite)
        except AppError as error:
            hint = "Name another file, or tick Overwrite." if error.code == "file_exists" else error.hint
            self._say(f"{error.title}\n{hint}", failed=True)
        except asyncio.CancelledError:
            self._say("Cancelled. Nothing was written.")
            raise
        else:
            self._say(f"{self._done:,} {self._offer.counted} written to\n{place}")
        finally:
            self._work = None
            self._show_state()

    def _progressed(self, done: int, total: int) -> None:
        self._done = done
        if self.is_attached:
            self.query_one(ProgressBar).update(total=total or None, progress=done)
            self._say(f"{done:,} of {total:,} {self._offer.counted}" if total else f"{done:,} {self._offer.counted}")

    def _show_state(self) -> None:
        if self.is_attached:
            self.set_class(self._work is not None, "-running")
            self.query_one("#stop", Button).label = "Cancel" if self._work else "Close"

    def _say(self, words: str, *, failed: bool = False) -> None:
        if self.is_attached:
            said = self.query_one("#words", Static)
            said.update(safe(words))
            said.set_class(failed, "-failed")

    @on(Button.Pressed, "#stop")
    def action_stop(self) -> None:
        """Cancels what is under way; closes where nothing is."""
        if self._work:
            self._work.cancel()
        else:
            self.dismiss()
