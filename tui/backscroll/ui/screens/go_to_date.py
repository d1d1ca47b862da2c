"""Asks for a day, month or year of the chat that is being read."""

from asyncio import to_thread
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from backscroll.dates import EVER, Span, local, long_day, named
from backscroll.model.conversation import Conversation
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.widgets.moments import span_title


class GoToDateScreen(BaseModal[Span | None]):
    """Gives the days that were named, or None. A second `g` is the old way to the very first message."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Cancel")]

    def __init__(self, chat: Conversation) -> None:
        super().__init__()
        self._chat = chat

    def compose(self) -> ComposeResult:
        """A field, and below it how what was typed is understood."""
        with Vertical(id="go-to-date") as panel:
            panel.border_title = "Go to a date"
            yield Input(placeholder="2021-03-14, 14.3.2021, Mar 2021, last tuesday", compact=True)
            yield Static(self._extent(), markup=False)

    def _extent(self) -> str:
        first, last = self._chat.first_message_at, self._chat.last_message_at
        zone = self.backscroll.zone
        return " to ".join(long_day(local(end, zone).date()) for end in (first, last) if end) or "no messages yet"

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if event.value == "g":
            self.dismiss(EVER)
        else:
            self._understand(event.value)

    @work(group="understand", exclusive=True, exit_on_error=False)
    async def _understand(self, text: str) -> None:
        span = await self._read(text)
        self.query_one(Static).update(_echo(span) if span else "…" if text.strip() else self._extent())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self._go(event.value)

    @work(group="understand", exclusive=True, exit_on_error=False)
    async def _go(self, text: str) -> None:
        span = await self._read(text)
        if span is None:
            self.query_one(Static).update("Not a date; try 2021-03-14 or last month")
        else:
            self.dismiss(span)

    async def _read(self, text: str) -> Span | None:
        # Off the loop: the first words load the names of months in many languages.
        return await to_thread(named, text, datetime.now(self.backscroll.zone).date())


def _echo(span: Span) -> str:
    title, first = span_title(span), long_day(span.first)
    title = title[0].upper() + title[1:]
    return title if first in title else f"{title}: from {first}"
