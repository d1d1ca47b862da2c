"""What follows the cursor in a chat: the place on the timeline, the details of a message, and its thread."""

import asyncio
from datetime import UTC
from typing import ClassVar
from uuid import UUID

from textual import events, on, work
from textual.binding import Binding, BindingType

from backscroll.dates import local
from backscroll.model.code import Codebook
from backscroll.model.conversation import Place, Thread
from backscroll.model.message import OLDEST, Cursor, Message
from backscroll.reading.chain import Chain
from backscroll.reading.window import Window
from backscroll.text import safe_line
from backscroll.ui.screens.coding import CodingScreen
from backscroll.ui.widgets.blocks import Divider
from backscroll.ui.widgets.details import Details
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.timeline import Timeline

_PAUSE = 0.15
"""Seconds at a message before what follows is looked up: longer than between two keys of one who is on the way."""


class FollowingScreen(CodingScreen):
    """A `CodingScreen` with the history of a chat, a `Timeline` and `Details`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("t", "thread", "Thread")]

    def __init__(self) -> None:
        super().__init__()
        self._thread: UUID | None = None

    @property
    def chat_history(self) -> History:
        """The messages of the chat."""
        return self.query_one("#chat-history", History)

    @property
    def details(self) -> Details:
        """The pane at the right."""
        return self.query_one(Details)

    def turn_to_details(self) -> None:
        """Gives the details the focus, wherever they stand."""
        self.details.shown.focus()

    def show_codes(self, book: Codebook) -> None:
        """In the details, too."""
        super().show_codes(book)
        self.details.codes = book

    # The cursor

    @on(History.Moved)
    def _moved(self, event: History.Moved) -> None:
        if event.history is self.chat_history:
            self._follow_place(event.message)
        if event.history is self.history:
            self._follow_message(event.message)

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, History) and event.widget.current is not None:
            self._follow_message(event.widget.current)

    @work(group="place", exclusive=True, exit_on_error=False)
    async def _follow_place(self, message: Message) -> None:
        await asyncio.sleep(_PAUSE)  # a key that is held down moves on before anything is looked up
        self._follow_thread(message)
        timeline = self.query_one(Timeline)
        position = await self.archive.messages.position(message.conversation_id, message.cursor)
        timeline.here, timeline.position = local(message.clock, UTC).date(), position

    @work(group="follow", exclusive=True, exit_on_error=False)
    async def _follow_message(self, message: Message) -> None:
        await asyncio.sleep(_PAUSE)
        self.details.show_message(
            message, self.desk.overlay().on_annotations(message.id, []), self.desk.overlay().notes
        )
        await self._tell_notes(message)

    @work(group="follow", exclusive=True, exit_on_error=False)
    async def follow_again(self) -> None:
        """Tells anew what is written about the message under the cursor."""
        message = self.history.current
        if message is not None:
            await self._tell_notes(message)

    async def _tell_notes(self, message: Message) -> None:
        overlay = self.desk.overlay()
        place, hides_notes = Place(message.conversation_id, message.cursor), self.backscroll.hides_notes
        known = [] if hides_notes else await self.archive.annotations.of_message(place)
        self.details.show_message(message, overlay.on_annotations(message.id, known), overlay.notes)

    # The thread

    @on(Details.Turned)
    def _turned(self) -> None:
        if self.chat_history.current is not None:
            self._follow_thread(self.chat_history.current)

    def _follow_thread(self, message: Message) -> None:
        """Where the thread's tab can be seen, shows the thread of a message there; without one, the last stays."""
        is_seen = self.details.tab == "thread" and self.details.region.area
        if message.thread_id is not None and message.thread_id != self._thread and is_seen:
            self._open_thread(message.conversation_id, message.thread_id, message.cursor)

    def action_thread(self) -> None:
        """Shows the thread of the message under the cursor, or the chain of answers that it belongs to."""
        message = self.history.current
        if message is None or self.history is self.details.thread_history:
            return
        if message.thread_id is None:
            self._open_chain(Place(message.conversation_id, message.cursor))
        else:
            self.show_thread(message.conversation_id, message.thread_id, message.cursor)

    def show_thread(self, conversation: UUID, thread: UUID, cursor: Cursor | None = None) -> None:
        """Opens a thread beside the chat at a message, or at its first one."""
        self._open_thread(conversation, thread, cursor)
        self._turn_to_thread()

    def _turn_to_thread(self) -> None:
        self.details.tab = "thread"
        self.turn_to_details()

    def leave_thread(self) -> None:
        """Shows no thread: that of another chat has nothing to say here."""
        self._thread = None
        self.workers.cancel_group(self, "thread")
        self.details.leave_thread()

    @work(group="thread", exclusive=True, exit_on_error=False)
    async def _open_thread(self, conversation: UUID, thread: UUID, cursor: Cursor | None) -> None:
        about = await self.archive.threads.get(conversation, thread)
        window = Window(self.archive.messages, conversation, thread=thread, marked=self.mark)
        await (window.open_around(cursor) if cursor else window.open_oldest())
        self._thread = thread
        self.details.entitle_thread(safe_line(about.title) or "Thread")
        self._read_beside(window, cursor or OLDEST, _replies(about))

    @work(group="thread", exclusive=True, exit_on_error=False)
    async def _open_chain(self, place: Place) -> None:
        chain = Chain(self.archive.messages, place, self.mark)
        await chain.open_around(place.cursor)
        if len(chain.messages) == 1:
            said = "This message is in no thread, answers none and was not answered; T lists the threads of the chat."
            self.notify(said, markup=False)
            return
        self._thread = None
        self.details.entitle_thread("Replies")
        self._read_beside(chain, place.cursor, None)
        self._turn_to_thread()

    def _read_beside(self, window: Window, cursor: Cursor, divider: Divider | None) -> None:
        history = self.details.thread_history
        history.set_reactive(History.lit, self.chat_history.lit)
        history.open(window, cursor, divider)

    @work(group="thread", exit_on_error=False)
    async def refresh_thread(self) -> None:
        """Reads anew what is beside the chat, around its cursor."""
        history, window = self.details.thread_history, self.details.thread_history.window
        if window is None:
            return
        await (window.open_around(history.current.cursor) if history.current else window.open_oldest())
        if window is history.window:
            history.take()


def _replies(thread: Thread) -> Divider | None:
    """The line between the message that a thread hangs on and what was said to it."""
    return Divider(thread.root, replies=thread.reply_count) if thread.root and thread.reply_count else None
