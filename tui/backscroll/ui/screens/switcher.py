"""The quick switcher: a few letters of a chat's name, and Enter."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from backscroll.searching.titles import Match, Titles
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.widgets.chat_card import lit_title


class QuickSwitcher(BaseModal[UUID | None]):
    """Gives the id of the chat that was chosen, None where none was."""

    TITLE = "Go to"
    CSS_PATH = "switcher.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+k", "cancel", "Close", key_display="Esc", priority=True),
        Binding("down", "move(1)", "Next chat", show=False, priority=True),
        Binding("up", "move(-1)", "Previous chat", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._titles = Titles(())
        self._matches: list[Match] = []

    def compose(self) -> ComposeResult:
        """A line to type in and the chats that fit."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Go to chat"
            dialogue.border_subtitle = "Enter opens · Esc closes"
            yield Input(placeholder="a part of the name", id="typed", compact=True)
            yield OptionList(id="fitting", markup=False)
            yield Static("No chat is called so.", id="none")

    def on_mount(self) -> None:
        """Reads the chats' names."""
        self.query_one("#fitting").can_focus = False
        self._read()

    @work(group="titles", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        self._titles = Titles(await self.archive.conversations.titles())
        self._match()

    @on(Input.Changed, "#typed")
    def _match(self) -> None:
        self._matches = self._titles.match(self.query_one("#typed", Input).value)
        chats = self.query_one("#fitting", OptionList)
        chats.set_options(Option(lit_title(match.title, match.spans)) for match in self._matches)
        chats.highlighted = 0 if self._matches else None
        self.set_class(not self._matches, "-none")

    @on(OptionList.OptionSelected, "#fitting")
    @on(Input.Submitted, "#typed")
    def _choose(self) -> None:
        place = self.query_one("#fitting", OptionList).highlighted
        if place is not None:
            self.dismiss(self._matches[place].id)

    def action_move(self, step: int) -> None:
        """To the next or the previous chat."""
        chats = self.query_one("#fitting", OptionList)
        chats.action_cursor_down() if step > 0 else chats.action_cursor_up()

    def action_cancel(self) -> None:
        """Closes; the chat stays."""
        self.dismiss(None)
