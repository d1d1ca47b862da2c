"""A chat with a codebook and notes of every kind, and the same chat without them in another archive."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from msgspec import structs

from backscroll.archive.opening import Archive
from backscroll.exporting.collection import Note, collect
from backscroll.exporting.format import format_for
from backscroll.exporting.notes import FORMATS
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.code_writes import MakeCode
from backscroll.model.message import Message
from backscroll.model.notes import Annotation, Span
from backscroll.model.writes import AnnotationWrite, BookmarkSet, Payload, Write
from backscroll.writing.noting import new_annotation, new_bookmark
from tests.making import START, chat_id, store

THEME, PART = (uuid5(UUID(int=7), name) for name in ("theme", "part"))
TEXTS = (
    "Where are the keys 🔑?",
    "=under the <plant>\r\nAna · 2024-03-12 09:00:00+00:00\nas ever",
    "found & \x0bgone",
    "",
    "to be deleted",
    "the end",
)


async def talk(archive: Archive, *, without: int | None = None) -> list[Message]:
    """Ana and Bo about keys, one message a minute; the one of a number may be left out."""
    people = ("ana", "bo")
    entries = [
        Entry("c", START + i * timedelta(minutes=1), people[i % 2], text, external_id=f"m{i}")
        for i, text in enumerate(TEXTS)
        if i != without
    ]
    await store(archive, [Chat("c", "Family & co"), Person("c", "ana", "Ana"), Person("c", "bo", "Bo"), *entries])
    return await archive.messages.after(chat_id("c"), limit=10)


async def note(archive: Archive) -> list[Note]:
    """Writes a codebook and notes: on a message, a span, a run, by a reviewer, on a message that is gone."""
    made = MakeCode(THEME, "Theme", None, "#3b82f6", "t", "All of it", "keys")
    await archive.codes.take([made, MakeCode(PART, "Part/1", THEME)])
    messages = await talk(archive)
    first, second, third, fourth, fifth, last = messages
    gone = structs.replace(fifth, id=UUID(int=5))
    whole = replace(new_annotation(first, "", "a <b>remark</b>"), category="mood", tags=("x", "y z"), codes=(THEME,))
    span = new_annotation(first, "", "", span=Span(14, 18))
    odd = replace(new_annotation(second, "", "odd", span=Span(5, 10)), codes=(PART, THEME), author="Eve")
    run = replace(new_annotation(second, "", "all this", end=fourth.cursor), codes=(PART,))
    lost = new_annotation(gone, "Family & co", "it was here")
    notes = [whole, replace(span, codes=(PART,)), odd, run, lost, new_annotation(last, "", "@end")]
    mark = new_bookmark(third, "", title="Found", notes="-> look")
    await write(archive, *(AnnotationWrite(one) for one in notes), BookmarkSet(mark))
    return [*notes, mark]


async def write(archive: Archive, *payloads: Payload) -> None:
    """Applies what somebody wrote."""
    now = datetime.now(UTC)
    await archive.writes.bring([Write(uuid5(UUID(int=9), repr(one)), one, now) for one in payloads])


async def export(archive: Archive, path: Path, name: str | None = None) -> Path:
    """The notes of an archive as a file."""
    collection = await collect(archive, UTC, lambda _done, _total: None)
    await format_for(FORMATS, path, name).export(path, collection)
    return path


async def written(archive: Archive) -> list[tuple[object, ...]]:
    """What people wrote, without what an archive adds to it."""
    book = await archive.codes.book()
    marks, notes = await archive.bookmarks.page(limit=100), await archive.annotations.page(limit=100)
    found = [(one.id, one.message, one.sender, one.quote, one.title, one.notes, one.created_at) for one in marks]
    coded = [(*_said(one), [code and book.path(code) for code in map(book.get, one.codes)]) for one in notes]
    return sorted([*found, *coded], key=repr)


def _said(one: Annotation) -> tuple[object, ...]:
    said = (one.text, one.category, one.tags, one.author, one.span, one.end, one.created_at, one.updated_at)
    return one.id, one.message, one.sender, one.quote, *said
