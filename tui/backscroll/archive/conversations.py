"""The chat list, and the people, days and read mark of one chat: the typed face of sql/queries/conversations.sql."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import args_row, class_row, tuple_row

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.errors import AppError
from backscroll.model.conversation import (
    UNREAD_CAP,
    ChatOrder,
    Conversation,
    ConversationKind,
    Day,
    Listing,
    Participant,
    Shelf,
    Source,
)
from backscroll.model.message import NEWEST, OLDEST, Cursor, Kind

_SQL = queries("conversations")
_KINDS = {kind.value: kind for kind in Kind}
_CONVERSATION_KINDS = {kind.value: kind for kind in ConversationKind}
_SHELVES = {shelf.value: shelf for shelf in Shelf}
_EVERY = Listing()


class Conversations:
    """Chats, as lists show them."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def page(
        self, listing: Listing = _EVERY, *, limit: int, after: Conversation | None = None
    ) -> list[Conversation]:
        """The chats of a list after a chat of the page before, at most `limit`.

        A list of `Shelf.LISTED` begins with all pinned chats that fit, in its order, and goes on with the others.
        """
        head: list[Conversation] = []
        if listing.shelf is Shelf.LISTED and (after is None or after.is_pinned):
            pinned = await self._rows("pinned", {"order": listing.order.value, **_filters(listing)})
            head, after = pinned[_place_after(pinned, after) :][:limit], None
        if len(head) == limit:
            return head
        parameters = _filters(listing) | _key(listing.order, after) | {"limit": limit - len(head)}
        return head + await self._rows(listing.order.value, parameters)

    async def some(self, ids: Sequence[UUID]) -> list[Conversation]:
        """Chats by their ids, in the order of these; one that is not in the archive is left out."""
        return await self._rows("some", {"ids": list(ids)})

    async def get(self, conversation: UUID) -> Conversation:
        """One chat. Raises AppError where it is not in the archive."""
        found = await self.some([conversation])
        if not found:
            raise AppError(f"There is no chat {conversation}", "`backscroll chats` lists them.", code="no_such_chat")
        return found[0]

    async def _rows(self, query: str, parameters: dict[str, object]) -> list[Conversation]:
        return await self._gateway.fetch_all(_SQL[query], parameters, _conversation_row)

    async def resolve(self, text: str) -> Conversation:
        """The chat that a person names: by id, the beginning of an id (4 characters or more), or its title.

        Raises AppError where nothing or more than one chat fits.
        """
        found = await self._gateway.fetch_all(_SQL["resolve"], {"text": text}, args_row(_name))
        exact = [c for c in found if str(c[0]) == text.lower() or c[1] == text] or found
        if not exact:
            raise AppError(
                f"There is no chat “{text[:60]}”", "`backscroll chats` lists titles and ids.", code="no_such_chat"
            )
        if len(exact) > 1:
            ids = ", ".join(str(c[0])[:8] for c in exact[:5])
            raise AppError(
                f"“{text[:60]}” fits {len(exact)} chats", f"Name one by its id: {ids}.", code="ambiguous_chat"
            )
        return await self.get(exact[0][0])

    async def titles(self) -> list[tuple[UUID, str]]:
        """Id and title of every chat that is not hidden, the one with the newest message first."""
        return await self._gateway.fetch_all(_SQL["titles"], {}, tuple_row)

    async def titles_in(self, listing: Listing) -> list[tuple[UUID, str]]:
        """Id and title of every chat that the filters leave in, whatever they match, the newest message first.

        Where no other shelf is asked for, archived chats are found by their name, too.
        """
        return await self._gateway.fetch_all(_SQL["titles_in"], _filters(listing), tuple_row)

    async def titles_of(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        """The titles of these chats, on whichever shelf they are."""
        return dict(await self._gateway.fetch_all(_SQL["titles_of"], {"ids": list(ids)}, tuple_row))

    async def sources(self) -> list[Source]:
        """Where the chats came from, by name."""
        return await self._gateway.fetch_all(_SQL["sources"], {}, class_row(Source))

    async def participants(self, conversation: UUID, *, limit: int = 200) -> list[Participant]:
        """Who wrote in a chat, busiest first."""
        parameters = {"conversation": conversation, "limit": limit}
        return await self._gateway.fetch_all(_SQL["participants"], parameters, class_row(Participant))

    async def days(self, conversation: UUID) -> list[Day]:
        """The day index of a chat, oldest first; days are UTC and have at least one message."""
        return await self._gateway.fetch_all(_SQL["days"], {"conversation": conversation}, class_row(Day))

    async def set_pinned(self, conversation: UUID, is_pinned: bool) -> None:
        """Puts a chat before the others in the present user's list, or back among them."""
        await self._gateway.execute(_SQL["set_pinned"], {"conversation": conversation, "is_pinned": is_pinned})

    async def set_shelf(self, conversation: UUID, shelf: Shelf) -> None:
        """Says in which list the present user keeps a chat."""
        await self._gateway.execute(_SQL["set_shelf"], {"conversation": conversation, "shelf": shelf.value})

    async def mark_read(self, conversation: UUID, cursor: Cursor | None = None) -> None:
        """Notes that the present user has read up to the cursor, without one to the end of the chat.

        An older place than noted changes nothing.
        """
        await self._gateway.execute(_SQL["mark_read"], _at(conversation, cursor))

    async def mark_unread(self, conversation: UUID, cursor: Cursor | None = None) -> None:
        """Notes that the present user has read up to the message before the cursor; without one, nothing of the chat.

        Everything from the message at the cursor on is unread then, and everything before it read.
        """
        await self._gateway.execute(_SQL["mark_unread"], _at(conversation, cursor or OLDEST))

    async def leave(self, conversation: UUID, cursor: Cursor | None = None) -> None:
        """Notes the message under the cursor when the present user leaves a chat; None at the end of the chat."""
        await self._gateway.execute(_SQL["leave"], _at(conversation, cursor))

    async def left(self, conversation: UUID) -> Cursor | None:
        """Where the present user left a chat; None at its end, and where it was never left."""
        return await self._gateway.fetch_one(_SQL["left"], {"conversation": conversation}, class_row(Cursor))

    async def read_mark(self, conversation: UUID) -> Cursor | None:
        """How far the present user has read; None where the chat was never opened."""
        return await self._gateway.fetch_one(_SQL["read_mark"], {"conversation": conversation}, class_row(Cursor))

    async def changed_at(self) -> datetime | None:
        """When something was last added to any chat; None in an empty archive."""
        found: datetime | None = await self._gateway.fetch_value(_SQL["changed_at"], {})
        return found

    async def totals(self) -> tuple[int, int]:
        """How many chats and how many messages the archive holds."""
        row = await self._gateway.fetch_one(_SQL["totals"], {}, args_row(_totals))
        return row or (0, 0)


def _filters(listing: Listing) -> dict[str, object]:
    return {
        "kind": listing.kind and listing.kind.value,
        "source": listing.source,
        "shelf": listing.shelf.value,
        "is_bookmarked": listing.is_bookmarked,
        "is_unread": listing.is_unread,
        "match": listing.match,
    }


def _key(order: ChatOrder, after: Conversation | None) -> dict[str, object]:
    """What the order's query compares with; without a chat, what is before all of them."""
    if after is None:
        before_all = OLDEST if order is ChatOrder.NAME else NEWEST
        return {
            "id": before_all.id,
            "recent_at": before_all.sent_at,
            "title": "",
            "message_count": 2**63 - 1,
            "unread": UNREAD_CAP + 1,
        }
    return {
        "id": after.id,
        "recent_at": after.last_message_at or OLDEST.sent_at,
        "title": after.title,
        "message_count": after.message_count,
        "unread": after.unread,
    }


def _place_after(pinned: list[Conversation], after: Conversation | None) -> int:
    """Where the pinned chats go on; one that was unpinned meanwhile ends them."""
    if after is None:
        return 0
    return next((place + 1 for place, chat in enumerate(pinned) if chat.id == after.id), len(pinned))


def _at(conversation: UUID, cursor: Cursor | None) -> dict[str, object]:
    return {
        "conversation": conversation,
        "sent_at": cursor and cursor.sent_at,
        "id": cursor and cursor.id,
    }


def _conversation_row(_cursor: object) -> Callable[[Sequence[Any]], Conversation]:
    """A row factory for the columns of `page`, by their places: names would double its time."""
    return _conversation


def _conversation(row: Sequence[Any]) -> Conversation:
    identity, title, kind, source, topic, messages, people, threads, first_at, last_at, *rest = row
    last_kind, sender, text, unread, is_pinned, shelf = rest
    return Conversation(
        identity,
        title,
        _CONVERSATION_KINDS[kind],
        source,
        topic,
        messages,
        people,
        threads,
        first_at,
        last_at,
        _KINDS.get(last_kind),
        sender,
        text,
        unread,
        is_pinned,
        _SHELVES[shelf],
    )


def _name(identity: UUID, title: str) -> tuple[UUID, str]:
    return identity, title


def _totals(chats: int, messages: int) -> tuple[int, int]:
    return chats, messages
