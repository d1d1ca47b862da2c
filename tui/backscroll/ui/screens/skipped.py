"""What an import could not read: each piece with its place, why, and its text."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from backscroll.archive.import_runs import Unread
from backscroll.importing.account import counted
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.key_line import KeyLine

_SHOWN: Final = 2_000
_TEXT_MAX: Final = 400


class SkippedScreen(BaseScreen[None]):
    """A list of pieces; the whole text of the one under the cursor stands below it."""

    TITLE = "Import: not read"
    CSS_PATH = "importing.tcss"
    AUTO_FOCUS = "#pieces"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", tooltip="Back to the report"),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]

    def __init__(self, unread: Sequence[Unread]) -> None:
        super().__init__()
        self._unread = unread[:_SHOWN]
        self._more = len(unread) - len(self._unread)

    def compose(self) -> ComposeResult:
        """The pieces, and one in full."""
        pieces = OptionList(*(Option(_line(piece)) for piece in self._unread), id="pieces", markup=False)
        pieces.border_title = "Not read"
        pieces.border_subtitle = (
            f"and {counted(self._more, 'more piece')}; imports --show has all" if self._more else ""
        )
        yield pieces
        whole = Static(id="whole", markup=False)
        whole.border_title = "As it stands in the export"
        yield whole
        yield KeyLine()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Shows the whole text of a piece."""
        self.query_one("#whole", Static).update(safe(self._unread[event.option_index].data[:_TEXT_MAX]))

    def action_move(self, step: int) -> None:
        """To the next one or the one before."""
        pieces = self.query_one(OptionList)
        pieces.action_cursor_down() if step > 0 else pieces.action_cursor_up()

    def action_close(self) -> None:
        """Back to the report."""
        self.dismiss()


def _line(piece: Unread) -> Content:
    return Content.assemble((f"{safe_line(piece.place)}  ", "$text-muted"), safe_line(piece.reason))
