"""One chat being read: opening it at a place, walking between places, and following the cursor with what is known."""

import asyncio
from datetime import UTC
from uuid import UUID

from textual import events, on, work
from textual.content import Content
from textual.worker import Worker

from backscroll.model.conversation import Conversation, Place
from backscroll.model.message import Cursor, Message
from backscroll.model.query import Query
from backscroll.reading.visit import Visit
from backscroll.reading.window import Window
from backscroll.text import safe_line
from backscroll.ui.screens.reading import ReadingScreen
from backscroll.ui.trail import Trail
from backscroll.ui.widgets.blocks import Divider
from backscroll.ui.widgets.details import Details
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.moments import local
from backscroll.ui.widgets.timeline import Timeline

_PAUSE = 0.05


class ChatScreen(ReadingScreen):
    """A `ReadingScreen` for whole chats, with a `Timeline` and `Details`; its heir shows which chats there are."""

    def __init__(self) -> None:
        super().__init__()
        self.chat: Conversation | None = None
        self.visit: Visit | None = None
        self._trail = Trail()

    @property
    def place(self) -> Place | None:
        """Where the cursor is in the chat."""
        message = self.chat_history.current
        return Place(message.conversation_id, message.cursor) if message else None

    @property
    def chat_history(self) -> History:
        """The messages of the chat."""
        return self.query_one("#chat-history", History)

    def turn_to_history(self) -> None:
        """Gives the history the focus, wherever it stands."""
        self.chat_history.focus()

    def chat_opened(self, chat: Conversation) -> None:
        """For an heir that lists chats: this one is being read now."""

    def chat_read(self, conversation: UUID) -> None:
        """For an heir that lists chats: nothing is unread in this one any more."""

    # Opening

    def show_place(self, place: Place, query: Query | None = None) -> Worker[None]:
        """Opens a chat around a place, with a query's words lit; gives the work of it."""
        self._trail.leave(self.place)
        return self._go(place, query)

    def show_chat(self, conversation_id: UUID) -> None:
        """Opens a chat at its first unread message, or at its newest."""
        self._trail.leave(self.place)
        self.open_chat(conversation_id)
        self.turn_to_history()

    def _go(self, place: Place, query: Query | None = None) -> Worker[None]:
        opening = self.open_chat(place.conversation_id, place.cursor, query=query)
        self.turn_to_history()
        return opening

    @work(group="open", exclusive=True, exit_on_error=False)
    async def open_chat(
        self, conversation: UUID, cursor: Cursor | None = None, *, query: Query | None = None, is_glance: bool = False
    ) -> None:
        """Opens a chat around a cursor, or where it was left; a glance does not count as having read it."""
        await self.note_place()
        chat = await self.archive.conversations.get(conversation)
        visit = self.visit = Visit(self.archive.conversations, chat, is_glance=is_glance)
        beginning = await visit.begin()
        self.chat_history.placeholder = "This chat has no messages yet"
        self.chat_history.set_reactive(History.lit, query)  # drawn with what is opened, not before
        self._take_chat(chat)
        window = Window(self.archive.messages, conversation)
        cursor = cursor or beginning.cursor
        await (window.open_around(cursor) if cursor else window.open_newest())
        self.chat_history.open(window, cursor, _divider(beginning.read_up_to, chat))
        self._load_facts(chat)

    async def note_place(self) -> None:
        """Notes where the cursor is, for the next visit."""
        history, visit = self.chat_history, self.visit
        if visit is not None and history.current is not None and history.current.conversation_id == visit.chat.id:
            await visit.leave(None if history.is_at_end else history.current.cursor)

    def _take_chat(self, chat: Conversation) -> None:
        is_another = self.chat is None or self.chat.id != chat.id
        self.chat = chat
        self.chat_opened(chat)
        pane = self.query_one("#reading")
        pane.border_title = _title(chat, pane.size.width - 2)
        timeline = self.query_one(Timeline)
        timeline.total = chat.message_count
        if is_another:
            self.workers.cancel_group(self, "facts")
            timeline.position, timeline.days = 0, ()
        self.query_one(Details).show_chat(chat)

    @work(group="facts", exclusive=True, exit_on_error=False)
    async def _load_facts(self, chat: Conversation) -> None:
        area = self.archive.conversations
        self.query_one(Timeline).days = await area.days(chat.id)
        people, summaries = await area.participants(chat.id, limit=100), await self.archive.summaries.of_chat(chat.id)
        self.query_one(Details).show_people(people, summaries)

    # Following the cursor

    @on(History.Moved)
    def _moved(self, event: History.Moved) -> None:
        self._follow(event.message)

    @work(group="follow", exclusive=True, exit_on_error=False)
    async def _follow(self, message: Message) -> None:
        await asyncio.sleep(_PAUSE)  # a key that is held down moves on before anything is looked up
        place = Place(message.conversation_id, message.cursor)
        details, timeline = self.query_one(Details), self.query_one(Timeline)
        timeline.here = local(message.clock, UTC).date()
        details.show_message(message, [])
        timeline.position = await self.archive.messages.position(place.conversation_id, place.cursor)
        if message.annotation_count:
            details.show_message(message, await self.archive.annotations.of_message(place))

    @on(History.EndShown, "#chat-history")
    def _end_shown(self, event: History.EndShown) -> None:
        self._mark_read(event.message)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A chat that was only shown counts as read once someone turns to it."""
        if self.visit is not None and self.visit.is_glance and event.widget is self.chat_history:
            self.visit.is_glance = False
            if self.chat_history.shows_end:
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
            self.chat_history.divide(_divider(mark, chat))
            self.chat_opened(chat)
            self.notify("Unread from here; it stays so until the chat is opened again.", markup=False)

    # What others add

    @work(group="open", exit_on_error=False)
    async def refresh_chat(self) -> None:
        """Reads the chat anew around the cursor."""
        history, window = self.chat_history, self.chat_history.window
        if self.visit is None or window is None:
            return
        chat = await self.archive.conversations.get(self.visit.chat.id)
        mark = await self.archive.conversations.read_mark(chat.id) if chat.unread and history.divider is None else None
        place = self.place
        await (window.open_around(place.cursor) if place else window.open_newest())
        if window is history.window:
            history.divide(history.divider or _divider(mark, chat))
            self.chat = chat
            self.chat_opened(chat)
            self.query_one(Timeline).total = chat.message_count

    # Places

    @on(History.Chosen)
    def _follow_reply(self, event: History.Chosen) -> None:
        message = event.message
        if message.quote is not None:
            self.show_place(Place(message.conversation_id, message.quote.cursor), self.chat_history.lit)
        elif message.thread_id is not None:
            self.action_thread()

    def action_back(self) -> None:
        """The place before this one."""
        place = self._trail.back(self.place)
        if place is not None:
            self._go(place)

    def action_forth(self) -> None:
        """The place after this one."""
        place = self._trail.forth()
        if place is not None:
            self._go(place)


def _divider(read_up_to: Cursor | None, chat: Conversation) -> Divider | None:
    return Divider(read_up_to, chat.unread) if read_up_to and chat.unread else None


def _title(chat: Conversation, width: int) -> Content:
    """The chat's name, and as much of its size as there is room for."""
    title = Content(safe_line(chat.title) or "untitled").stylize("bold")
    people = counted(chat.participant_count, "person").replace("persons", "people")
    sizes = [people] if chat.participant_count > 2 else []
    for size in (*sizes, counted(chat.message_count, "message")):
        longer = Content.assemble(title, f" · {size}")
        title = longer if longer.cell_length <= width else title
    return title
