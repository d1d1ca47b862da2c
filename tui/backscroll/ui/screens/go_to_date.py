"""Asks for a day of the chat that is being read."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from backscroll.model.conversation import Conversation
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.widgets.moments import long_day

_FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%Y-%m", "%m/%Y", "%b %Y", "%B %Y", "%Y")


def read_day(text: str, today: date) -> date | None:
    """The day that a person means: a date, a month or a year (its first day), or `today` and `yesterday`."""
    words = " ".join(text.split()).lower()
    if words in ("today", "yesterday"):
        return today - timedelta(days=words == "yesterday")
    for form in _FORMS:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None


class GoToDateScreen(BaseModal[date | None]):
    """Gives a day, `date.min` for the very first message, or None. A second `g` is the old way to the beginning."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Cancel")]

    def __init__(self, chat: Conversation) -> None:
        super().__init__()
        self._chat = chat

    def compose(self) -> ComposeResult:
        """A field, and below it how what was typed is understood."""
        with Vertical(id="go-to-date") as panel:
            panel.border_title = "Go to a date"
            yield Input(placeholder="2021-03-14, 14.3.2021, Mar 2021, 2021", compact=True)
            yield Static(self._extent(), markup=False)

    def _extent(self) -> str:
        first, last = self._chat.first_message_at, self._chat.last_message_at
        return f"{long_day(first.date())} to {long_day(last.date())}" if first and last else "no messages yet"

    @on(Input.Changed)
    def _understand(self, event: Input.Changed) -> None:
        if event.value == "g":
            self.dismiss(date.min)
            return
        day = self._read(event.value)
        self.query_one(Static).update(long_day(day) if day else self._extent() if not event.value else "…")

    @on(Input.Submitted)
    def _go(self, event: Input.Submitted) -> None:
        day = self._read(event.value)
        if day is not None:
            self.dismiss(day)
        elif event.value:
            self.query_one(Static).update("Not a date; try 2021-03-14")

    def _read(self, text: str) -> date | None:
        return read_day(text, datetime.now(self.backscroll.zone).date())
