"""Writes something to a file: asks for format and place, and says where the file is."""

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Checkbox, Input, Label, Select

from backscroll.errors import AppError
from backscroll.exporting.format import Format
from backscroll.exporting.offers import Offer
from backscroll.ui.commands.paths import PathSuggester
from backscroll.ui.screens.working import WorkingDialogue


class ExportScreen(WorkingDialogue):
    """Exports what is offered."""

    TITLE = "Export"
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,ctrl+enter", "export", "Export", key_display="^J", priority=True, tooltip="Write the file"),
    ]
    cancelled = "Cancelled. Nothing was written."

    def __init__(self, offer: Offer[Any]) -> None:
        super().__init__()
        self._offer = offer
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
                first = self._proposed(self._offer.formats[0])
                yield Input(first, id="path", suggester=PathSuggester(), compact=True)
            yield Checkbox("Overwrite a file that is there", id="overwrite", compact=True)
            yield from self.how_far("", Button("Export", id="export", variant="primary", compact=True))

    @property
    def _form(self) -> Format[Any]:
        chosen = self.query_one("#format", Select).value
        return next(form for form in self._offer.formats if form.name == chosen)

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
        """Writes the file."""
        if typed := self.query_one("#path", Input).value.strip():
            self.begin(partial(self._export, Path(typed).expanduser().absolute()))

    async def _export(self, place: Path) -> str:
        overwrite = self.query_one("#overwrite", Checkbox).value
        await self._offer.write(self._form, place, self.progressed, overwrite=overwrite)
        waiting = len(self.desk.outbox.all())
        missing = f"\n{waiting:,} of what was written waits for the server and is not in it." if waiting else ""
        return f"{self._done:,} {self._offer.counted} written to\n{place}{missing}"

    def progressed(self, done: int, total: int) -> None:
        """Shows how much is written."""
        super().progressed(done, total)
        self._done = done
        self.say(f"{done:,} of {total:,} {self._offer.counted}" if total else f"{done:,} {self._offer.counted}")

    def advice(self, error: AppError) -> str:
        """What to do about a failure."""
        return "Name another file, or tick Overwrite." if error.code == "file_exists" else error.hint
