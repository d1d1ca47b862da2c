"""The messages of one thread, read like a chat."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer

from backscroll.model.conversation import Place
from backscroll.model.message import OLDEST, Cursor
from backscroll.reading.window import Window
from backscroll.text import safe_line
from backscroll.ui.screens.reading import ReadingScreen
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.history import History


class ThreadScreen(ReadingScreen):
    """A thread over its chat; Enter shows a message in the chat itself."""

    TITLE = "Thread"
    AUTO_FOCUS = "History"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "in_chat", "In the chat"),
        Binding("escape", "app.pop_screen", "Back"),
    ]

    def __init__(self, conversation: UUID, thread: UUID, cursor: Cursor | None = None) -> None:
        super().__init__()
        self._conversation = conversation
        self._thread = thread
        self._cursor = cursor

    def compose(self) -> ComposeResult:
        """The thread's messages in one pane."""
        with Vertical(id="thread", classes="pane"):
            yield History(self.backscroll.zone, whole="thread")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Reads the thread."""
        self._open()

    @work(group="open", exclusive=True, exit_on_error=False)
    async def _open(self) -> None:
        window = Window(self.archive.messages, self._conversation, thread=self._thread)
        await (window.open_around(self._cursor) if self._cursor else window.open_oldest())
        self.history.open(window, self._cursor or OLDEST)
        thread = await self.archive.threads.get(self._conversation, self._thread)
        title = f"Thread · {safe_line(thread.title)} · {counted(thread.message_count, 'message')}"
        self.query_one("#thread").border_title = Content(title)

    def action_thread(self) -> None:
        """Already there."""

    @on(History.Chosen)
    def action_in_chat(self) -> None:
        """Shows the message under the cursor in its chat."""
        message = self.history.current
        if message is not None:
            self.backscroll.show_place(Place(message.conversation_id, message.cursor))
