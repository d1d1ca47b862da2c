"""What bookmarks and annotations share: their words for search, where the message stands, and pages of their lists."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import scalar_row

from backscroll.archive.gateway import Connection, Parameters
from backscroll.archive.queries import queries
from backscroll.model.message import NEWEST, OLDEST
from backscroll.model.note_listing import NoteListing, NoteOrder
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.words import search_text

_SQL = queries("noted")


def words_of(*said: str | None) -> dict[str, object]:
    """What search knows of a note, as parameters of `backscroll.search_vector`."""
    plain = " ".join(filter(None, said))
    return {"plain": plain, "search_text": search_text(plain)}


def seen(before: Bookmark | Annotation | None) -> dict[str, object]:
    """How the row is told again that a person saw before changing it."""
    return {"seen_version": before.version if before else None, "seen_write": before.last_write if before else None}


async def value(connection: Connection, query: Any, parameters: Parameters) -> Any:
    """The first column of the first row, or None."""
    async with connection.cursor(row_factory=scalar_row) as cursor:
        await cursor.execute(query, parameters)
        return await cursor.fetchone()


async def sent_at(connection: Connection, conversation: UUID, message: UUID, said: datetime) -> datetime | None:
    """When the message was sent that a note is about, as the archive has it now; None where it is gone.

    `said` is when it was sent as the note has it: an import may have moved it since.
    """
    parameters: Mapping[str, object] = {"conversation": conversation, "message": message, "sent_at": said}
    found: datetime | None = await value(connection, _SQL["message"], parameters)
    return found or await value(connection, _SQL["moved_message"], parameters)


def page_of(listing: NoteListing, limit: int, after: Bookmark | Annotation | None) -> dict[str, object]:
    """A page of a list as parameters: after a note of the page before, in its order, and what it is narrowed to."""
    is_newest = listing.order is NoteOrder.NEWEST
    return {
        "created_at": after.created_at if after else NEWEST.sent_at,
        "id": after.id if after else (NEWEST if is_newest else OLDEST).id,
        "sent_at": after.message.sent_at if after else OLDEST.sent_at,
        "conversation": after.conversation_id if after else OLDEST.id,
        "message": after.message.id if after else OLDEST.id,
        "limit": limit,
        "chat": listing.chat,
        "codes": None if listing.codes is None else list(listing.codes),
        "categories": list(listing.categories),
        "tags": None if listing.tags is None else list(listing.tags),
        "author": listing.author,
        "words": listing.query,
    }
