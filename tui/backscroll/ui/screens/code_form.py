"""Dialogues in which a code is written, and in which one is split."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Checkbox, Input, Label, Static, TextArea

from backscroll.errors import AppError
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseModal, toast

_KEYS: list[BindingType] = [
    Binding("ctrl+j,ctrl+enter", "save", "Save", key_display="^J", priority=True, tooltip="Save and close"),
    Binding("escape", "cancel", "Cancel", tooltip="Close without saving"),
]


class CodeForm(BaseModal[dict[str, str] | None]):
    """Writes a code's fields. `check` raises AppError where they cannot be; the dialogue stays open then."""

    TITLE = "Code"
    CSS_PATH = "code_form.tcss"
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = _KEYS

    def __init__(self, title: str, fields: Mapping[str, str], check: Callable[[dict[str, str]], None]) -> None:
        super().__init__()
        self._title = title
        self._fields = fields
        self._check = check

    def compose(self) -> ComposeResult:
        """Name, key and colour on lines of their own, description and examples as texts."""
        with Vertical(classes="dialogue") as dialogue:
            dialogue.border_title = safe_line(self._title)
            yield from self._line("name", "Name", "what it is called")
            yield from self._line("key", "Key", "a digit or letter that sets it")
            yield from self._line("colour", "Colour", "#rrggbb, or empty")
            for name, placeholder in (("description", "When does it apply?"), ("examples", "Examples")):
                text = safe(self._fields.get(name, ""))
                yield TextArea(text, id=name, classes="text", placeholder=placeholder)
            yield from _buttons()

    def _line(self, name: str, label: str, placeholder: str) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Label(label)
            value = safe_line(self._fields.get(name, ""))
            yield Input(value, id=name, compact=True, placeholder=placeholder)

    @on(Button.Pressed, "#save")
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Gives back what was written, where it can be."""
        lines = {name: self.query_one(f"#{name}", Input).value.strip() for name in ("name", "key", "colour")}
        texts = {name: self.query_one(f"#{name}", TextArea).text.strip() for name in ("description", "examples")}
        try:
            self._check(lines | texts)
        except AppError as error:
            toast(self.app, error)
        else:
            self.dismiss(lines | texts)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Closes without saving."""
        self.dismiss(None)


class SplitForm(BaseModal[tuple[list[str], bool] | None]):
    """Gives the names of the codes that one is split into, and whether it is kept above them."""

    TITLE = "Split a code"
    CSS_PATH = "code_form.tcss"
    AUTO_FOCUS = "#names"
    BINDINGS: ClassVar[list[BindingType]] = _KEYS

    def __init__(self, path: str, check: Callable[[list[str], bool], None]) -> None:
        super().__init__()
        self._path = path
        self._check = check

    def compose(self) -> ComposeResult:
        """The names, one a line, and what becomes of the code itself."""
        with Vertical(classes="dialogue") as dialogue:
            dialogue.border_title = safe_line(f"Split {self._path}")
            yield TextArea(id="names", classes="text", placeholder="The new codes, one a line")
            yield Checkbox("Keep the code, with the new ones below it", id="kept", compact=True)
            said = "Annotations keep the old code: search for it to give them the new ones."
            yield Static(said, markup=False, classes="said")
            yield from _buttons()

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Gives back the names, where they can be."""
        names = [line.strip() for line in self.query_one("#names", TextArea).text.splitlines() if line.strip()]
        is_kept = self.query_one("#kept", Checkbox).value
        try:
            self._check(names, is_kept)
        except AppError as error:
            toast(self.app, error)
        else:
            self.dismiss((names, is_kept))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Closes without saving."""
        self.dismiss(None)


def _buttons() -> ComposeResult:
    with Horizontal(classes="buttons"):
        yield Static("^J saves · Esc cancels", classes="keys")
        yield Button("Cancel", id="cancel", compact=True)
        yield Button("Save", id="save", variant="primary", compact=True)
