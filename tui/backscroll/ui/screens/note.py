"""Dialogues in which a person writes: an annotation on a message, a bookmark's title and notes."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static, TextArea

from backscroll.coding.naming import named_code
from backscroll.errors import AppError
from backscroll.model.code import Codebook
from backscroll.model.message import Message
from backscroll.model.notes import Annotation, Bookmark, Span
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseModal, toast
from backscroll.ui.widgets.words_area import WordsArea
from backscroll.writing.noting import new_annotation

_LONGEST = 400

# Ctrl+J is what most terminals send for Ctrl+Enter; the others say so themselves.
_KEYS: list[BindingType] = [
    Binding("ctrl+j,ctrl+enter", "save", "Save", key_display="^J", priority=True, tooltip="Save and close"),
    Binding("escape", "cancel", "Cancel", tooltip="Close without saving"),
]


class Remark(NamedTuple):
    """What was written about a message, and its codes; `span` is the part of its text that it is about, None: all."""

    text: str
    category: str | None
    tags: tuple[str, ...]
    span: Span | None = None
    codes: tuple[UUID, ...] = ()


def remark_of(note: Annotation) -> Remark:
    """What an annotation says."""
    return Remark(note.text, note.category, note.tags, note.span, note.codes)


def rewritten(note: Annotation, remark: Remark, message: Message | None = None) -> Annotation:
    """An annotation as it was written anew; with its message also about another part of that."""
    note = replace(note, text=remark.text, category=remark.category, tags=remark.tags, codes=remark.codes)
    note = replace(note, updated_at=datetime.now(UTC))
    if message is None or message.cursor != note.message or remark.span == note.span:
        return note
    return replace(note, span=remark.span, quote=new_annotation(message, "", "", span=remark.span).quote)


class AnnotateScreen(BaseModal[Remark | None]):
    """Writes an annotation about a message's text, or anew; of a run of messages, `text` is that of the first.

    The words that it is about are selected in the text. Gives None where nothing is to be saved.
    """

    TITLE = "Annotation"
    CSS_PATH = "note.tcss"
    AUTO_FOCUS = "#text"
    BINDINGS: ClassVar[list[BindingType]] = _KEYS

    def __init__(self, text: str = "", remark: Remark | None = None, *, is_run: bool = False) -> None:
        super().__init__()
        self._book = Codebook()
        self._text = text
        self._before = remark or Remark("", None, ())
        self._is_run = is_run

    def compose(self) -> ComposeResult:
        """The message, then the remark, its category and tags."""
        before = self._before
        with Vertical(classes="dialogue") as dialogue:
            dialogue.border_title = "Annotate the selected messages" if self._is_run else "Annotate"
            if self._text.strip() and self._is_run:
                yield Static(safe_line(self._text[:_LONGEST]), markup=False, classes="quote")
            elif self._text.strip():
                yield WordsArea(self._text, before.span, id="words")
            yield TextArea(safe(before.text), id="text", placeholder="What is there to say about it?")
            with Horizontal(classes="field"):
                yield Label("Category")
                yield Input(safe_line(before.category or ""), id="category", compact=True, placeholder="optional")
            with Horizontal(classes="field"):
                yield Label("Tags")
                tags = safe_line(", ".join(before.tags))
                yield Input(tags, id="tags", compact=True, placeholder="separated by commas")
            with Horizontal(classes="field", id="codes-field"):
                yield Label("Codes")
                yield Input(id="codes", compact=True, placeholder="names or paths, by commas")
            yield from _buttons()

    @property
    def _codes_before(self) -> str:
        borne = (self._book.living(code) for code in self._before.codes)
        return safe_line(", ".join(self._book.path(code) for code in borne if code is not None))

    def _codes(self) -> tuple[UUID, ...]:
        """The codes that were written; those that were not touched stay as they are. Raises AppError."""
        typed = self.query_one("#codes", Input).value
        if typed == self._codes_before:
            return self._before.codes
        names = filter(None, map(str.strip, typed.split(",")))
        return tuple(dict.fromkeys(named_code(self._book, name).id for name in names))

    def on_mount(self) -> None:
        """Says how a part of the message is chosen; what was written before goes on at its end."""
        text = self.query_one("#text", TextArea)
        text.move_cursor(text.document.end)
        for words in self.query(WordsArea):
            words.border_subtitle = "⇧Tab here, ⇧ and arrows: only these words"
        self._take_codes(self.backscroll.codebook)
        if not len(self._book):
            self._read_codes()

    @work(exit_on_error=False)
    async def _read_codes(self) -> None:
        with suppress(AppError):  # without the server the rest can be written all the same
            self._take_codes(await self.backscroll.read_codebook())

    def _take_codes(self, book: Codebook) -> None:
        """Where there are codes, they can be given."""
        self._book = book
        self.query_one("#codes-field").display = len(book) > 0
        self.query_one("#codes", Input).value = self._codes_before

    @on(Button.Pressed, "#save")
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Gives back what was written, where something was."""
        text = self.query_one("#text", TextArea).text.strip()
        try:
            codes = self._codes()
        except AppError as error:
            toast(self.app, error)
            self.query_one("#codes").focus()
            return
        if not (text or codes):
            self.query_one("#text").focus()
            return
        category = self.query_one("#category", Input).value.strip()
        tags = (tag.strip().lstrip("#") for tag in self.query_one("#tags", Input).value.split(","))
        span = next((words.span for words in self.query(WordsArea)), None)
        self.dismiss(Remark(text, category or None, tuple(dict.fromkeys(tag for tag in tags if tag)), span, codes))

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
