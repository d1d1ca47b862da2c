"""Pages of history: the typed face of sql/queries/messages.sql."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from psycopg import sql
from psycopg.rows import kwargs_row

from backscroll.archive.gateway import Gateway, Parameters
from backscroll.archive.queries import queries
from backscroll.archive.store import Store
from backscroll.errors import AppError
from backscroll.model.conversation import ConversationKind, Place
from backscroll.model.message import NEWEST, OLDEST, Attachment, Cursor, Kind, Message, Quote, Reaction
from backscroll.model.record import MessageRecord, Source

T = TypeVar("T")

_SQL = queries("messages")
_MESSAGE_COLUMNS = 21
_KINDS = {kind.value: kind for kind in Kind}


class Messages:
    """Messages of conversations. Pages come in reading order, oldest first, whichever way they were asked for."""

    def __init__(self, gateway: Gateway, store: Store) -> None:
        self._gateway = gateway
        self._store = store

    async def before(
        self, conversation: UUID, cursor: Cursor = NEWEST, *, limit: int, thread: UUID | None = None
    ) -> list[Message]:
        """The `limit` messages before a cursor; without one, the newest of the conversation or thread."""
        page = await self._page("before", conversation, cursor, limit, thread)
        return page[::-1]

    async def after(
        self, conversation: UUID, cursor: Cursor = OLDEST, *, limit: int, thread: UUID | None = None
    ) -> list[Message]:
        """The `limit` messages after a cursor; without one, the oldest of the conversation or thread."""
        return await self._page("after", conversation, cursor, limit, thread)

    async def starting(
        self, conversation: UUID, cursor: Cursor, *, limit: int, thread: UUID | None = None
    ) -> list[Message]:
        """The `limit` messages from a cursor on, the one at the cursor included."""
        return await self._page("from", conversation, cursor, limit, thread)

    async def _page(
        self, way: str, conversation: UUID, cursor: Cursor, limit: int, thread: UUID | None
    ) -> list[Message]:
        parameters = {
            "conversation": conversation,
            "sent_at": cursor.sent_at,
            "id": cursor.id,
            "limit": limit,
            "thread": thread,
        }
        return await self._read(_SQL[f"{'thread' if thread else 'page'}_{way}"], parameters)

    async def at(self, places: Sequence[Place]) -> list[Message]:
        """The messages at the given places, in their order; a place without a message is left out."""
        if not places:
            return []
        moments = [p.cursor.sent_at for p in places]
        parameters = {
            "conversations": [p.conversation_id for p in places],
            "sent_ats": moments,
            "ids": [p.cursor.id for p in places],
            "since": min(moments),
            "last": max(moments),
        }
        return await self._read(_SQL["at"], parameters)

    async def sent_at(self, moments: Sequence[tuple[UUID, datetime]]) -> list[Place]:
        """The messages that chats have at exact moments of history, in no order."""
        if not moments:
            return []
        times = [moment for _, moment in moments]
        parameters = {"conversations": [chat for chat, _ in moments], "sent_ats": times}
        bounds = {"since": min(times), "last": max(times)}
        return await self._gateway.fetch_all(_SQL["sent_at"], parameters | bounds, kwargs_row(_place))

    async def chain(self, place: Place, *, limit: int) -> list[Message]:
        """The chain of answers that a message belongs to, from the message that it began with; in reading order.

        A message that answers nothing and that nobody answered comes alone. At most `limit`, the nearest to the
        beginning by the number of answers between.
        """
        cursor = place.cursor
        parameters = {"conversation": place.conversation_id, "sent_at": cursor.sent_at, "id": cursor.id, "limit": limit}
        return await self._read(_SQL["chain"], parameters)

    async def record(self, place: Place) -> MessageRecord | None:
        """The message at a place with everything that is known of it; None where there is none."""
        cursor = place.cursor
        parameters = {"conversation": place.conversation_id, "sent_at": cursor.sent_at, "id": cursor.id}
        return await self._gateway.fetch_one(_SQL["record"], parameters, _row_factory(_record, self._store))

    async def find(self, text: str, conversation: UUID | None = None) -> Place:
        """The message that a person names: by a cursor, an id, or the beginning of an id.

        Raises AppError where nothing or more than one message fits. Without a conversation an id alone has to be
        looked for in every quarter; a cursor does not. A message that is gone is found where somebody wrote about it.
        """
        low, high = _id_range(text)
        parameters = {"conversation": conversation, "low": low, "high": high}
        query = _SQL["find_in_chat" if conversation else "find"]
        places = await self._gateway.fetch_all(query, parameters, kwargs_row(_place))
        if not places:
            places = await self._gateway.fetch_all(_SQL["find_noted"], parameters, kwargs_row(_place))
        if not places:
            raise AppError(
                f"There is no message {text[:60]}", "`show` and `search` print the ids.", code="no_such_message"
            )
        if len(places) > 1:
            raise AppError(
                f"{text[:60]} begins more than one message's id", "Give more of it.", code="ambiguous_message"
            )
        return places[0]

    async def position(self, conversation: UUID, cursor: Cursor) -> int:
        """How many messages of the conversation stand before or at the cursor: k of "k of n"."""
        parameters = {"conversation": conversation, "sent_at": cursor.sent_at, "id": cursor.id}
        return int(await self._gateway.fetch_value(_SQL["position"], parameters))

    async def _read(self, query: sql.SQL, parameters: Parameters) -> list[Message]:
        return await self._gateway.fetch_all(query, parameters, _row_factory(_message, self._store))


def _id_range(text: str) -> tuple[UUID, UUID]:
    identity = text.rpartition("_")[2].replace("-", "").lower()
    if not 4 <= len(identity) <= 32 or set(identity) - set("0123456789abcdef"):
        raise AppError(
            f"{text[:60]} is not a message's id", "`show` and `search` print the ids.", code="no_such_message"
        )
    return UUID(identity.ljust(32, "0")), UUID(identity.ljust(32, "f"))


def _place(conversation_id: UUID, sent_at: datetime, id: UUID) -> Place:  # noqa: A002  (a column's name)
    return Place(conversation_id, Cursor(sent_at, id))


def _row_factory(made: Callable[[Store, Sequence[Any]], T], store: Store) -> Callable[[object], Callable[..., T]]:
    """For the columns of backscroll.message_details by their places: names would double the time."""
    return lambda _cursor: partial(made, store)


def _message(store: Store, row: Sequence[Any]) -> Message:
    conversation, sent_at, identity, tie, kind, body, sender_id, sender, is_owner, thread, parent, *rest = row
    quote_sent_at, quote_sender, quote_text, is_edited, is_deleted, attachments, reactions, *marks = rest
    is_bookmarked, notes, codes = marks
    return Message(
        conversation,
        sent_at,
        identity,
        tie,
        _KINDS[kind],
        body,
        sender_id,
        sender,
        is_owner,
        thread,
        parent,
        Quote(Cursor(quote_sent_at, parent), quote_sender, quote_text) if quote_sent_at else None,
        is_edited,
        is_deleted,
        tuple(_attachment(store, *parts) for parts in attachments) if attachments else (),
        _grouped(reactions) if reactions else (),
        is_bookmarked,
        notes,
        tuple(codes or ()),
    )


def _attachment(
    store: Store, name: str | None, mime: str | None, size: int | None, digest: str | None, path: str | None
) -> Attachment:
    return Attachment(name, mime, size, digest, store.located(path, digest))


def _record(store: Store, row: Sequence[Any]) -> MessageRecord:
    message, rest = _message(store, row[:_MESSAGE_COLUMNS]), row[_MESSAGE_COLUMNS:]
    external_id, raw, title, kind, conversation_external_id, *source = rest[:9]
    return MessageRecord(
        message,
        external_id,
        raw,
        title,
        ConversationKind(kind),
        conversation_external_id,
        Source(*source),
        *rest[9:],
    )


def _grouped(reactions: list[tuple[str, str | None, int | None]]) -> tuple[Reaction, ...]:
    found: dict[str, tuple[list[str], list[int]]] = {}
    for emoji, name, count in reactions:
        names, counts = found.setdefault(emoji, ([], []))
        names += [name] if name is not None else []
        counts += [count] if count is not None else []
    return tuple(Reaction(emoji, tuple(names), sum(counts)) for emoji, (names, counts) in found.items())
