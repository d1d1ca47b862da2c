"""Bookmarks of the present user: the typed face of sql/queries/bookmarks.sql."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.rows import args_row, class_row, kwargs_row, scalar_row

from backscroll.archive.gateway import Connection, Gateway, Parameters
from backscroll.archive.noted import page_of, seen, sent_at, value, words_of
from backscroll.archive.queries import queries
from backscroll.model.conversation import Place
from backscroll.model.message import OLDEST, Cursor
from backscroll.model.note_listing import NoteListing, NoteOrder
from backscroll.model.notes import Bookmark, NotedChat, both
from backscroll.model.writes import BookmarkRemove, BookmarkRestore, BookmarkSet, BookmarkSettle, Keep, Outcome

_SQL = queries("bookmarks")


class Bookmarks:
    """Places that the present user wants to come back to; at most one a message."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

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

    async def some(self, keys: Sequence[tuple[UUID, UUID]]) -> tuple[list[Bookmark], set[UUID]]:
        """Some by the ids of their chats and their own, in no order, and which of them were taken away."""
        parameters = {"conversations": [chat for chat, _ in keys], "ids": [identity for _, identity in keys]}
        found = await self._gateway.fetch_all(_SQL["some"], parameters, kwargs_row(_bookmark))
        return found, set(await self._gateway.fetch_all(_SQL["removed"], parameters, scalar_row))

    async def chats(self, conversation: UUID | None = None) -> list[NotedChat]:
        """The chats that have some, by title; only the one that is given."""
        parameters = {"conversation": conversation}
        return await self._gateway.fetch_all(_SQL["chats"], parameters, args_row(NotedChat))

    async def of_chat(self, conversation: UUID, *, limit: int, after: Bookmark | None = None) -> list[Bookmark]:
        """Those of one chat in the order of its messages, after one of the page before."""
        parameters = {
            "conversation": conversation,
            "sent_at": after.message.sent_at if after else OLDEST.sent_at,
            "message": after.message.id if after else OLDEST.id,
            "id": after.id if after else OLDEST.id,
            "limit": limit,
        }
        return await self._gateway.fetch_all(_SQL["of_chat"], parameters, kwargs_row(_bookmark))

    async def page(
        self, *, limit: int, after: Bookmark | None = None, conversation: UUID | None = None
    ) -> list[Bookmark]:
        """Bookmarks, newest first, after one of the page before."""
        return await self.listed(NoteListing(chat=conversation), limit=limit, after=after)

    async def listed(self, listing: NoteListing, *, limit: int, after: Bookmark | None = None) -> list[Bookmark]:
        """A page of a list, after one of the page before."""
        if not listing.has_bookmarks:
            return []
        query = _SQL["newest" if listing.order is NoteOrder.NEWEST else "by_place"]
        return await self._gateway.fetch_by_values(query, page_of(listing, limit, after), kwargs_row(_bookmark))

    async def named(self, identity: UUID) -> Bookmark | None:
        """One by its id."""
        return await self._gateway.fetch_one(_SQL["named"], {"id": identity}, kwargs_row(_bookmark))


class _Living(NamedTuple):
    id: UUID
    is_as_seen: bool | None
    is_same: bool


async def put(connection: Connection, identity: UUID, payload: BookmarkSet) -> Outcome:
    """Sets a bookmark, or changes that of its message where it is what was seen.

    Where it was changed elsewhere since, what was written is kept beside it, under the write's own id. A bookmark
    without words changes nothing where one is. On a message that is gone the one comes back that was last taken away.
    """
    mark = payload.mark
    parameters = await _parameters(connection, identity, mark, payload.before)
    moved = await sent_at(connection, mark.conversation_id, mark.message.id, mark.message.sent_at)
    parameters["sent_at"] = moved or mark.message.sent_at
    done = Outcome.GONE if moved is None else Outcome.APPLIED
    living = await _living(connection, parameters)
    if living is None:
        removed = await value(connection, _SQL["last_removed"], parameters) if moved is None else None
        if removed is not None:
            await connection.execute(_SQL["restore"], parameters | {"id": removed})
            await connection.execute(_SQL["change"], parameters | {"id": removed})
        else:
            await connection.execute(_SQL["add"], parameters)
        return done
    if living.is_same or (payload.before is None and not (mark.title or mark.notes)):
        return done
    if living.is_as_seen:
        await connection.execute(_SQL["change"], parameters | {"id": living.id})
        return done
    copy = await value(connection, _SQL["copy_of"], parameters)
    if copy is not None:
        await connection.execute(_SQL["change"], parameters | {"id": copy})
        return done
    await connection.execute(_SQL["add"], parameters | {"id": identity, "conflicts_with": living.id})
    return Outcome.CONFLICT


