"""Mirrors the bookmarks and annotations that people wrote in a live source; what was changed here later stays."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.archive.syncs import ListedRecord, NotedMessage
from backscroll.exporting.returning.settling import settle
from backscroll.model import ids
from backscroll.model.message import Cursor
from backscroll.model.notes import QUOTED, Annotation, Bookmark
from backscroll.model.storable import storable, storable_value
from backscroll.model.writes import AnnotationRemove, BookmarkRemove, Write
from backscroll.syncing.mirror import Mirror


@dataclass(frozen=True, slots=True)
class _Group:
    """What becomes one note here: a message has one bookmark, whoever set it there."""

    key: str
    conversation: UUID
    message: UUID
    rows: Sequence[Mapping[str, Any]]

    @property
    def data(self) -> object:
        """What is kept to be compared with next time."""
        return storable_value([{name: _plain(value) for name, value in row.items()} for row in self.rows])


async def mirror_notes(archive: Archive, mirror: Mirror, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Brings over notes that are new or were changed there, and takes away those that are not there any more."""
    groups = _groups(mirror, kind, rows)
    before = await archive.syncs.area(mirror.row.id, kind)
    changed = [group for group in groups if group.key not in before or before[group.key].data != group.data]
    places = await archive.syncs.noted([(group.conversation, group.message) for group in changed])
    now = datetime.now(UTC)
    make = _bookmark if kind == "bookmarks" else _annotation
    notes = [
        make(group, places[group.message], now if group.key in before else None)
        for group in changed
        if group.message in places
    ]
    settled = await settle(archive, notes)
    gone = [record for key, record in before.items() if key not in {group.key for group in groups}]
    await archive.writes.bring([*settled.new, *settled.changed, *await _removed(archive, kind, gone, now)])

    async def records() -> AsyncIterator[Sequence[ListedRecord]]:
        yield [ListedRecord(group.key, group.conversation, group.message, group.data) for group in groups]

    await archive.syncs.save_records(mirror.row.id, kind, records)


def _groups(mirror: Mirror, kind: str, rows: Sequence[Mapping[str, Any]]) -> list[_Group]:
    by_key: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_key[f"{row['chat']}/{row['message']}" if kind == "bookmarks" else row["id"]].append(row)
    groups = []
    for key, together in by_key.items():
        chat = ids.conversation_id(mirror.identity, storable(together[0]["chat"]))
        groups.append(_Group(key, chat, ids.message_id(chat, storable(together[0]["message"])), together))
    return groups


def _bookmark(group: _Group, on: NotedMessage, changed_at: datetime | None) -> Bookmark:
    rows = group.rows
    created = min(row["created_at"] for row in rows)
    return Bookmark(
        ids.note_id(group.conversation, "bookmark", group.key),
        group.conversation,
        on.conversation,
        Cursor(on.sent_at, on.id),
        on.sender,
        on.text[:QUOTED],
        title=" · ".join(dict.fromkeys(storable(row["title"]) for row in rows if row["title"])),
        notes="\n\n".join(dict.fromkeys(storable(row["notes"]) for row in rows if row["notes"])),
        created_at=created,
        updated_at=changed_at or created,
    )


def _annotation(group: _Group, on: NotedMessage, changed_at: datetime | None) -> Annotation:
    (row,) = group.rows[:1]
    return Annotation(
        ids.note_id(group.conversation, "annotation", group.key),
        group.conversation,
        on.conversation,
        Cursor(on.sent_at, on.id),
        on.sender,
        on.text[:QUOTED],
        text=storable(row["text"] or ""),
        category=storable(row["category"]) if row.get("category") else None,
        tags=tuple(dict.fromkeys(storable(tag) for tag in row.get("tags") or () if tag)),
        created_at=row["created_at"],
        updated_at=changed_at or row.get("updated_at") or row["created_at"],
        author=storable(row.get("author") or ""),
    )


async def _removed(archive: Archive, kind: str, gone: Sequence[ListedRecord], now: datetime) -> list[Write]:
    """Takes away what is not there any more and says here what it said there."""
    known = {ids.note_id(one.conversation_id, kind[:-1], one.external_id): one for one in gone if one.conversation_id}
    keys = [(one.conversation_id, identity) for identity, one in known.items() if one.conversation_id]
    if kind == "bookmarks":
        marks, _ = await archive.bookmarks.some(keys)
        left = [mark for mark in marks if _says(known[mark.id], "notes", mark.notes)]
        return [Write(ids.new_id(), BookmarkRemove(one.conversation_id, one.message, one), now) for one in left]
    notes, _ = await archive.annotations.some(keys)
    return [
        Write(ids.new_id(), AnnotationRemove(note), now) for note in notes if _says(known[note.id], "text", note.text)
    ]


def _says(record: ListedRecord, name: str, text: str) -> bool:
    rows = record.data if isinstance(record.data, list) else []
    return "\n\n".join(dict.fromkeys(row[name] for row in rows if row.get(name))) == text


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
