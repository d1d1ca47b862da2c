"""Loads the sample archive: its export files through the importers, then the notes that its author wrote."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid5
from zoneinfo import ZoneInfo

from backscroll.archive.opening import Archive
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import Progress, import_paths
from backscroll.model.conversation import Place
from backscroll.model.message import Message
from backscroll.model.summary import Method, Scope, Stretch, Summary
from backscroll.model.writes import AnnotationWrite, BookmarkSet, Write
from backscroll.sample.coded import Codes, load_codes, load_review
from backscroll.sample.names import conversation_id, message_id
from backscroll.writing.noting import new_annotation, new_bookmark

_HERE: Final = Path(__file__).parent


async def load_sample(archive: Archive, progress: Callable[[Progress], None] = lambda _: None) -> None:
    """Puts the sample into the archive, beside whatever is there; a second time changes nothing. Raises AppError."""
    notes = json.loads((_HERE / "notes.json").read_text("utf-8"))
    # The read marks are written last, so the last of them says that everything is there.
    if await archive.conversations.read_mark(conversation_id(notes["read_marks"][-1])) is not None:
        return
    zone = notes["time_zone"]
    await import_paths(archive, [_HERE / "exports"], Choices(ZoneInfo(zone), zone), progress=progress)
    codes = await load_codes(archive, notes["codes"])
    for row in notes["bookmarks"]:
        await archive.writes.apply(await _bookmark(archive, row))
    for row in notes["annotations"]:
        await archive.writes.apply(await _annotation(archive, row, codes))
    await load_review(archive, notes["review"], codes, ZoneInfo(zone))
    for row in notes["summaries"]:
        await archive.summaries.add(_summary(row))
    for row in notes["read_marks"]:
        await archive.conversations.mark_read(conversation_id(row), (await _place(archive, row)).cursor)


async def _place(archive: Archive, row: dict[str, Any]) -> Place:
    """Where a note's message stands; without a message, the end of its chat."""
    conversation, message = conversation_id(row), row["message"]
    if message is None:
        newest = await archive.messages.before(conversation, limit=1)
        return Place(conversation, newest[0].cursor)
    return await archive.messages.find(str(message_id(row)), conversation)


async def _bookmark(archive: Archive, row: dict[str, Any]) -> Write:
    message, chat = await _message(archive, row)
    mark = new_bookmark(message, chat, title=row["title"], notes=row.get("notes", ""))
    identity = uuid5(message.id, f"sample bookmark\x1f{row['title']}")
    return Write(identity, BookmarkSet(replace(mark, id=identity)), mark.created_at)


async def _annotation(archive: Archive, row: dict[str, Any], codes: Codes) -> Write:
    message, chat = await _message(archive, row)
    identity = uuid5(message.id, f"sample annotation\x1f{row['text']}")
    note = replace(
        new_annotation(message, chat, row["text"]),
        id=identity,
        category=row.get("category"),
        tags=tuple(row.get("tags", ())),
        codes=tuple(codes[path] for path in row.get("codes", ())),
    )
    return Write(identity, AnnotationWrite(note), note.created_at)


async def _message(archive: Archive, row: dict[str, Any]) -> tuple[Message, str]:
    """The message that a note is about, and what its chat is called."""
    place = await _place(archive, row)
    (message,) = await archive.messages.at([place])
    return message, (await archive.conversations.get(place.conversation_id)).title


def _summary(row: dict[str, Any]) -> Summary:
    conversation = conversation_id(row)
    start, end = (datetime.fromisoformat(row[key]) if row[key] else None for key in ("period_start", "period_end"))
    return Summary(
        uuid5(conversation, f"sample summary\x1f{row['text']}"),
        Stretch(conversation, Scope.STRETCH if start or end else Scope.CHAT, since=start, until=end),
        row["text"],
        row["message_count"],
        tuple(row["participants"]),
        Method.WRITTEN,
        end or datetime.fromisoformat("2026-09-01T12:00:00+00:00"),
    )
