"""What a message leads to: its links and files, opened at once, or chosen from a list where there are more."""

from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backscroll.model.links import links
from backscroll.model.message import Attachment, Message
from backscroll.reading.labels import attachment_labels
from backscroll.text import safe, safe_line
from backscroll.ui.opening import open_file, open_link
from backscroll.ui.screens.base import BaseModal

_MOST = 200
Target = str | Attachment
"""An address or a file."""


def open_message(app: App[Any], message: Message) -> None:
    """Opens what a message leads to; asks which where it is more than one thing."""
    found: list[Target] = [*links(safe(message.text)), *message.attachments]
    if not found:
        app.notify("This message has no links and no files.", markup=False)
    elif len(found) == 1:
        open_target(app, found[0])
    else:
        labels = [target for target in found if isinstance(target, str)] + attachment_labels(message)
        screen = OpenerScreen(found[:_MOST], labels[:_MOST])
        app.push_screen(screen, lambda target: open_target(app, target) if target is not None else None)


def open_target(app: App[Any], target: Target) -> None:
    """Opens a link or a file as far as that is safe."""
    if isinstance(target, str):
        open_link(app, target)
    else:
        open_file(app, target)


class OpenerScreen(BaseModal[Target | None]):
    """Gives the link or file that was chosen, None where none was."""

    TITLE = "Links and files"
    CSS_PATH = "opener.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,o", "cancel", "Close", key_display="Esc"),
        Binding("j", "move(1)", "Next", show=False),
        Binding("k", "move(-1)", "Previous", show=False),
        Binding("y", "copy", "Copy", tooltip="Copy the address or the path"),
    ]

    def __init__(self, targets: list[Target], labels: list[str]) -> None:
        super().__init__()
        self._targets = targets
        self._labels = labels

    def compose(self) -> ComposeResult:
        """One line for each link and file."""
        with Vertical(id="targets") as dialogue:
            dialogue.border_title = "Links and files"
            dialogue.border_subtitle = "Enter opens · y copies · Esc closes"
            yield OptionList(*(Option(Content(label)) for label in self._labels), markup=False)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._targets[event.option_index])

    def action_move(self, step: int) -> None:
        """To the next or the previous one."""
        targets = self.query_one(OptionList)
        targets.action_cursor_down() if step > 0 else targets.action_cursor_up()

    def action_copy(self) -> None:
        """Copies the address or the path."""
        place = self.query_one(OptionList).highlighted
        if place is None:
            return
        target = self._targets[place]
        if isinstance(target, str):
            self.app.copy_to_clipboard(target)
            self.notify("The address is in the clipboard.", markup=False)
        elif target.path:
            self.app.copy_to_clipboard(safe(target.path))
            self.notify("The path is in the clipboard.", markup=False)
        else:
            name = safe_line(target.file_name or "") or "this file"
            self.notify(f"The export came without {name}.", severity="warning", markup=False)

    def action_cancel(self) -> None:
        """Closes; nothing is opened."""
        self.dismiss(None)
