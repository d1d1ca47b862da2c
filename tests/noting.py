"""Writes bookmarks and annotations for tests, as a sender applies them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.model.conversation import Place
from backscroll.model.ids import new_id
from backscroll.model.message import Message
from backscroll.model.writes import AnnotationWrite, BookmarkRemove, BookmarkSet, Outcome, Payload, Write
from backscroll.writing.noting import new_annotation, new_bookmark


async def apply(archive: Archive, payload: Payload) -> Outcome:
    """Applies an operation under an id of its own."""
    return await archive.writes.apply(Write(new_id(), payload, datetime.now(UTC)))


async def bookmark(archive: Archive, place: Place, *, title: str = "", notes: str = "") -> UUID:
    """Sets a bookmark, or changes the one that is there; gives its id."""
    before = await archive.bookmarks.of_message(place)
    mark = replace(before or new_bookmark(*await _message(archive, place)), title=title, notes=notes)
    await apply(archive, BookmarkSet(mark, before))
    return mark.id


async def remove_bookmark(archive: Archive, place: Place) -> None:
    """Takes the bookmark of a message away."""
    await apply(archive, BookmarkRemove(place.conversation_id, place.cursor))


async def annotate(
    archive: Archive,
    place: Place,
    text: str,
    *,
    category: str | None = None,
    tags: Sequence[str] = (),
    codes: Sequence[UUID] = (),
) -> UUID:
    """Writes an annotation and gives its id."""
    note = new_annotation(*await _message(archive, place), text)
    note = replace(note, category=category, tags=tuple(tags), codes=tuple(codes))
    await apply(archive, AnnotationWrite(note))
    return note.id


async def _message(archive: Archive, place: Place) -> tuple[Message, str]:
    (message,) = await archive.messages.at([place])
    return message, (await archive.conversations.get(place.conversation_id)).title
