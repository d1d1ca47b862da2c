"""What one visit to a chat makes read or unread, and what others add to it meanwhile."""

from uuid import UUID

from textual import events, on, work

from backscroll.errors import AppError
from backscroll.model.message import Message
from backscroll.ui.screens.chat import ChatScreen, unread_divider
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.timeline import Timeline


class VisitingScreen(ChatScreen):
    """A `ChatScreen` that keeps what has been read; its heir shows it in a list of chats."""

    def chat_read(self, conversation: UUID) -> None:
        """For an heir that lists chats: nothing is unread in this one any more."""

    # Reading to the end

    @on(History.EndShown, "#chat-history")
    def _end_shown(self, event: History.EndShown) -> None:
        self._mark_read(event.message)

    @on(events.DescendantFocus)
    def _turned_to(self, event: events.DescendantFocus) -> None:
        # A chat that was only shown counts as read once someone turns to it.
        if self.visit is not None and self.visit.is_glance and event.widget is self.chat_history:
            self.visit.is_glance = False
            is_opening = any(work.group == "open" and not work.is_finished for work in self.workers)
            if self.chat_history.shows_end and not is_opening:  # what is about to be shown tells of its own end
                self._mark_read(self.chat_history.blocks.messages[-1])

    @work(group="mark", exit_on_error=False)
    async def _mark_read(self, last: Message) -> None:
        visit = self.visit
        if visit is not None and visit.chat.id == last.conversation_id and await visit.saw_end(last):
            self.chat_read(last.conversation_id)

    def action_mark_unread(self) -> None:
        """Marks the message under the cursor and all after it as unread."""
        message = self.chat_history.current
        if message is not None:
            self._mark_unread(message)

    @work(group="mark", exit_on_error=False)
    async def _mark_unread(self, first: Message) -> None:
        if self.visit is not None and self.visit.chat.id == first.conversation_id:
            mark = await self.visit.keep_unread(first)
            chat = await self.archive.conversations.get(first.conversation_id)
            self.chat_history.divide(unread_divider(mark, chat))
            self.chat_opened(chat)
            self.notify("Unread from here; it stays so until the chat is opened again.", markup=False)

    # What others add

    @work(group="open", exit_on_error=False)
    async def refresh_chat(self) -> None:
        """Reads the chat anew around the cursor."""
        history, window, visit = self.chat_history, self.chat_history.window, self.visit
        if visit is None or window is None:
            return
        try:
            chat = await self.archive.conversations.get(visit.chat.id)
        except AppError as error:
            if error.code != "no_such_chat":
                raise
            if self.visit is visit:  # else another chat was opened meanwhile
                self._leave_gone()
            return
        mark = await self.archive.conversations.read_mark(chat.id) if chat.unread and history.divider is None else None
        place = self.place
        await (window.open_around(place.cursor) if place else window.open_newest())
        if window is history.window:
            history.divide(history.divider or unread_divider(mark, chat))
            self.chat = chat
            self.chat_opened(chat)
            self.query_one(Timeline).total = chat.message_count

    def _leave_gone(self) -> None:
        """Shows no chat, where the one that was open was taken out of the archive."""
        self.visit = self.chat = None
        self.query_one("#reading").border_title = ""
        self.chat_history.placeholder = "This chat is not in the archive any more"
        self.chat_history.clear()
