"""Messages as a table, a row each."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Final

from backscroll.exporting.entries import Entry, Messages
from backscroll.exporting.note_words import note_words
from backscroll.reading.labels import reaction_names
from backscroll.spreadsheets import Cell, table

COLUMNS: Final = (
    *("id", "conversation_id", "conversation", "thread_id", "parent_id", "sent_at", "sender", "kind", "text"),
    *("is_edited", "is_deleted", "attachments", "reactions", "notes"),
)


async def write(path: Path, messages: Messages) -> None:
    """Fills a path."""
    with table(path, COLUMNS) as add:
        async for entry in messages.entries:
            add(_cells(entry, messages))


def _cells(entry: Entry, messages: Messages) -> Iterator[Cell]:
    message = entry.message
    yield from (str(message.id), str(message.conversation_id), entry.chat)
    yield from (str(one) if one else "" for one in (message.thread_id, message.parent_id))
    yield from (message.clock.astimezone(UTC).isoformat(), message.sender, message.kind.value, message.text)
    yield from (int(message.is_edited), int(message.is_deleted))
    yield "; ".join(a.file_name or a.mime_type or message.kind for a in message.attachments)
    yield "; ".join(f"{r.emoji} {reaction_names(r)}" for r in message.reactions)
    notes = (note_words(note, messages.codes) for note in entry.notes)
    yield "\n\n".join("\n".join(filter(None, (words.head, words.text))) for words in notes)
