"""What shows while the archive's server is away: why, when it is tried again, and what waits to be sent to it."""

from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from backscroll.archive.naming import name_of, outbox_of
from backscroll.errors import AppError
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.waiting import waiting_lines
from backscroll.writing.outbox import Kept, Outbox

_SECOND: Final = 1.0


class AwayScreen(BaseModal[None]):
    """Lies over the empty list of chats until the server answers."""

    TITLE = "Not connected"
    CSS_PATH = "away.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,r", "try_now", "Try now", key_display="F5", tooltip="Try without waiting any longer"),
        Binding("q,escape", "app.quit", "Quit", key_display="q"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._failed: AppError | None = None
        self._next = 0.0

    def compose(self) -> ComposeResult:
        """Why, when, and what waits."""
        with VerticalScroll(id="away") as panel:
            panel.border_title = Content(f"Not connected · {safe_line(name_of(self.backscroll.settings))}")
            yield Static(id="why", markup=False)
            yield Static(id="when", markup=False)
            yield Static(id="unsent", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Counts the seconds down."""
        self.set_interval(_SECOND, self._show_when)
        self._show()

    def tell(self, failed: AppError, seconds: float | None) -> None:
        """It was tried; the next time is in so many seconds, or now."""
        self._failed, self._next = failed, monotonic() + (seconds or 0)
        if self.is_mounted:
            self._show()

    def action_try_now(self) -> None:
        """Tries it without waiting any longer."""
        self._next = 0
        self._show_when()
        self.backscroll.try_now()

    def _show(self) -> None:
        if self._failed is not None:
            why = Content.assemble((self._failed.title, "bold $text-error"), "\n", self._failed.hint)
            self.query_one("#why", Static).update(why)
        self._show_when()
        self.query_one("#unsent", Static).update(self._unsent())

    def _show_when(self) -> None:
        left = round(self._next - monotonic())
        when = f"Tries again in {left} s; F5 tries now." if left > 0 else "Trying …"
        self.query_one("#when", Static).update(when)

    def _unsent(self) -> Content:
        kept: tuple[Kept, ...] = ()
        with suppress(AppError):  # who writes is told of a broken outbox
            held = Outbox(outbox_of(self.backscroll.settings))
            kept = held.all()
            held.close()
        if not kept:
            return Content("Nothing waits to be sent.")
        them = "it is" if len(kept) == 1 else "they are"
        head = f"{counted(len(kept), 'write')} on this machine, safe: {them} sent when the server answers."
        lines = waiting_lines(kept, datetime.now(UTC), self.backscroll.zone)
        return Content("\n").join([Content(head), Content(""), *lines])
