"""The history of a chat: what one can do with the messages that one pages through, by keys and with the mouse."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from backscroll.model.message import Cursor, Message
from backscroll.reading.window import Window
from backscroll.ui.widgets.blocks import Divider
from backscroll.ui.widgets.canvas import NOTHING
from backscroll.ui.widgets.message_words import ADDRESS
from backscroll.ui.widgets.pager import Pager
from backscroll.ui.widgets.said import About, Said


class History(Pager):
    """A pager whose messages are chosen, unfolded and selected, from where that began to the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", show=False),
        Binding("v", "begin_selection", "Select messages", show=False),
        Binding("shift+down,J", "extend_selection(1)", "Select the next", key_display="⇧↓ J", show=False),
        Binding("shift+up,K", "extend_selection(-1)", "Select the previous", key_display="⇧↑ K", show=False),
        Binding("escape", "end_selection", "Select nothing", show=False),
    ]

    _begun: Message | None = None
    _told: tuple[tuple[Cursor, Cursor] | None, int, bool] = (None, 0, False)

    class Chosen(About):
        """Enter, or a click on the message that is under the cursor already."""

    class LinkChosen(Said):
        """A click on a link."""

        def __init__(self, history: "History", address: str) -> None:
            super().__init__(history)
            self.address = address

    class Selected(Said):
        """Other messages are selected: `count` of them, where `is_more` at least so many; 0 for none."""

        def __init__(self, history: "History", count: int, *, is_more: bool) -> None:
            super().__init__(history)
            self.count = count
            self.is_more = is_more

    @property
    def is_at_end(self) -> bool:
        """Whether the cursor is on the last message of the chat."""
        return self.stretch.at_end and self.cursor_index == len(self.blocks.messages) - 1

    def divide(self, divider: Divider | None) -> None:
        """Draws the line between read and new messages, and what the window holds now."""
        self.divider = divider
        self.take()

    def open(self, window: Window, cursor: Cursor | None = None, divider: Divider | None = None) -> None:
        """As a pager does; a selection goes on where this is another part of the same chat or thread."""
        first = window.messages[0] if window.messages else None
        is_other = first is None or not self._begun or first.conversation_id != self._begun.conversation_id
        if self._begun and (is_other or (self.window is not None and self.window.thread != window.thread)):
            self.action_end_selection()
        super().open(window, cursor, divider)
        self._reach()

    def clear(self) -> None:
        """Shows nothing."""
        if self._begun:
            self.action_end_selection()
        self.window = self.divider = self.cursor_id = None
        self.stretch = NOTHING
        self.lay_out()
        self.refresh()

    # Choosing

    def action_choose(self) -> None:
        """Shows the next part of a long message, and after the last one folds it again; others are announced."""
        index, message = self.cursor_index, self.current
        if index is None or message is None:
            return
        chunks = self.blocks.unfolded.get(message.id, 1)
        if self.blocks.is_folded(index):
            self.blocks.unfolded[message.id] = chunks + 1
            self.keep_place(self.lay_out)
        elif chunks > 1:
            del self.blocks.unfolded[message.id]
            self.keep_place(self.lay_out)
            self.put_cursor(index)
        else:
            self.post_message(self.Chosen(self, message))

    def on_click(self, event: events.Click) -> None:
        """Puts the cursor where one clicks, with shift selecting up to there; a link or a second click opens."""
        offset = event.get_content_offset(self)
        index = self.blocks.at_line(self.scroll_offset.y + offset.y) if offset else None
        if index is None or self.text_selection is not None:  # the end of a drag is no click
            return
        if event.shift:
            self.action_begin_selection()
            self._set_cursor(index)
        elif address := event.style.meta.get(ADDRESS):
            self._set_cursor(index)
            self.post_message(self.LinkChosen(self, address))
        elif index == self.cursor_index:
            self.action_choose()
        else:
            self._set_cursor(index)

    # Selecting messages

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Esc is somebody else's where nothing is selected."""
        return self._begun is not None if action == "end_selection" else True

    def on_key(self, event: events.Key) -> None:
        """Esc ends a selection of words before it means anything else: a screen would only end it as well."""
        if event.key == "escape" and self.text_selection is not None:
            event.stop()
            self.screen.clear_selection()

    def action_begin_selection(self) -> None:
        """Selects the message under the cursor and those that one moves over from here."""
        if self._begun is None:
            self._begun = self.current
            self._reach()

    def action_extend_selection(self, step: int) -> None:
        """Selects one message more, or one less where the selection began on the other side."""
        index = self.cursor_index
        if index is not None:
            self.action_begin_selection()
            self.put_cursor(index + step)

    def action_end_selection(self) -> None:
        """Selects nothing."""
        self._begun = None
        self._reach()

    def _set_cursor(self, index: int) -> None:
        super()._set_cursor(index)
        self._reach()

    def take(self) -> None:
        """As a pager does; where the selection began may have been let go."""
        super().take()
        self._reach()

    def _reach(self) -> None:
        """Selects from where the selection began to the cursor, and says so where that is news."""
        begun, current = self._begun, self.current
        if begun is None:
            self.selected = None
        elif current is not None:
            self.selected = (min(begun.cursor, current.cursor), max(begun.cursor, current.cursor))
        count = sum(map(self.is_selected, self.blocks.messages)) if self.selected else 0
        told = (self.selected, count, begun is not None and self.blocks.index_of(begun.id) is None)
        if told != self._told:
            self._told = told
            self.refresh()
            self.post_message(self.Selected(self, count, is_more=told[2]))
