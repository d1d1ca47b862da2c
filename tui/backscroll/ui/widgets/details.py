"""The details pane: tabs with the thread, the notes and facts of the message under the cursor, and what the chat is."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from typing import ClassVar
from uuid import UUID

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message as Signal
from textual.reactive import reactive, var
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from backscroll.model.code import NO_CODES, Codebook
from backscroll.model.conversation import Conversation, Participant
from backscroll.model.message import Message
from backscroll.model.notes import Annotation
from backscroll.model.sync import SourceRecord
from backscroll.ui.widgets.code_marks import code_labels
from backscroll.ui.widgets.facts import chat_facts, message_facts, note_facts, people_facts
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.kept_facts import in_areas, kept_facts
from backscroll.ui.widgets.notes_sheet import NotesSheet
from backscroll.ui.widgets.sheet import Sheet
from backscroll.ui.widgets.summary_sheet import SummarySheet
from backscroll.ui.widgets.tab_line import TabLine

TABS = ("thread", "notes", "summary", "people", "chat")
_SECTIONS = {"notes": ("notes", "message"), "people": ("people",), "chat": ("chat", "kept")}
_TITLE = "Details"
_NO_THREAD = "t on a message of a thread, or one with replies"


class Details(Vertical):
    """One tab at a time, under a line that names them all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Tab to the left", show=False),
        Binding("right", "turn(1)", "Tab to the right", show=False),
        *(Binding(str(n), f"tab({n - 1})", "Tab of the details", show=False) for n in range(1, len(TABS) + 1)),
        Binding("z", "screen.in_chat", "Show in the chat", show=False, tooltip="A thread's message in its chat"),
    ]

    codes: var[Codebook] = var(NO_CODES, init=False)
    """The codes that annotations bear."""

    tab: reactive[str] = reactive("notes", init=False)
    """Which of `TABS` is shown."""

    class Turned(Signal):
        """Someone has turned to a tab."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__(id="details", classes="pane")
        self.border_title = _TITLE
        self._zone = zone
        self._thread_title = Content(_TITLE)

    def compose(self) -> ComposeResult:
        """The line of tabs, the thread's history, and a sheet for each other tab."""
        yield TabLine(TABS)
        with ContentSwitcher(initial=_content(self.tab)):
            yield History(self._zone, whole="thread", id="thread-history")
            yield SummarySheet(self._zone, id="summary-tab")
            for tab, sections in _SECTIONS.items():
                with (NotesSheet if tab == "notes" else Sheet)(id=f"{tab}-tab"):
                    for section in sections:
                        if len(sections) > 1:
                            yield Static(section.capitalize(), id=f"heading-{section}", classes="heading", markup=False)
                        yield Static(Content(""), id=f"facts-{section}", classes="facts", markup=False)

    def on_mount(self) -> None:
        """Marks the first tab, and says how a thread comes here."""
        self.query_one(TabLine).shown = self.tab
        self.thread_history.placeholder = _NO_THREAD

    @property
    def thread_history(self) -> History:
        """The messages of the thread."""
        return self.query_one("#thread-history", History)

    @property
    def summaries(self) -> SummarySheet:
        """The summaries of the chat."""
        return self.query_one(SummarySheet)

    @property
    def shown(self) -> Widget:
        """What the tab shows; it takes the focus."""
        return self.query_one(f"#{_content(self.tab)}")

    # Tabs

    def watch_tab(self, tab: str) -> None:
        """Shows another tab; the focus stays in this pane if it was here."""
        had_focus = self.has_pseudo_class("focus-within")
        self.query_one(TabLine).shown = tab
        self.query_one(ContentSwitcher).current = _content(tab)
        self._entitle()
        if had_focus:
            self.shown.focus()

    def action_turn(self, step: int) -> None:
        """The tab beside; past the ends the key goes on to the panes."""
        index = TABS.index(self.tab) + step
        if not 0 <= index < len(TABS):
            raise SkipAction
        self.action_tab(index)

    def action_tab(self, index: int) -> None:
        """A tab by its number."""
        self.tab = TABS[index]
        self.post_message(self.Turned())

    @on(TabLine.Chosen)
    def _chosen(self, event: TabLine.Chosen) -> None:
        self.action_tab(TABS.index(event.tab))
        self.shown.focus()

    # What is shown

    def entitle_thread(self, title: str) -> None:
        """Names what the thread's history shows, by a text that is safe."""
        self._thread_title = Content(title)
        self._entitle()

    def leave_thread(self) -> None:
        """Shows no thread."""
        self.thread_history.clear()
        self.entitle_thread(_TITLE)

    def _entitle(self) -> None:
        self.border_title = self._thread_title if self.tab == "thread" else _TITLE

    def show_message(
        self, message: Message, annotations: Sequence[Annotation], waiting: frozenset[UUID] = frozenset()
    ) -> None:
        """Shows the message under the cursor and what people wrote about it; some of that waits to be sent."""
        self.query_one(NotesSheet).take(message, annotations, waiting)
        self._draw_notes()
        self._show("message", message_facts(message, self._zone))

    def watch_codes(self) -> None:
        """Names them as they are called now."""
        self._draw_notes()

    @on(NotesSheet.Chosen)
    def _draw_notes(self) -> None:
        sheet = self.query_one(NotesSheet)
        if sheet.message is not None:
            labels = partial(code_labels, self.codes, is_dark=self.app.current_theme.dark)
            facts = note_facts(sheet.message, sheet.annotations, self._zone, sheet.waiting, sheet.chosen, labels=labels)
            self._show("notes", facts)

    def show_chat(self, chat: Conversation, language: str | None = None, kept: Sequence[SourceRecord] = ()) -> None:
        """Shows the figures of a chat, its language (code) where that is known, what its live source keeps of it."""
        self._show("chat", chat_facts(chat, language, self._zone))
        self._show("kept", kept_facts(in_areas(kept), self._zone))
        self.query_one("#heading-kept").display = bool(kept)

    def show_people(self, people: Sequence[Participant]) -> None:
        """Shows who speaks in the chat."""
        self._show("people", people_facts(people, is_dark=self.app.current_theme.dark))

    def _show(self, section: str, facts: Visual) -> None:
        sheet = self.query_one(f"#facts-{section}", Static)
        # To lay the screen out anew takes longer than a frame: only where the sheet becomes longer or shorter.
        width, height = sheet.size
        is_as_long = width > 0 and height == facts.get_height(sheet.styles.get_rules(), width)
        sheet.update(facts, layout=not is_as_long)


def _content(tab: str) -> str:
    return "thread-history" if tab == "thread" else f"{tab}-tab"
