"""Bookmarks of the present user: the typed face of sql/queries/bookmarks.sql."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import kwargs_row

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.errors import AppError
from backscroll.model.conversation import Place
from backscroll.model.ids import new_id
from backscroll.model.message import NEWEST, Cursor
from backscroll.model.notes import Bookmark

_SQL = queries("bookmarks")


class Bookmarks:
    """Places that the present user wants to come back to; at most one a message."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def add(self, place: Place, *, title: str = "", notes: str = "", identity: UUID | None = None) -> UUID:
        """Sets a bookmark and gives its id; an existing one gets the new title and notes.

        Where the message is gone, its bookmark can still be changed and brought back. Raises AppError.
        """
        parameters = {
            "id": identity or new_id(),
            "conversation": place.conversation_id,
            "sent_at": place.cursor.sent_at,
            "message": place.cursor.id,
            "title": title,
            "notes": notes,
        }
        added: UUID | None = await self._gateway.fetch_value(_SQL["add"], parameters)
        if added is None:
            added = await self._gateway.fetch_value(_SQL["change"], parameters)
        if added is None:
            raise AppError("The message is no longer there", "Open the chat again.", code="no_such_message")
        return added

    async def remove(self, place: Place) -> bool:
        """Takes the bookmark of a message away; says whether there was one."""
        parameters = {"conversation": place.conversation_id, "message": place.cursor.id}
        return await self._gateway.execute(_SQL["remove"], parameters) > 0

    async def of_message(self, place: Place) -> Bookmark | None:
        """The bookmark of a message, where there is one."""
        parameters = {"conversation": place.conversation_id, "message": place.cursor.id}
        return await self._gateway.fetch_one(_SQL["of_message"], parameters, kwargs_row(_bookmark))

    async def of_messages(self, places: Sequence[Place]) -> list[Bookmark]:
        """The bookmarks of some messages, in no order; conflicts are left out."""
        if not places:
            return []
        parameters = {
            "conversations": [place.conversation_id for place in places],
            "messages": [place.cursor.id for place in places],
        }
        return await self._gateway.fetch_all(_SQL["of_messages"], parameters, kwargs_row(_bookmark))

    async def page(
        self, *, limit: int, after: Bookmark | None = None, conversation: UUID | None = None
    ) -> list[Bookmark]:
        """Bookmarks, newest first, after one of the page before."""
        cursor = Cursor(after.created_at, after.id) if after else NEWEST
        parameters = {"created_at": cursor.sent_at, "id": cursor.id, "limit": limit, "conversation": conversation}
        return await self._gateway.fetch_all(_SQL["page"], parameters, kwargs_row(_bookmark))


def _bookmark(message_sent_at: datetime, message_id: UUID, conversation: str | None, **columns: Any) -> Bookmark:
    return Bookmark(message=Cursor(message_sent_at, message_id), conversation=conversation or "", **columns)
