"""The quick switcher: a few letters of a chat's name, and Enter."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from backscroll.searching.titles import Match, Titles
from backscroll.ui.screens.choosing import ChoosingScreen
from backscroll.ui.widgets.chat_card import lit_title


class QuickSwitcher(ChoosingScreen[UUID, Match]):
    """Gives the id of the chat that was chosen."""

    TITLE = "Go to"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+k", "cancel", "Close", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._titles = Titles(())

    def compose(self) -> ComposeResult:
        """A line to type in and the chats that fit."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Go to chat"
            dialogue.border_subtitle = "Enter opens · Esc closes"
            yield from self.list_to_choose_from("a part of the name", "No chat is called so.")

    def on_mount(self) -> None:
        """Reads the chats' names."""
        self._read()

    @work(group="titles", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        self._titles = Titles(await self.archive.conversations.titles())
        self.show_fitting()

    def fits(self, typed: str) -> Sequence[Match]:
        """Chats by their titles, mistakes forgiven."""
        return self._titles.match(typed)

    def line(self, one: Match) -> Content:
        """The title with the letters that were typed."""
        return lit_title(one.title, one.spans)

    def choose(self, one: Match) -> None:
        """Gives its id."""
        self.dismiss(one.id)
