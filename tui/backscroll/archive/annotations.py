"""Annotations on messages: the typed face of sql/queries/annotations.sql."""

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
from backscroll.model.notes import Annotation, Span

_SQL = queries("annotations")


class Annotations:
    """Remarks on messages."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def add(
        self,
        place: Place,
        text: str,
        *,
        category: str | None = None,
        tags: Sequence[str] = (),
        identity: UUID | None = None,
    ) -> UUID:
        """Writes an annotation on a message and gives its id; the same identity again changes nothing.

        Raises AppError where the message is gone.
        """
        parameters = {
            "id": identity or new_id(),
            "conversation": place.conversation_id,
            "sent_at": place.cursor.sent_at,
            "message": place.cursor.id,
            "text": text,
            "category": category,
            "tags": list(tags),
        }
        added = await self._gateway.execute(_SQL["add"], parameters)
        if not added and not await self._gateway.fetch_value(_SQL["is_there"], parameters):
            raise AppError("The message is no longer there", "Open the chat again.", code="no_such_message")
        return parameters["id"]  # type: ignore[return-value]  # the id above

    async def of_message(self, place: Place) -> list[Annotation]:
        """The annotations of a message, oldest first."""
        parameters = {"conversation": place.conversation_id, "message": place.cursor.id}
        return await self._gateway.fetch_all(_SQL["of_message"], parameters, kwargs_row(_annotation))

    async def of_messages(self, places: Sequence[Place]) -> list[Annotation]:
        """The annotations of some messages, oldest first."""
        if not places:
            return []
        parameters = {
            "conversations": [place.conversation_id for place in places],
            "messages": [place.cursor.id for place in places],
        }
        return await self._gateway.fetch_all(_SQL["of_messages"], parameters, kwargs_row(_annotation))

    async def page(
        self, *, limit: int, after: Annotation | None = None, conversation: UUID | None = None
    ) -> list[Annotation]:
        """Annotations, newest first, after one of the page before."""
        cursor = Cursor(after.created_at, after.id) if after else NEWEST
        parameters = {"created_at": cursor.sent_at, "id": cursor.id, "limit": limit, "conversation": conversation}
        return await self._gateway.fetch_all(_SQL["page"], parameters, kwargs_row(_annotation))


def _annotation(
    message_sent_at: datetime,
    message_id: UUID,
    conversation: str | None,
    tags: list[str],
    codes: list[UUID],
    **columns: Any,
) -> Annotation:
    span_start, span_end = columns.pop("span_start"), columns.pop("span_end")
    end_sent_at, end_message_id = columns.pop("end_sent_at"), columns.pop("end_message_id")
    return Annotation(
        message=Cursor(message_sent_at, message_id),
        conversation=conversation or "",
        tags=tuple(tags),
        codes=tuple(codes),
        span=Span(span_start, span_end) if span_start is not None else None,
        end=Cursor(end_sent_at, end_message_id) if end_sent_at is not None else None,
        **columns,
    )
