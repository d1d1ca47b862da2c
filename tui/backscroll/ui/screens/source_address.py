"""Asks for the address of a live source; it is remembered until the browser is closed."""

from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label

from backscroll.model.sync import Sync
from backscroll.text import safe_line
from backscroll.ui.screens.working import WorkingDialogue

_WORDS: Final = (
    "It is only read. The address is kept nowhere; a password is better in ~/.pgpass. "
    "`backscroll sync URL --follow` follows it without the browser."
)


class SourceAddressScreen(WorkingDialogue):
    """Connects and begins a sync, which goes on when this is closed."""

    TITLE = "Address of a live source"
    AUTO_FOCUS = "#address"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,ctrl+enter", "connect", "Connect", key_display="^J", priority=True, tooltip="Connect and sync"),
    ]
    cancelled = "Cancelled. Nothing was read."

    def __init__(self, known: Sync | None, *, follow: bool) -> None:
        super().__init__()
        self._known = known
        self._follow = follow

    def compose(self) -> ComposeResult:
        """A line for the address, and what is done with it."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = f"Address of {safe_line(self._known.name)}" if self._known else "A live source"
            with Horizontal(classes="field"):
                yield Label("Address")
                yield Input(id="address", compact=True, placeholder="postgresql://user@host:5432/database")
            label = "Follow" if self._follow else "Sync"
            yield from self.how_far(_WORDS, Button(label, id="connect", variant="primary", compact=True))

    @on(Input.Submitted, "#address")
    @on(Button.Pressed, "#connect")
    def action_connect(self) -> None:
        """Connects, if something was typed."""
        address = self.query_one("#address", Input).value.strip()
        if address:
            self.begin(partial(self._connect, address))

    async def _connect(self, address: str) -> str:
        await self.backscroll.live.begin(address, self._known, follow=self._follow)
        # Not waited for: this screen goes once its workers are done, and this is one of them.
        self.app.call_later(self.dismiss)
        return "Connected."