async def remove(connection: Connection, identity: UUID, payload: BookmarkRemove) -> Outcome:
    """Takes the bookmark of a message away; one that was changed elsewhere since it was seen stays."""
    parameters = await _parameters(connection, identity, payload, payload.before)
    living = await _living(connection, parameters)
    if living is None:
        return Outcome.APPLIED
    if payload.before is not None and not living.is_as_seen:
        return Outcome.CONFLICT
    await connection.execute(_SQL["remove"], parameters | {"id": living.id})
    return Outcome.APPLIED


async def restore(connection: Connection, identity: UUID, payload: BookmarkRestore) -> Outcome:
    """Brings back the bookmark that was last taken away from a message, where it has none.

    One that was kept in a conflict comes back beside the one that the message has.
    """
    parameters = await _parameters(connection, identity, payload, None)
    mark = payload.mark
    if mark is not None and mark.conflicts_with is not None:
        parameters |= {"id": mark.id, "conflicts_with": mark.conflicts_with}
        await connection.execute(_SQL["restore_copy"], parameters)
        return Outcome.APPLIED
    if await _living(connection, parameters) is None:
        removed = await value(connection, _SQL["last_removed"], parameters)
        if removed is not None:
            await connection.execute(_SQL["restore"], parameters | {"id": removed})
    return Outcome.APPLIED


async def settle(connection: Connection, identity: UUID, payload: BookmarkSettle) -> Outcome:
    """Settles a conflict; where the other one was changed once more meanwhile, both stay as they are.

    A message has one bookmark: both are kept by writing one below the other.
    """
    parameters = await _parameters(connection, identity, payload.mine, payload.theirs)
    living = await _living(connection, parameters)
    if living is None and payload.keep is not Keep.THEIRS:
        await connection.execute(_SQL["stand_alone"], parameters)
        return Outcome.APPLIED
    if living is not None and payload.keep is not Keep.THEIRS:
        if not living.is_as_seen or payload.theirs is None:
            return Outcome.CONFLICT
        kept = payload.mine if payload.keep is Keep.MINE else both(payload.mine, payload.theirs)
        await connection.execute(_SQL["change"], parameters | _written(kept) | {"id": living.id})
    await connection.execute(_SQL["remove_copy"], parameters)
    return Outcome.APPLIED


async def _living(connection: Connection, parameters: Parameters) -> _Living | None:
    async with connection.cursor(row_factory=class_row(_Living)) as cursor:
        await cursor.execute(_SQL["living"], parameters)
        return await cursor.fetchone()


async def _parameters(
    connection: Connection, identity: UUID, about: Bookmark | BookmarkRemove | BookmarkRestore, before: Bookmark | None
) -> dict[str, object]:
    """What the statements need; from here on the present user's bookmarks are changed by nobody else."""
    user = await value(connection, _SQL["lock"], {})
    keys = {
        "user": user,
        "write": identity,
        "conversation": about.conversation_id,
        "message": about.message.id,
        "title": "",
        "notes": "",
        **seen(before),
    }
    return keys if not isinstance(about, Bookmark) else keys | _written(about)


def _written(mark: Bookmark) -> dict[str, object]:
    return {
        "id": mark.id,
        "sender": mark.sender,
        "quote": mark.quote,
        "chat_title": mark.conversation,
        "title": mark.title,
        "notes": mark.notes,
        "created_at": mark.created_at,
        "updated_at": mark.updated_at,
        "conflicts_with": None,
        **words_of(mark.title, mark.notes),
    }


def _bookmark(message_sent_at: datetime, message_id: UUID, conversation: str | None, **columns: Any) -> Bookmark:
    return Bookmark(message=Cursor(message_sent_at, message_id), conversation=conversation or "", **columns)
