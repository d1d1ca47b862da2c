"""The details pane: what is known of the message under the cursor, and of its chat."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from backscroll.model.conversation import Conversation, Participant
from backscroll.model.message import Message
from backscroll.model.notes import Annotation
from backscroll.model.summary import Summary
from backscroll.ui.widgets.facts import chat_facts, message_facts, note_facts, people_facts, summary_facts

_SECTIONS = ("notes", "message", "chat", "summary", "people")


class Details(VerticalScroll, can_focus=True):
    """Sections one below the other: notes, message, chat, summary, people."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
    ]

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__(id="details", classes="pane")
        self.border_title = "Details"
        self._zone = zone

    def compose(self) -> ComposeResult:
        """A heading and a text for each section."""
        for section in _SECTIONS:
            yield Static(section.capitalize(), classes="heading", markup=False)
            yield Static(Content(""), id=f"facts-{section}", classes="facts", markup=False)

    def show_message(self, message: Message, annotations: Sequence[Annotation]) -> None:
        """Shows the message under the cursor and what people wrote about it."""
        self._show("notes", note_facts(message, annotations, self._zone))
        self._show("message", message_facts(message, self._zone))

    def show_chat(self, chat: Conversation) -> None:
        """Shows the figures of a chat."""
        self._show("chat", chat_facts(chat, self._zone))

    def show_people(self, people: Sequence[Participant], summaries: Sequence[Summary]) -> None:
        """Shows who speaks in the chat and what it is about."""
        self._show("people", people_facts(people, is_dark=self.app.current_theme.dark))
        self._show("summary", summary_facts(summaries, self._zone))

    def _show(self, section: str, facts: Visual) -> None:
        self.query_one(f"#facts-{section}", Static).update(facts)
