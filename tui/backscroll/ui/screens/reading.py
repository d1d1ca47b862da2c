"""What one can do wherever messages are read: page through them, mark, annotate and copy them, follow their threads."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from backscroll.model.conversation import Place
from backscroll.model.message import Cursor, Message
from backscroll.model.query import Query
from backscroll.reading.window import Window
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.note import AnnotateScreen, Remark
from backscroll.ui.widgets.blocks import Stretch
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.message_lines import attachment_labels
from backscroll.ui.widgets.message_words import CHUNK
from backscroll.ui.widgets.moments import full_time


class ReadingScreen(BaseScreen[None]):
    """A screen with a `History` over a `Window`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "bookmark", "Bookmark"),
        Binding("a", "annotate", "Annotate"),
        Binding("t", "thread", "Thread"),
        Binding("y", "copy", "Copy", show=False),
        Binding("n", "hit(1)", "Next hit", show=False),
        Binding("N", "hit(-1)", "Previous hit", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.window: Window | None = None
        self._read_up_to: Cursor | None = None
        self._unread = 0
        self._writing = asyncio.Lock()

    @property
    def history(self) -> History:
        """The messages on this screen."""
        return self.query_one(History)

    @property
    def place(self) -> Place | None:
        """Where the cursor is."""
        message = self.history.current
        return Place(message.conversation_id, message.cursor) if message else None

    async def read(self, window: Window, cursor: Cursor | None = None, *, oldest: bool = False) -> None:
        """Opens a window around a cursor, at its beginning, or else at its end, and shows it."""
        if cursor is not None:
            await window.open_around(cursor)
        elif oldest:
            await window.open_oldest()
        else:
            await window.open_newest()
        self.window = window
        first = window.messages[0].cursor if oldest and window.messages else cursor
        self.history.open(self._stretch(window), first)

    def divide(self, read_up_to: Cursor | None, unread: int) -> None:
        """Where the line between read and new messages stands, for the next opening."""
        self._read_up_to, self._unread = read_up_to, unread

    def _stretch(self, window: Window) -> Stretch:
        read_up_to = self._read_up_to if self._unread else None
        return Stretch(window.messages, window.at_start, window.at_end, read_up_to, self._unread)

    # Paging

    @on(History.MoreWanted)
    def _page(self, event: History.MoreWanted) -> None:
        event.stop()
        if self.window is not None:
            self._load(self.window, older=event.older)

    @work(group="page", exit_on_error=False)
    async def _load(self, window: Window, *, older: bool) -> None:
        before = (window.at_start, window.at_end)
        shift = await (window.older() if older else window.newer())
        is_changed = shift.before or shift.after or before != (window.at_start, window.at_end)
        if is_changed and window is self.window:
            self.history.take(self._stretch(window))

    @on(History.EndWanted)
    def _jump_to_end(self, event: History.EndWanted) -> None:
        event.stop()
        if self.window is not None:
            self._read_from_end(self.window, oldest=event.oldest)

    @work(group="open", exclusive=True, exit_on_error=False)
    async def _read_from_end(self, window: Window, *, oldest: bool) -> None:
        await self.read(window, oldest=oldest)

    # Marks and notes

    def action_bookmark(self) -> None:
        """Sets or removes the bookmark of the message under the cursor."""
        message = self.history.current
        if message is not None:
            self._draw_anew(replace(message, is_bookmarked=not message.is_bookmarked))
            self._keep_bookmark(message)

    @work(group="write", exit_on_error=False)
    async def _keep_bookmark(self, message: Message) -> None:
        place = Place(message.conversation_id, message.cursor)
        try:
            async with self._writing:  # two quick presses are written in their order
                if message.is_bookmarked:
                    await self.archive.bookmarks.remove(place)
                else:
                    await self.archive.bookmarks.add(place)
        except BaseException:
            self._draw_anew(message)
            raise

    def action_annotate(self) -> None:
        """Writes a remark on the message under the cursor."""
        message = self.history.current
        if message is not None:
            self.app.push_screen(AnnotateScreen(message.text), lambda remark: self._annotated(message, remark))

    def _annotated(self, message: Message, remark: Remark | None) -> None:
        if remark is not None:
            self._keep_annotation(message, remark)

    @work(group="write", exit_on_error=False)
    async def _keep_annotation(self, message: Message, remark: Remark) -> None:
        place = Place(message.conversation_id, message.cursor)
        async with self._writing:
            await self.archive.annotations.add(place, remark.text, category=remark.category, tags=remark.tags)
        held = self._held(message)
        self._draw_anew(replace(held, annotation_count=held.annotation_count + 1))

    def _held(self, message: Message) -> Message:
        held = self.window.messages if self.window else []
        return next((m for m in held if m.id == message.id), message)

    def _draw_anew(self, message: Message) -> None:
        window = self.window
        if window is None or self._held(message).id != message.id:
            return
        window.messages = [message if held.id == message.id else held for held in window.messages]
        self.history.take(self._stretch(window))
        if self.history.current is not None and self.history.current.id == message.id:
            self.history.post_message(History.Moved(message))

    # Following

    def action_copy(self) -> None:
        """Copies the message under the cursor, with who wrote it and when."""
        message = self.history.current
        if message is None:
            return
        who, when = safe_line(message.sender or ""), full_time(message.clock, self.backscroll.zone)
        words = "\n".join([safe(message.text), *attachment_labels(message)]).strip()
        self.app.copy_to_clipboard(f"{who} · {when}\n{words}".removeprefix(" · "))
        self.notify("The message is in the clipboard.", markup=False)

    def action_thread(self) -> None:
        """Shows the thread of the message under the cursor."""
        message = self.history.current
        if message is None:
            return
        if message.thread_id is None:
            self.notify("This message is in no thread; T lists the threads of the chat.", markup=False)
            return
        from backscroll.ui.screens.thread import ThreadScreen

        self.app.push_screen(ThreadScreen(message.conversation_id, message.thread_id, message.cursor))

    def action_hit(self, step: int) -> None:
        """The next or previous message, among those loaded, with a word that was searched for."""
        index, query = self.history.cursor_index, self.history.lit
        if index is None or query is None:
            return
        found = _next_hit(self.history.blocks.messages, index, step, query)
        if found is None:
            self.notify("No further hit among the messages that are loaded.", markup=False)
        else:
            self.history.put_cursor(found)


def _next_hit(messages: Sequence[Message], index: int, step: int, query: Query) -> int | None:
    from backscroll.searching.highlight import highlights

    ahead = range(index + step, len(messages) if step > 0 else -1, step)
    return next((i for i in ahead if highlights(safe(messages[i].text[:CHUNK]), query)), None)
