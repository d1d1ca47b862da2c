"""What one can do wherever messages are read: page through them, copy them and look at one in full."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from backscroll.model.conversation import Place
from backscroll.model.message import OLDEST, Cursor, Message
from backscroll.reading.window import Window
from backscroll.ui.copying import MOST, copy_messages
from backscroll.ui.opening import open_link
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.opener import open_message
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.pager import Pager

if TYPE_CHECKING:
    from backscroll.ui.screens.message import Seen


class ReadingScreen(BaseScreen[None]):
    """A screen with a `History` over a `Window`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "inspect", "In full", tooltip="Message in full"),
        Binding("y", "copy(False)", "Copy", show=False),
        Binding("Y", "copy(True)", "Copy as Markdown", show=False),
        Binding("o", "open", "Open links and files", show=False),
    ]

    @property
    def history(self) -> History:
        """The messages that the keys are about: those with the focus, else the first on this screen."""
        return self.focused if isinstance(self.focused, History) else self.query(History).first()

    # Paging

    @on(History.MoreWanted)
    def _page(self, event: History.MoreWanted) -> None:
        event.stop()
        if event.history.window is not None:
            self._load(event.history, event.history.window, older=event.older)

    @work(group="page", exit_on_error=False)
    async def _load(self, history: Pager, window: Window, *, older: bool) -> None:
        before = (window.at_start, window.at_end)
        shift = await (window.older() if older else window.newer())
        is_changed = shift.before or shift.after or before != (window.at_start, window.at_end)
        if is_changed and window is history.window:
            history.take()

    @on(History.EndWanted)
    def _jump_to_end(self, event: History.EndWanted) -> None:
        event.stop()
        if event.history.window is not None:
            self._read_from_end(event.history, event.history.window, oldest=event.oldest)

    @work(group="open", exclusive=True, exit_on_error=False)
    async def _read_from_end(self, history: Pager, window: Window, *, oldest: bool) -> None:
        await (window.open_oldest() if oldest else window.open_newest())
        if window is history.window:
            history.open(window, OLDEST if oldest else None, history.divider)

    # Marks

    def mark(self, messages: list[Message]) -> list[Message]:
        """Gives messages the marks that wait to be sent; takes away those that nobody is to see now."""
        if self.backscroll.hides_notes:
            from backscroll.reviewing.scenes import bare

            messages = bare(messages)
        return self.desk.overlay().on_messages(messages)

    def held(self, message: Message) -> Message:
        """A message as it is shown, where it is."""
        held = (m for history in self.query(History) for m in history.blocks.messages if m.id == message.id)
        return next(held, message)

    def revise(self, message: Message) -> None:
        """Shows a message as it is now."""
        for history in self.query(History):
            history.revise(message)

    # Copying and opening

    @on(History.Selected)
    def _tell_selected(self, event: History.Selected) -> None:
        event.stop()
        pane = next((node for node in event.history.ancestors if node.has_class("pane")), None)
        if isinstance(pane, Widget):
            count = f"over {event.count:,} messages" if event.is_more else counted(event.count, "message")
            pane.border_subtitle = f"{count} selected: y copies, Y as Markdown" if event.count else ""

    def action_copy(self, in_markdown: bool) -> None:
        """Copies the words selected with the mouse, else the selected messages, else the one under the cursor."""
        history = self.history
        current = history.current
        if history.text_selection is not None:
            self.action_copy_text()
        elif current is not None and history.window is not None:
            self._copy(history, history.window, history.selected or (current.cursor, current.cursor), in_markdown)

    @work(group="copy", exclusive=True, exit_on_error=False)
    async def _copy(self, history: History, window: Window, ends: tuple[Cursor, Cursor], in_markdown: bool) -> None:
        messages = await window.between(*ends, cap=MOST)
        if messages:
            copy_messages(self.app, messages, self.backscroll.zone, in_markdown=in_markdown)
            history.action_end_selection()

    def action_open(self) -> None:
        """Opens the link or file of the message under the cursor."""
        if self.history.current is not None:
            open_message(self.app, self.history.current)

    @on(History.LinkChosen)
    def _open_link(self, event: History.LinkChosen) -> None:
        open_link(self.app, event.address)

    # Following

    def action_inspect(self) -> None:
        """Shows the message under the cursor in full."""
        from backscroll.ui.screens.message import MessageScreen

        history, message = self.history, self.history.current
        if message is not None:
            thread = history.window.thread if history.window else None
            place = Place(message.conversation_id, message.cursor)
            self.app.push_screen(MessageScreen(place, thread), lambda seen: self._inspected(history, seen))

    def _inspected(self, history: History, seen: "Seen | None") -> None:
        if seen is None:
            return
        messages = history.blocks.messages
        index = next((i for i, message in enumerate(messages) if message.id == seen.message.id), None)
        if index is not None:
            history.put_cursor(index)
        elif history.window is not None:
            self._read_around(history, history.window, seen.message.cursor)
        if seen.wants_thread:
            self.action_thread()

    @work(group="open", exclusive=True, exit_on_error=False)
    async def _read_around(self, history: Pager, window: Window, cursor: Cursor) -> None:
        await window.open_around(cursor)
        if window is history.window:
            history.open(window, cursor, history.divider)

    def action_thread(self) -> None:
        """For an heir with room for a thread: shows that of the message under the cursor."""
