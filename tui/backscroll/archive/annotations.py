"""Annotations on messages: the typed face of sql/queries/annotations.sql."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import args_row, kwargs_row, scalar_row, tuple_row

from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.noted import page_of, seen, sent_at, value, words_of
from backscroll.archive.queries import queries
from backscroll.model.conversation import Place
from backscroll.model.message import OLDEST, Cursor
from backscroll.model.note_listing import NoteListing, NoteOrder
from backscroll.model.notes import Annotation, NotedChat, Span
from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationRestore,
    AnnotationSettle,
    AnnotationWrite,
    Keep,
    Outcome,
)

_SQL = queries("annotations")


class Annotations:
    """Remarks on messages."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def of_message(self, place: Place) -> list[Annotation]:
        """The annotations of a message and those of the runs that it is part of, oldest first."""
        parameters = {
            "conversation": place.conversation_id,
            "sent_at": place.cursor.sent_at,
            "message": place.cursor.id,
        }
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

    async def some(self, keys: Sequence[tuple[UUID, UUID]]) -> tuple[list[Annotation], set[UUID]]:
        """Some by the ids of their chats and their own, in no order, and which of them were taken away."""
        parameters = {"conversations": [chat for chat, _ in keys], "ids": [identity for _, identity in keys]}
        found = await self._gateway.fetch_all(_SQL["some"], parameters, kwargs_row(_annotation))
        return found, set(await self._gateway.fetch_all(_SQL["removed"], parameters, scalar_row))

    async def chats(self, conversation: UUID | None = None, codes: Sequence[UUID] | None = None) -> list[NotedChat]:
        """The chats that have some which bear one of some codes (None: any), by title; only the one that is given."""
        parameters = {"codes": None if codes is None else list(codes), "conversation": conversation}
        return await self._gateway.fetch_all(_SQL["chats"], parameters, args_row(NotedChat))

    async def of_chat(
        self, conversation: UUID, *, limit: int, after: Annotation | None = None, codes: Sequence[UUID] | None = None
    ) -> list[Annotation]:
        """Those of one chat in the order of its messages, after one of the page before, narrowed as `chats`."""
        parameters = {
            "conversation": conversation,
            "codes": None if codes is None else list(codes),
            "sent_at": after.message.sent_at if after else OLDEST.sent_at,
            "message": after.message.id if after else OLDEST.id,
            "id": after.id if after else OLDEST.id,
            "limit": limit,
        }
        return await self._gateway.fetch_all(_SQL["of_chat"], parameters, kwargs_row(_annotation))

    async def page(
        self, *, limit: int, after: Annotation | None = None, conversation: UUID | None = None
    ) -> list[Annotation]:
        """Annotations, newest first, after one of the page before."""
        return await self.listed(NoteListing(chat=conversation), limit=limit, after=after)

    async def listed(self, listing: NoteListing, *, limit: int, after: Annotation | None = None) -> list[Annotation]:
        """A page of a list, after one of the page before."""
        query = _SQL["newest" if listing.order is NoteOrder.NEWEST else "by_place"]
        return await self._gateway.fetch_by_values(query, page_of(listing, limit, after), kwargs_row(_annotation))

    async def named(self, identity: UUID) -> Annotation | None:
        """One by its id."""
        return await self._gateway.fetch_one(_SQL["named"], {"id": identity}, kwargs_row(_annotation))


