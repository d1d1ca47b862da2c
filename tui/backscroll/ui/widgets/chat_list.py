"""The pane with the chats: a field that finds them by name, the list, and how it is sorted and filtered."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final
from uuid import UUID

from msgspec import structs
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input

from backscroll.model.conversation import ChatOrder, Conversation, ConversationKind, Listing, Shelf
from backscroll.searching.titles import Match
from backscroll.text import safe_line
from backscroll.ui.widgets.chat_options import ChatOptions
from backscroll.ui.widgets.paged_list import PagedList

ORDERS: Final[dict[ChatOrder, str]] = {
    ChatOrder.RECENT: "newest first",
    ChatOrder.NAME: "by name",
    ChatOrder.SIZE: "by size",
    ChatOrder.UNREAD: "by unread",
}
"""How chats can be sorted, in the words of the screen."""

KINDS: Final[dict[ConversationKind, str]] = {
    ConversationKind.DIRECT: "direct",
    ConversationKind.GROUP: "groups",
    ConversationKind.CHANNEL: "channels",
}
"""The kinds of chats, in the words of the screen."""


class ChatList(Vertical):
    """Chats as `listing` says, or those whose names fit what is typed; says what it needs and never fetches it."""

    listing: var[Listing] = var(Listing(), init=False)
    """Which chats are shown, and in which order."""

    class Wanted(Message):
        """Chats are wanted: the first ones, or those after the last one shown, all of them if they may be."""

        def __init__(self, after: Conversation | None = None, *, is_all_wanted: bool = False) -> None:
            super().__init__()
            self.after = after
            self.is_all_wanted = is_all_wanted

    class Chosen(Message):
        """A chat is to be opened."""

        def __init__(self, chat: Conversation) -> None:
            super().__init__()
            self.chat = chat

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__(id="chats", classes="pane")
        self.border_title = "Chats"
        self.source_name = ""
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
    def typed(self) -> str:
        """The part of a name that is looked for."""
        return self.query_one(Input).value.strip()

    @property
    def is_filtered(self) -> bool:
        """Whether there may be chats that are not shown."""
        return bool(self.typed) or self.listing != Listing(self.listing.order)

    # Showing

    def show(self, chats: Sequence[Conversation], *, is_complete: bool, is_anew: bool = False) -> None:
        """Shows these chats from the first; the highlight stays on its chat, unless the list is another one."""
        options = self.options
        options.lit, options.listing, options.nothing = {}, self.listing, self._nothing()
        self._is_complete, self._known = is_complete, {chat.id for chat in chats}
        if is_anew:
            options.clear()
        options.show(chats)

    def show_found(self, chats: Sequence[Conversation], matches: Sequence[Match], *, is_anew: bool) -> None:
        """Shows the chats whose names fit best what was typed."""
        self.show(chats, is_complete=True, is_anew=is_anew)
        self.options.lit = {match.id: match.spans for match in matches}

    def add(self, chats: Sequence[Conversation], *, is_complete: bool) -> None:
        """Shows more chats below."""
        added = [chat for chat in chats if chat.id not in self._known]
        self._known |= {chat.id for chat in added}
        self._is_complete = is_complete
        self.options.add(added, is_last=is_complete)

    def mark_open(self, chat: Conversation) -> None:
        """Marks a chat as the one that is being read, with its newest figures."""
        self.options.open_chat = chat.id
        self.options.redraw()
        self.update(chat)

    def update(self, chat: Conversation) -> None:
        """Takes the newest figures of a chat."""
        place = self.options.place_of(chat.id)
        if place is not None:
            self.options.put(place, chat)

    def mark_read(self, chat: UUID) -> None:
        """Nothing is unread in a chat any more."""
        place = self.options.place_of(chat)
        if place is not None:
            self.options.put(place, structs.replace(self.options.items[place], unread=0))

    def keep(self, chat: Conversation, place: int | None = None) -> None:
        """Shows how a chat is kept now; one that belongs on another shelf goes, and one that comes back stands there.

        `place` is where it stands if it is not in the list yet.
        """
        options = self.options
        found = options.place_of(chat.id)
        if self._shows(chat.shelf) and found is not None:
            options.put(found, chat)
        elif self._shows(chat.shelf) and place is not None:
            options.show([*options.items[:place], chat, *options.items[place:]])
            self._known.add(chat.id)
        elif found is not None:
            options.show([item for item in options.items if item.id != chat.id])
            self._known.discard(chat.id)

    def _shows(self, shelf: Shelf) -> bool:
        wanted = self.listing.shelf
        return shelf is wanted or (bool(self.typed) and {shelf, wanted} == {Shelf.LISTED, Shelf.ARCHIVED})

    def _nothing(self) -> str:
        if self.typed:
            return "No chat is called so.\nEsc clears the name."
        if self.is_filtered:
            return "No chat fits the filters.\nEsc clears them."
        return "No chats here.\nF shows those that are archived or hidden."

    def watch_listing(self, listing: Listing) -> None:
        """Says how the list is sorted and filtered, and asks for it."""
        order = "" if listing.order is ChatOrder.RECENT else f" · {ORDERS[listing.order]}"
        self.border_title = f"Chats{order}"
        self.border_subtitle = Content(safe_line(" · ".join(self._filters(listing))))
        self.post_message(self.Wanted())

    def _filters(self, listing: Listing) -> list[str]:
        words = {
            KINDS[listing.kind] if listing.kind else "": listing.kind,
            self.source_name or "one source": listing.source,
            str(listing.shelf): listing.shelf is not Shelf.LISTED,
            "unread": listing.is_unread,
            "bookmarked": listing.is_bookmarked,
        }
        return [word for word, is_said in words.items() if is_said]

    # Keys and mouse

    def focus_filter(self) -> None:
        """Type a part of a title."""
        self.query_one(Input).focus()

    def unfilter(self) -> None:
        """Takes away the name that was typed, or else the filters."""
        if self.typed:
            self.query_one(Input).clear()
        else:
            self.listing = Listing(self.listing.order)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Wanted())

    @on(Input.Submitted)
    def _to_the_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.options.focus()

    @on(PagedList.EndReached)
    def _more(self, event: PagedList.EndReached) -> None:
        event.stop()
        if self._is_complete:
            self.options.add((), is_last=True)
        else:
            self.post_message(self.Wanted(self.options.items[-1], is_all_wanted=event.is_all_wanted))

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
