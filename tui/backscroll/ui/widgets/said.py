"""What a pager says to the screen around it."""

from typing import TYPE_CHECKING

from textual.message import Message as Signal

from backscroll.model.message import Message

if TYPE_CHECKING:
    from backscroll.ui.widgets.pager import Pager


class Said(Signal):
    """Something that a pager says."""

    def __init__(self, history: "Pager") -> None:
        super().__init__()
        self.history = history

    @property
    def control(self) -> "Pager":
        """The pager that says it."""
        return self.history


class About(Said):
    """Something that concerns one message."""

    def __init__(self, history: "Pager", message: Message) -> None:
        super().__init__(history)
        self.message = message
