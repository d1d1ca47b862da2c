"""One chat being read: opening it at a place, and walking between places."""

import asyncio
from contextlib import suppress
from uuid import UUID

from textual import on, work
from textual.content import Content
from textual.worker import Worker, WorkerError

from backscroll.model.conversation import Conversation, Place
from backscroll.model.message import Cursor, Message
from backscroll.model.query import Query
from backscroll.model.summary import Summary
from backscroll.model.sync import NOTE_AREAS
from backscroll.reading.visit import Visit
from backscroll.reading.whole import KEPT
from backscroll.reading.window import Window
from backscroll.summarising.freshness import stored
from backscroll.text import safe_line
from backscroll.ui.screens.following import FollowingScreen
from backscroll.ui.trail import Stop, Trail
from backscroll.ui.widgets.blocks import Divider
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.summary_sheet import SUMMARIES_SHOWN
from backscroll.ui.widgets.timeline import Timeline


class ChatScreen(FollowingScreen):
    """Opens chats and the places in them; its heir shows which chats there are."""

    def __init__(self) -> None:
        super().__init__()
        self.chat: Conversation | None = None
        self.visit: Visit | None = None
        self.has_news = asyncio.Event()
        """Set once there is something to show: a chat, that there is none, or what is being waited for."""
        self._trail = Trail()

    @property
    def place(self) -> Place | None:
        """Where the cursor is in the chat."""
        message = self.chat_history.current
        return Place(message.conversation_id, message.cursor) if message else None

    @property
    def _here(self) -> Stop | None:
        place = self.place
        return Stop(place, self.chat_history.lit) if place else None

    def chat_title(self, message: Message) -> str:
        """What the chat of a message is called, where it is this one."""
        return self.chat.title if self.chat and self.chat.id == message.conversation_id else ""

    def turn_to_history(self) -> None:
        """Gives the history the focus, wherever it stands."""
        self.chat_history.focus()

    def chat_opened(self, chat: Conversation) -> None:
        """For an heir that lists chats: this one is being read now."""

    # Opening

    def show_place(self, place: Place, query: Query | None = None) -> Worker[None]:
        """Opens a chat around a place, with a query's words lit; gives the work of it."""
        self._trail.leave(self._here)
        return self._go(place, query)

    def show_chat(self, conversation_id: UUID) -> None:
        """Opens a chat at its first unread message, or at its newest."""
        self._trail.leave(self._here)
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
        chat = await self.archive.conversations.get(conversation)
        if cursor is not None and self.visit is not None and self.visit.chat.id == conversation:
            divider = self.chat_history.divider  # a jump inside the chat: the same visit goes on
        else:
            await self.note_place()
            self.visit = Visit(self.archive.conversations, chat, is_glance=is_glance)
            beginning = await self.visit.begin()
            cursor, divider = cursor or beginning.cursor, unread_divider(beginning.read_up_to, chat)
        self.chat_history.placeholder = "This chat has no messages yet"
        self.chat_history.set_reactive(History.lit, query)  # drawn with what is opened, not before
        self._take_chat(chat)
        window = Window(self.archive.messages, conversation, marked=self.mark)
        await (window.open_around(cursor) if cursor else window.open_newest())
        self.chat_history.open(window, cursor, divider)
        self.has_news.set()
        self.load_facts(chat)

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
            self.leave_thread()
            timeline.position, timeline.days = 0, ()
        self.details.show_chat(chat)

    @work(group="facts", exclusive=True, exit_on_error=False)
    async def load_facts(self, chat: Conversation) -> None:
        """Fills the timeline and the details with what is known of a chat."""
        area = self.archive.conversations
        self.query_one(Timeline).days = await area.days(chat.id)
        self.details.show_people(await area.participants(chat.id, limit=100))
        language = (await self.archive.languages.of([chat.id])).get(chat.id)
        kept = await self.archive.syncs.records_of_chat(chat.id, limit=KEPT)
        if self.backscroll.hides_notes:
            kept = [one for one in kept if one.area not in NOTE_AREAS]
        self.details.show_chat(chat, language, kept)
        await self.load_summaries(chat)

    async def load_summaries(self, chat: Conversation, new: Summary | None = None) -> None:
        """Fills the details with the newest summaries of a chat; `new` comes into hand where it is one of the chat."""
        found = await stored(self.archive, chat.id, self.backscroll.zone, limit=SUMMARIES_SHOWN)
        if self.chat is not None and self.chat.id == chat.id:
            self.details.summaries.show(found, new if new and new.stretch.conversation_id == chat.id else None)

    # Places

    @work(group="in-thread", exclusive=True, exit_on_error=False)
    async def show_in_thread(self, place: Place, thread: UUID) -> None:
        """Opens a place in its chat, and its thread beside that."""
        with suppress(WorkerError):  # it tells of its failure itself
            await self.show_place(place).wait()
        self.show_thread(place.conversation_id, thread, place.cursor)

    @on(History.Chosen, "#chat-history")
    def _follow_reply(self, event: History.Chosen) -> None:
        message = event.message
        if message.quote is not None:
            self.show_place(Place(message.conversation_id, message.quote.cursor), self.chat_history.lit)
        elif message.thread_id is not None:
            self.action_thread()

    @on(History.Chosen, "#thread-history")
    def action_in_chat(self) -> None:
        """Shows the message under the thread's cursor in the chat."""
        message = self.details.thread_history.current
        if message is not None and self.details.tab == "thread":
            self.show_place(Place(message.conversation_id, message.cursor), self.chat_history.lit)

    def action_back(self) -> None:
        """The place before this one."""
        stop = self._trail.back(self._here)
        if stop is not None:
            self._go(stop.place, stop.lit)

    def action_forth(self) -> None:
        """The place after this one."""
        stop = self._trail.forth()
        if stop is not None:
            self._go(stop.place, stop.lit)


def unread_divider(read_up_to: Cursor | None, chat: Conversation) -> Divider | None:
    """The line between what was read of a chat and what is new, where something is."""
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
