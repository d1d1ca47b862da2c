"""A canvas over a window that one pages through: the cursor, its keys, and the signals for what is wanted next."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from backscroll.model.message import Cursor, Message
from backscroll.reading.window import Window
from backscroll.ui.widgets.blocks import Divider, Stretch
from backscroll.ui.widgets.canvas import Canvas
from backscroll.ui.widgets.said import About, Said

_AHEAD = 3
"""How many screenfuls before an end of what is held the next page is asked for."""


class Pager(Canvas, can_focus=True):
    """Messages in reading order with one under the cursor; says what it needs and never fetches it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Move", key_display="j/k"),
        Binding("k,up", "move(-1)", "Up", show=False),
        Binding("pagedown,space", "page(1.0)", "Page down", show=False),
        Binding("pageup", "page(-1.0)", "Page up", show=False),
        Binding("ctrl+d", "page(0.5)", "Half a page down", show=False),
        Binding("ctrl+u", "page(-0.5)", "Half a page up", show=False),
        Binding("home", "oldest", "Oldest", show=False),
        Binding("end,G", "newest", "Newest", show=False),
    ]

    window: Window | None = None
    """What is held of the conversation or thread; None until something is opened."""

    divider: Divider | None = None
    """The line between read and new messages, where there is one."""

    _heading = 0
    _is_paging = False

    class MoreWanted(Said):
        """The reader comes near an end of what is held."""

        def __init__(self, history: "Pager", *, older: bool) -> None:
            super().__init__(history)
            self.older = older

    class EndWanted(Said):
        """The reader wants the very first or the very last message, and it is not held."""

        def __init__(self, history: "Pager", *, oldest: bool) -> None:
            super().__init__(history)
            self.oldest = oldest

    class Moved(About):
        """Another message is under the cursor."""

    class EndShown(About):
        """The end of the last message of the chat is in view."""

    @property
    def current(self) -> Message | None:
        """The message under the cursor."""
        index = self.cursor_index
        return self.blocks.messages[index] if index is not None else None

    @property
    def shows_end(self) -> bool:
        """Whether the last line of the last message of the chat is in view."""
        last = len(self.blocks.messages) - 1
        bottom = self.scroll_offset.y + self.view_height
        return last >= 0 and self.stretch.at_end and self.size.height > 0 and self.blocks.last_line(last) < bottom

    def open(self, window: Window, cursor: Cursor | None = None, divider: Divider | None = None) -> None:
        """Shows what a window holds with the cursor on a message (the first at or after `cursor`), else on the last."""
        self.blocks.unfolded.clear()
        self._name_width = 0
        self.window, self.divider = window, divider
        self.stretch = self._stretch(window)
        messages = window.messages
        found = next((m for m in messages if cursor and m.cursor >= cursor), messages[-1] if messages else None)
        self.cursor_id = found.id if found else None
        self.lay_out()
        self.refresh()
        if self.size.height:
            self._show_opened(centred=cursor is not None)
        else:
            self.call_after_refresh(self._show_opened, centred=cursor is not None)
        if found is not None:
            self.post_message(self.Moved(self, found))

    def _show_opened(self, *, centred: bool) -> None:
        index = self.cursor_index
        if index is not None:
            row = self.view_height // 3 if centred else self.view_height
            self._scroll(self.blocks.first_line(index) - row if centred else self.blocks.height - row)
        self._heading = 0
        self._ask_ahead()

    def take(self) -> None:
        """Shows the window after a page came or messages changed; what is in view stays where it is."""
        window = self.window
        if window is None:
            return

        def change() -> None:
            self.stretch = self._stretch(window)
            self.lay_out()

        self.keep_place(change)
        self._ask_ahead()

    def revise(self, message: Message) -> None:
        """Draws a message anew as it is now, where it is held."""
        if self.window is not None and self.window.revise(message):
            self.take()
            if message.id == self.cursor_id:
                self.post_message(self.Moved(self, message))

    def _stretch(self, window: Window) -> Stretch:
        return Stretch(window.messages, window.at_start, window.at_end, self.divider)

    def put_cursor(self, index: int) -> None:
        """Moves the cursor to a message and as little of the view as shows it."""
        if not self.blocks.messages:
            return
        index = max(0, min(index, len(self.blocks.messages) - 1))
        self._set_cursor(index)
        top, height = self.scroll_offset.y, self.view_height
        first, last = self.blocks.top(index), self.blocks.last_line(index)
        if last - first >= height or first < top:
            self._scroll(first)
        elif last >= top + height:
            is_last = index == len(self.blocks.messages) - 1
            self._scroll((self.blocks.height if is_last else last + 1) - height)
        self._ask_ahead()

    # Keys

    def action_move(self, step: int) -> None:
        """The next or previous message; first the rest of a message that is taller than the view."""
        index = self.cursor_index
        if index is None:
            return
        top, height = self.scroll_offset.y, self.view_height
        if (
            step > 0
            and self.blocks.last_line(index) >= top + height
            and self.blocks.first_line(index) <= top + height // 2
        ):
            self._scroll(top + height // 2)
        elif step < 0 and self.blocks.first_line(index) < top:
            self._scroll(max(top - height // 2, self.blocks.top(index)))
        else:
            self.put_cursor(index + step)

    def action_page(self, pages: float) -> None:
        """Up or down by a part of the view; the cursor keeps its row as far as it can."""
        index = self.cursor_index
        if index is None:
            return
        top, height = self.scroll_offset.y, self.view_height
        row = max(0, min(self.blocks.first_line(index) - top, height - 1))
        lines = int(height * pages) if abs(pages) < 1 else int((height - 2) * pages)
        target = max(0, min(top + lines, self.blocks.height - height))
        if target == top:
            self.put_cursor(len(self.blocks.messages) - 1 if pages > 0 else 0)
            return
        self._is_paging = True
        self._scroll(target)
        self._is_paging = False
        found = self.blocks.at_line(target + row)
        self._set_cursor(found if found is not None else len(self.blocks.messages) - 1)
        self._clamp_cursor()
        self._ask_ahead()

    def action_oldest(self) -> None:
        """The first message of the chat."""
        if self.stretch.at_start:
            self.put_cursor(0)
        else:
            self.post_message(self.EndWanted(self, oldest=True))

    def action_newest(self) -> None:
        """The last message of the chat."""
        if self.stretch.at_end:
            self.put_cursor(len(self.blocks.messages) - 1)
        else:
            self.post_message(self.EndWanted(self, oldest=False))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Takes the cursor along where the view leaves it behind, as the wheel does."""
        super().watch_scroll_y(old_value, new_value)
        if not self._is_paging:
            self._head(new_value - old_value)
            self._clamp_cursor()
            self._ask_ahead()

    # Within

    def _head(self, change: float) -> None:
        # Pages are asked for in the direction of reading only: at the cap, both ends would take each other's in turn.
        if change:
            self._heading = 1 if change > 0 else -1

    def _scroll(self, line: int) -> None:
        self._head(line - self.scroll_offset.y)
        self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def _set_cursor(self, index: int) -> None:
        message = self.blocks.messages[index]
        if message.id != self.cursor_id:
            before, self.cursor_id = self.cursor_index, message.id
            for changed in (before, index):
                if changed is not None:
                    self.refresh_block(changed)
            self.post_message(self.Moved(self, message))

    def _clamp_cursor(self) -> None:
        index = self.cursor_index
        if index is None:
            return
        top = self.scroll_offset.y
        self._set_cursor(self.blocks.nearest(index, top, top + self.view_height))

    def _ask_ahead(self) -> None:
        if self._heading:
            self.call_after_refresh(self.paint_ahead, self._heading)
        if self.shows_end:
            self.post_message(self.EndShown(self, self.blocks.messages[-1]))
        margin = _AHEAD * self.view_height
        if self._heading <= 0 and not self.stretch.at_start and self.scroll_offset.y < margin:
            self.post_message(self.MoreWanted(self, older=True))
        if (
            self._heading >= 0
            and not self.stretch.at_end
            and self.scroll_offset.y + self.view_height + margin > self.blocks.height
        ):
            self.post_message(self.MoreWanted(self, older=False))