async def write(connection: Connection, identity: UUID, payload: AnnotationWrite) -> Outcome:
    """Writes an annotation, or changes the one that was seen.

    Where it was changed elsewhere since, what was written is kept beside it, under the write's own id.
    """
    note, parameters = payload.note, _parameters(payload.note, identity) | seen(payload.before)
    moved = await sent_at(connection, note.conversation_id, note.message.id, note.message.sent_at)
    parameters["sent_at"] = moved or note.message.sent_at
    done = Outcome.GONE if moved is None else Outcome.APPLIED
    if payload.before is None:
        await connection.execute(_SQL["add"], parameters)
        return done
    if await _on_what_was_seen(connection, "change", parameters):
        return done
    state = await _state(connection, parameters)
    if state is None:
        await connection.execute(_SQL["add"], parameters)
        return done
    if state == (True, True):
        return done
    if not state[0]:  # taken away elsewhere: nobody's words would stand beside it
        await connection.execute(_SQL["restore"], parameters)
        await connection.execute(_SQL["change"], parameters | {"seen_write": identity})
        return Outcome.CONFLICT
    await connection.execute(_SQL["add"], parameters | {"id": identity, "conflicts_with": note.id})
    return Outcome.CONFLICT


async def remove(connection: Connection, identity: UUID, payload: AnnotationRemove) -> Outcome:
    """Takes away the annotation that was seen; one that was changed elsewhere since stays."""
    parameters = _parameters(payload.note, identity) | seen(payload.note)
    if await _on_what_was_seen(connection, "remove", parameters):
        return Outcome.APPLIED
    state = await _state(connection, parameters)
    return Outcome.CONFLICT if state and state[0] else Outcome.APPLIED


async def restore(connection: Connection, identity: UUID, payload: AnnotationRestore) -> Outcome:
    """Brings an annotation back that was taken away, in whatever words it had last."""
    parameters = _parameters(payload.note, identity)
    if not (await connection.execute(_SQL["restore"], parameters)).rowcount:
        await connection.execute(_SQL["add"], parameters)  # where it is there, this does nothing
    return Outcome.APPLIED


async def settle(connection: Connection, identity: UUID, payload: AnnotationSettle) -> Outcome:
    """Settles a conflict; where the other one was changed once more meanwhile, both stay as they are."""
    mine, theirs = payload.mine, payload.theirs
    copy = {"conversation": mine.conversation_id, "id": mine.id, "write": identity}
    if theirs is None or payload.keep is Keep.BOTH:
        if payload.keep is not Keep.THEIRS:
            await connection.execute(_SQL["stand_alone"], copy)
            return Outcome.APPLIED
    elif payload.keep is Keep.MINE:
        parameters = _parameters(replace(mine, id=theirs.id), identity) | seen(theirs)
        if not (await connection.execute(_SQL["change"], parameters)).rowcount:
            return Outcome.CONFLICT
    await connection.execute(_SQL["remove_copy"], copy)
    return Outcome.APPLIED


async def _on_what_was_seen(connection: Connection, query: str, parameters: dict[str, object]) -> bool:
    if (await connection.execute(_SQL[query], parameters)).rowcount:
        return True
    copy = await value(connection, _SQL["copy_of"], parameters)
    return copy is not None and (await connection.execute(_SQL[query], parameters | {"id": copy})).rowcount > 0


async def _state(connection: Connection, parameters: dict[str, object]) -> tuple[bool, bool] | None:
    async with connection.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(_SQL["state"], parameters)
        found = await cursor.fetchone()
    return (bool(found[0]), bool(found[1])) if found else None


def _parameters(note: Annotation, identity: UUID) -> dict[str, object]:
    return {
        "conversation": note.conversation_id,
        "id": note.id,
        "sent_at": note.message.sent_at,
        "message": note.message.id,
        "sender": note.sender,
        "quote": note.quote,
        "title": note.conversation,
        "span_start": note.span.start if note.span else None,
        "span_end": note.span.end if note.span else None,
        "end_sent_at": note.end.sent_at if note.end else None,
        "end_message": note.end.id if note.end else None,
        "text": note.text,
        "category": note.category,
        "tags": list(note.tags),
        "codes": list(note.codes),
        "author": note.author,
        "created_at": note.created_at,
        "updated_at": note.updated_at,
        "conflicts_with": note.conflicts_with,
        "write": identity,
        **words_of(note.text, note.category, *note.tags),
    }


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
