"""The line in which one asks: a query, what is searched in which order, and below it what there is to say."""

from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from backscroll.text import safe, safe_line

_EXAMPLE: Final = 'words, "a phrase", from:ana, before:2021-03'


class Asking(Vertical):
    """An input in a border that names the `scope` and the `order` of hits, as words."""

    scope: reactive[str] = reactive("")
    order: reactive[str] = reactive("")

    class Changed(Message):
        """The query is another one now."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Submitted(Message):
        """The query is meant so: someone pressed Enter."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, text: str = "") -> None:
        super().__init__(id="asking")
        self._first = text

    def compose(self) -> ComposeResult:
        """The input, and a line for what is said."""
        yield Input(self._first, placeholder=_EXAMPLE, id="query", select_on_focus=False)
        yield Static(id="status", markup=False)

    @property
    def text(self) -> str:
        """The query as it stands."""
        return self.query_one("#query", Input).value

    def say(self, words: str, *, is_wrong: bool = False) -> None:
        """Shows a sentence below the query."""
        self.query_one("#status", Static).set_class(is_wrong, "-wrong").update(safe(words))

    def focus_query(self) -> None:
        """Goes to the input."""
        self.query_one("#query").focus()

    def watch_scope(self, scope: str) -> None:
        """The border says what is searched."""
        self.border_title = Content(f"Search {safe_line(scope)}")

    def watch_order(self, order: str) -> None:
        """The border says what comes first."""
        self.border_subtitle = Content(order)

    @on(Input.Changed, "#query")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted, "#query")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted(event.value))
