"""Loads the sample archive: its export files through the importers, then the notes that its author wrote."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from backscroll.archive.opening import Archive
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import Progress, import_paths
from backscroll.model import ids
from backscroll.model.conversation import Place
from backscroll.model.summary import Summary

_HERE: Final = Path(__file__).parent


async def load_sample(archive: Archive, progress: Callable[[Progress], None] = lambda _: None) -> None:
    """Puts the sample into the archive, beside whatever is there; a second time changes nothing. Raises AppError."""
    notes = json.loads((_HERE / "notes.json").read_text("utf-8"))
    # The read marks are written last, so the last of them says that everything is there.
    if await archive.conversations.read_mark(_conversation(notes["read_marks"][-1])) is not None:
        return
    zone = notes["time_zone"]
    await import_paths(archive, [_HERE / "exports"], Choices(ZoneInfo(zone), zone), progress=progress)
    for row in notes["bookmarks"]:
        place = await _place(archive, row)
        identity = _identity(place, "bookmark", row["title"])
        await archive.bookmarks.add(place, title=row["title"], notes=row.get("notes", ""), identity=identity)
    for row in notes["annotations"]:
        place = await _place(archive, row)
        await archive.annotations.add(
            place,
            row["text"],
            category=row.get("category"),
            tags=row.get("tags", []),
            identity=_identity(place, "annotation", row["text"]),
        )
    for row in notes["summaries"]:
        await archive.summaries.add(_summary(row))
    for row in notes["read_marks"]:
        await archive.conversations.mark_read(_conversation(row), (await _place(archive, row)).cursor)


def _conversation(row: dict[str, Any]) -> UUID:
    return ids.conversation_id(row["conversation"]["identity"], row["conversation"]["external_id"])


async def _place(archive: Archive, row: dict[str, Any]) -> Place:
    """Where a note's message stands; without a message, the end of its chat."""
    conversation, message = _conversation(row), row["message"]
    if message is None:
        newest = await archive.messages.before(conversation, limit=1)
        return Place(conversation, newest[0].cursor)
    external_id = message.get("external_id") or ids.message_name(
        message["clock"], message["sender"], message["text"], 0
    )
    return await archive.messages.find(str(ids.message_id(conversation, external_id)), conversation)


def _identity(place: Place, kind: str, words: str) -> UUID:
    return uuid5(place.cursor.id, f"sample {kind}\x1f{words}")


def _summary(row: dict[str, Any]) -> Summary:
    conversation = _conversation(row)
    start, end = (datetime.fromisoformat(row[key]) if row[key] else None for key in ("period_start", "period_end"))
    return Summary(
        id=uuid5(conversation, f"sample summary\x1f{row['text']}"),
        conversation_id=conversation,
        thread_id=None,
        period_start=start,
        period_end=end,
        text=row["text"],
        message_count=row["message_count"],
        participants=tuple(row["participants"]),
        method="written",
        model=None,
        status="completed",
        generated_at=end or datetime.fromisoformat("2026-09-01T12:00:00+00:00"),
    )
