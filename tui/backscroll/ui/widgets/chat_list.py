"""The list of chats with a field that narrows it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.visual import Visual
from textual.widgets import Input

from backscroll.model.conversation import Conversation
from backscroll.ui.widgets.chat_card import ChatCard
from backscroll.ui.widgets.paged_list import PagedList


class ChatOptions(PagedList[Conversation]):
    """Chats, two lines each."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__(id="chat-options")
        self.zone = zone
        self.open_chat: UUID | None = None

    def draw(self, item: Conversation) -> Visual:
        """The chat's card."""
        return ChatCard(item, datetime.now(UTC), self.zone, is_open=item.id == self.open_chat)

    def lines(self, item: Conversation) -> int:  # noqa: ARG002  (the list's)
        """Always two."""
        return 2

    def key(self, item: Conversation) -> UUID:
        """A chat stays the same while its figures change."""
        return item.id


class ChatList(Vertical):
    """Chats with the newest message first, narrowed by a part of the title."""

    class Wanted(Message):
        """Chats are wanted: the first ones that match, or those after the last one shown."""

        def __init__(self, match: str, after: Conversation | None) -> None:
            super().__init__()
            self.match = match
            self.after = after

    class Chosen(Message):
        """A chat is to be opened."""

        def __init__(self, chat: Conversation) -> None:
            super().__init__()
            self.chat = chat

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__(id="chats", classes="pane")
        self.border_title = "Chats"
        self._zone = zone
        self._is_complete = False
        self._known: set[UUID] = set()

    def compose(self) -> ComposeResult:
        """The field above the list."""
        yield Input(placeholder="f  filter chats", id="chat-filter", compact=True)
        yield ChatOptions(self._zone)

    @property
    def options(self) -> ChatOptions:
        """The list itself."""
        return self.query_one(ChatOptions)

    @property
    def match(self) -> str:
        """What the titles have to contain."""
        return self.query_one(Input).value.strip()

    def show(self, chats: Sequence[Conversation], *, is_more: bool) -> None:
        """Shows chats from the top, or more of them."""
        if not is_more:
            self.options.show(chats)
            self._known = {chat.id for chat in chats}
        else:
            added = [chat for chat in chats if chat.id not in self._known]
            self._known |= {chat.id for chat in added}
            self.options.add(added)
        self._is_complete = not chats

    def mark_open(self, chat: Conversation) -> None:
        """Marks a chat as the one that is being read, with its newest figures."""
        options = self.options
        options.open_chat = chat.id
        options.redraw()
        self.update(chat)

    def update(self, chat: Conversation) -> None:
        """Takes the newest figures of a chat."""
        options = self.options
        found = next((index for index, item in enumerate(options.items) if item.id == chat.id), None)
        if found is not None:
            options.put(found, chat)

    def mark_read(self, chat: UUID) -> None:
        """Nothing is unread in a chat any more."""
        found = next((item for item in self.options.items if item.id == chat), None)
        if found is not None and found.unread:
            self.update(replace(found, unread=0))

    def focus_filter(self) -> None:
        """Type a part of a title."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Wanted(self.match, None))

    @on(Input.Submitted)
    def _open_first(self, event: Input.Submitted) -> None:
        event.stop()
        self.options.focus()

    @on(PagedList.EndReached)
    def _more(self, event: PagedList.EndReached) -> None:
        event.stop()
        items = self.options.items
        if items and not self._is_complete:
            self.post_message(self.Wanted(self.match, items[-1]))

    @on(PagedList.Selected)
    def _choose(self, event: PagedList.Selected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.item))

    def on_key(self, event: events.Key) -> None:
        """From the field one goes down into the list, and Esc empties it."""
        if not self.query_one(Input).has_focus:
            return
        if event.key == "down":
            event.stop()
            self.options.focus()
        elif event.key == "escape":
            event.stop()
            self.query_one(Input).clear()
            self.options.focus()
