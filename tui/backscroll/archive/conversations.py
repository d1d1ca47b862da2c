"""The chat list, and the people, days and read mark of one chat: the typed face of sql/queries/conversations.sql."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg.rows import args_row, class_row

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.errors import AppError
from backscroll.model.conversation import UNREAD_CAP, Conversation, ConversationKind, Day, Participant
from backscroll.model.message import NEWEST, Cursor, Kind

_SQL = queries("conversations")
_KINDS = {kind.value: kind for kind in Kind}
_CONVERSATION_KINDS = {kind.value: kind for kind in ConversationKind}
_NEVER = datetime.min.replace(tzinfo=UTC)


class Conversations:
    """Chats, as lists show them."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def page(
        self, *, limit: int, after: Conversation | None = None, match: str | None = None
    ) -> list[Conversation]:
        """Chats with the newest message first, after a chat of the page before; `match` is a part of the title."""
        cursor = Cursor(after.last_message_at or _NEVER, after.id) if after else NEWEST
        return await self._page(cursor, limit=limit, match=match)

    async def _page(
        self, cursor: Cursor, *, limit: int, match: str | None = None, only: UUID | None = None
    ) -> list[Conversation]:
        parameters = {
            "last_message_at": cursor.sent_at,
            "id": cursor.id,
            "limit": limit,
            "match": match,
            "only": only,
            "unread_cap": UNREAD_CAP,
        }
        return await self._gateway.fetch_all(_SQL["page"], parameters, _conversation_row)

    async def get(self, conversation: UUID) -> Conversation:
        """One chat. Raises AppError where it is not in the archive."""
        found = await self._page(NEWEST, limit=1, only=conversation)
        if not found:
            raise AppError(f"There is no chat {conversation}", "`backscroll chats` lists them.", code="no_such_chat")
        return found[0]

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
        """Every chat's id and title, the one with the newest message first."""
        return await self._gateway.fetch_all(_SQL["titles"], {}, args_row(_name))

    async def participants(self, conversation: UUID, *, limit: int = 200) -> list[Participant]:
        """Who wrote in a chat, busiest first."""
        parameters = {"conversation": conversation, "limit": limit}
        return await self._gateway.fetch_all(_SQL["participants"], parameters, class_row(Participant))

    async def days(self, conversation: UUID) -> list[Day]:
        """The day index of a chat, oldest first; days are UTC and have at least one message."""
        return await self._gateway.fetch_all(_SQL["days"], {"conversation": conversation}, class_row(Day))

    async def mark_read(self, conversation: UUID, cursor: Cursor) -> None:
        """Notes that the present user has read up to the cursor; an older place than noted changes nothing."""
        await self._gateway.execute(
            _SQL["mark_read"], {"conversation": conversation, "sent_at": cursor.sent_at, "id": cursor.id}
        )

    async def read_mark(self, conversation: UUID) -> Cursor | None:
        """How far the present user has read; None where the chat was never opened."""
        return await self._gateway.fetch_one(_SQL["read_mark"], {"conversation": conversation}, class_row(Cursor))

    async def totals(self) -> tuple[int, int]:
        """How many chats and how many messages the archive holds."""
        row = await self._gateway.fetch_one(_SQL["totals"], {}, args_row(_totals))
        return row or (0, 0)


def _conversation_row(_cursor: object) -> Callable[[Sequence[Any]], Conversation]:
    """A row factory for the columns of `page`, by their places: names would double its time."""
    return _conversation


def _conversation(row: Sequence[Any]) -> Conversation:
    identity, title, kind, source, topic, messages, people, threads, first_at, last_at, last_kind, *rest = row
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
        *rest,
    )


def _name(identity: UUID, title: str) -> tuple[UUID, str]:
    return identity, title


def _totals(chats: int, messages: int) -> tuple[int, int]:
    return chats, messages
