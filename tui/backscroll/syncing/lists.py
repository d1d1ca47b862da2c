"""Mirrors what a live source keeps besides chats, people and messages: summaries, notes, and records of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.archive.recognised import Recognised
from backscroll.archive.syncs import ListedRecord, ToldSummary
from backscroll.model import ids
from backscroll.model.storable import storable, storable_value
from backscroll.model.sync import NOTES
from backscroll.syncing.mirror import Mirror
from backscroll.syncing.notes import mirror_notes

T = TypeVar("T")

_TOGETHER: Final = 2_000
RECORDS: Final = "records_"
"""How the names of queries begin that give records; the rest of each is their area."""
_OWN: Final = ("summaries", *NOTES)
_STATES: Final = {"completed", "partial", "failed"}


def lists_of(found: Recognised) -> list[str]:
    """The queries of a system that give such lists."""
    return [name for name in found.queries if name in _OWN or name.startswith(RECORDS)]


async def mirror_lists(archive: Archive, mirror: Mirror, names: Iterable[str]) -> None:
    """Makes lists in the archive those of the source; people's notes are compared, all others stream."""
    for name in names:
        if name in NOTES:
            rows = await asyncio.to_thread(mirror.database.ask, mirror.found, "list", name, {})
            await mirror_notes(archive, mirror, name, rows)
        elif name == "summaries":
            await archive.syncs.save_summaries(mirror.row.id, partial(_streamed, mirror, name, _summary))
        else:
            area = name.removeprefix(RECORDS).replace("_", " ")
            await archive.syncs.save_records(mirror.row.id, area, partial(_streamed, mirror, name, _record))


async def _streamed(
    mirror: Mirror, name: str, made: Callable[[Mirror, Mapping[str, Any]], T]
) -> AsyncIterator[Sequence[T]]:
    """What is made of the rows of a list, some thousands at a time."""
    rows = mirror.database.stream(mirror.found, "list", name, {})
    while some := await asyncio.to_thread(lambda: list(islice(rows, _TOGETHER))):
        yield [made(mirror, row) for row in some]


def _chat(mirror: Mirror, row: Mapping[str, Any]) -> UUID | None:
    chat = row.get("chat")
    return ids.conversation_id(mirror.identity, storable(chat)) if chat is not None else None


def _record(mirror: Mirror, row: Mapping[str, Any]) -> ListedRecord:
    chat, message = _chat(mirror, row), row.get("message")
    about = ids.message_id(chat, storable(message)) if chat is not None and message is not None else None
    return ListedRecord(row["id"], chat, about, storable_value(row["data"]))


def _summary(mirror: Mirror, row: Mapping[str, Any]) -> ToldSummary:
    chat = ids.conversation_id(mirror.identity, storable(row["chat"]))
    status = (row.get("status") or "completed").lower()
    return ToldSummary(
        chat,
        ids.summary_id(chat, row["id"]),
        row.get("period_start"),
        row.get("period_end"),
        row["text"],
        row.get("message_count") or 0,
        [name for name in row.get("participants") or () if name],
        status if status in _STATES else "failed",
        row["generated_at"],
    )
