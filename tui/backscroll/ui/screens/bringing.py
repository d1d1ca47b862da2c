"""Brings the notes of a file in: asks whose they are, and says what became of them."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label

from backscroll.exporting.returning.bringing import bring
from backscroll.text import safe_line
from backscroll.ui.screens.working import WorkingDialogue


class BringingScreen(WorkingDialogue):
    """Brings in codes, bookmarks and annotations."""

    TITLE = "Bring notes in"
    AUTO_FOCUS = "#author"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+j,ctrl+enter", "bring", "Bring in", key_display="^J", priority=True, tooltip="Bring the notes in"
        ),
    ]
    cancelled = "Cancelled. What was stored stays, in whole batches; bringing them in again goes on from there."

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def compose(self) -> ComposeResult:
        """Whose they are, and how far it is."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = f"Notes of {safe_line(self._file.name)}"
            with Horizontal(classes="field"):
                yield Label("Author")
                yield Input(id="author", compact=True, placeholder="of notes that bear no reviewer's name; empty: you")
            begin = Button("Bring in", id="bring", variant="primary", compact=True)
            yield from self.how_far("Codes, bookmarks and annotations come in, each once.", begin)

    @on(Input.Submitted, "#author")
    @on(Button.Pressed, "#bring")
    def action_bring(self) -> None:
        """Brings the notes in."""
        self.begin(partial(self._bring, self.query_one("#author", Input).value.strip()))

    async def _bring(self, author: str) -> str:
        done = await bring(self.archive, self._file, self._read, author=author)
        return "\n".join(done.told)

    def _read(self, done: int, total: int, notes: int) -> None:
        self.progressed(done, total)
        self.say(f"{notes:,} notes read")
