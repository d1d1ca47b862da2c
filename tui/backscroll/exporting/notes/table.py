"""Notes as a table, a row each."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from backscroll.exporting.collection import Collection, Note
from backscroll.model.notes import Annotation, Bookmark
from backscroll.spreadsheets import Cell, table

COLUMNS: Final = (
    *("kind", "id", "conversation_id", "conversation", "message_id", "message_sent_at", "sender", "quote"),
    *("title", "text", "category", "tags", "codes", "author", "span_start", "span_end", "end_message_id"),
    *("created_at", "updated_at", "is_gone"),
)


async def write(path: Path, collection: Collection) -> None:
    """Fills a path."""
    with table(path, COLUMNS) as add:
        for chat in collection.chats:
            async for note in collection.notes(chat):
                add(_cells(note, collection.paths))


def _cells(note: Note, paths: Mapping[UUID, str]) -> Iterator[Cell]:
    yield from ("bookmark" if isinstance(note, Bookmark) else "annotation", str(note.id), str(note.conversation_id))
    yield from (note.conversation, str(note.message.id), _moment(note.message.sent_at), note.sender, note.quote)
    yield from (note.title, note.notes, *[None] * 7) if isinstance(note, Bookmark) else _annotation(note, paths)
    yield from (_moment(note.created_at), _moment(note.updated_at), int(note.is_gone))


def _annotation(note: Annotation, paths: Mapping[UUID, str]) -> Iterator[Cell]:
    yield from (None, note.text, note.category, "; ".join(note.tags))
    yield "; ".join(paths.get(code, str(code)) for code in note.codes)
    yield note.author
    yield from note.span or (None, None)
    yield str(note.end.id) if note.end else None


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
