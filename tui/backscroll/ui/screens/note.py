"""Dialogues in which a person writes: an annotation on a message, a bookmark's title and notes."""

from dataclasses import replace
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static, TextArea

from backscroll.model.notes import Bookmark
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseModal

_LONGEST = 400

# Ctrl+J is what most terminals send for Ctrl+Enter; the others say so themselves.
_KEYS: list[BindingType] = [
    Binding("ctrl+j,ctrl+enter", "save", "Save", key_display="^J", priority=True, tooltip="Save and close"),
    Binding("escape", "cancel", "Cancel", tooltip="Close without saving"),
]


class Remark(NamedTuple):
    """What was written about a message."""

    text: str
    category: str | None
    tags: tuple[str, ...]


class AnnotateScreen(BaseModal[Remark | None]):
    """Writes an annotation; `quote` is the message's text, shown above. Gives None where nothing is to be saved."""

    TITLE = "Annotation"
    CSS_PATH = "note.tcss"
    AUTO_FOCUS = "#text"
    BINDINGS: ClassVar[list[BindingType]] = _KEYS

    def __init__(self, quote: str = "", category: str = "", tags: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._quote = quote
        self._category = category
        self._tags = tags

    def compose(self) -> ComposeResult:
        """The message, then the remark, its category and tags."""
        with Vertical(classes="dialogue") as dialogue:
            dialogue.border_title = "Annotate"
            if self._quote.strip():
                yield Static(safe_line(self._quote[:_LONGEST]), markup=False, classes="quote")
            yield TextArea(id="text", placeholder="What is there to say about it?")
            with Horizontal(classes="field"):
                yield Label("Category")
                yield Input(safe_line(self._category), id="category", compact=True, placeholder="optional")
            with Horizontal(classes="field"):
                yield Label("Tags")
                tags = safe_line(", ".join(self._tags))
                yield Input(tags, id="tags", compact=True, placeholder="separated by commas")
            yield from _buttons()

    @on(Button.Pressed, "#save")
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Gives back what was written, where something was."""
        text = self.query_one("#text", TextArea).text.strip()
        if not text:
            self.query_one("#text").focus()
            return
        category = self.query_one("#category", Input).value.strip()
        tags = (tag.strip().lstrip("#") for tag in self.query_one("#tags", Input).value.split(","))
        self.dismiss(Remark(text, category or None, tuple(dict.fromkeys(tag for tag in tags if tag))))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Closes without saving."""
        self.dismiss(None)


class BookmarkScreen(BaseModal[Bookmark | None]):
    """Writes a bookmark's title and notes; gives the changed bookmark, or None where nothing is to be saved."""

    TITLE = "Bookmark"
    CSS_PATH = "note.tcss"
    AUTO_FOCUS = "#title"
    BINDINGS: ClassVar[list[BindingType]] = _KEYS

    def __init__(self, bookmark: Bookmark) -> None:
        super().__init__()
        self._bookmark = bookmark

    def compose(self) -> ComposeResult:
        """The message, then title and notes."""
        with Vertical(classes="dialogue") as dialogue:
            dialogue.border_title = "Bookmark"
            if self._bookmark.quote.strip():
                yield Static(safe_line(self._bookmark.quote), markup=False, classes="quote")
            with Horizontal(classes="field"):
                yield Label("Title")
                yield Input(safe_line(self._bookmark.title), id="title", compact=True, placeholder="optional")
            yield TextArea(safe(self._bookmark.notes), id="text", placeholder="Notes")
            yield from _buttons()

    @on(Button.Pressed, "#save")
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Gives back the bookmark with what was written."""
        title, notes = self.query_one("#title", Input).value, self.query_one("#text", TextArea).text
        self.dismiss(replace(self._bookmark, title=title.strip(), notes=notes.strip()))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Closes without saving."""
        self.dismiss(None)


def _buttons() -> ComposeResult:
    with Horizontal(classes="buttons"):
        yield Static("^J saves · Esc cancels", classes="keys")
        yield Button("Cancel", id="cancel", compact=True)
        yield Button("Save", id="save", variant="primary", compact=True)
