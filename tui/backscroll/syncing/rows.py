"""Turns the rows that a system's queries give into records of an import."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from backscroll.archive.source_message import SourceMessage
from backscroll.importing.media import kind_of as kind_of_file
from backscroll.importing.media import mime_type
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record, Rejected, Topic
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Attachment, Kind
from backscroll.syncing.kinds import kind_of

Row: TypeAlias = Mapping[str, Any]


def chat(row: Row) -> Chat:
    """A row of `chats`."""
    kind = ConversationKind(row.get("kind") or "group")
    return Chat(row["chat"], row["title"] or row["chat"], kind, row.get("topic") or None)


def person(row: Row) -> Person:
    """A row of `people`."""
    return Person(row["chat"], row["person"], row["name"] or row["person"], bool(row.get("is_owner")))


class Reader:
    """Reads messages in their order; tells of people and threads where it meets them first."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, str], str] = {}
        self._topics: set[tuple[str, str]] = set()

    def know(self, met: Person) -> None:
        """A person that was told of already."""
        self._people[met.chat, met.external_id] = met.name

    def records(self, row: SourceMessage) -> list[Record]:
        """The message, after what it names and nothing before named."""
        if row.sent_at is None:
            return [Rejected((row.text or "")[:10_000], "no time", f"messages:{row.id}")]
        found: list[Record] = []
        chat, person, name, thread = row.chat, row.person, row.person_name, row.thread
        if person is not None and self._is_new(chat, person, name):
            found.append(Person(chat, person, name or person, bool(row.is_owner)))
        if thread is not None and (chat, thread) not in self._topics:
            self._topics.add((chat, thread))
            title = row.thread_title or thread
            found.append(Topic(chat, thread, " ".join(title.split())[:200], row.thread_root))
        for one in row.reactions or ():
            who = one.get("person")
            if who is not None and self._is_new(chat, who, one.get("name")):
                found.append(Person(chat, who, one.get("name") or who))
        found.append(_entry(row, row.sent_at))
        return found

    def _is_new(self, chat: str, person: str, name: str | None) -> bool:
        """Whether a person is met for the first time, or under another name; from then on they are known."""
        known = self._people.get((chat, person))
        if known is not None and (known == name or not name):
            return False
        self._people[chat, person] = name or person
        return True


def _entry(row: SourceMessage, sent_at: datetime) -> Entry:
    kind, raw = kind_of(row.kind), row.raw
    files: tuple[Attachment, ...] = ()
    if kind is None:  # a word of the source's own is kept where one can read it
        raw = {"kind": row.kind} | (raw if isinstance(raw, dict) else {})
    if row.attachments:
        files = tuple(map(_file, row.attachments))
        if kind in {None, Kind.TEXT}:
            kind = kind_of_file(files[0].mime_type, files[0].file_name)
    if row.person is None and kind is None:
        kind = Kind.SYSTEM
    return Entry(
        row.chat,
        sent_at,
        row.person,
        row.text or "",
        kind or Kind.TEXT,
        external_id=row.id,
        thread=row.thread,
        parent=row.parent,
        is_edited=bool(row.is_edited),
        is_deleted=bool(row.is_deleted),
        edited_at=row.edited_at,
        attachments=files,
        reactions=_reactions(row.reactions) if row.reactions else (),
        raw=raw if isinstance(raw, dict) and raw else None,
    )


def _file(file: Mapping[str, Any]) -> Attachment:
    name = file.get("name")
    size = file.get("size")
    return Attachment(
        name, file.get("mime") or mime_type(name or ""), int(size) if size is not None else None, None, file.get("path")
    )


def _reactions(left: Sequence[Mapping[str, Any]]) -> tuple[Reacted, ...]:
    return tuple(Reacted(one["emoji"], one.get("person"), one.get("count")) for one in left if one.get("emoji"))


def is_skipped(moment: datetime, spans: Sequence[tuple[datetime, datetime]]) -> bool:
    """Whether a message was written in a pause that is left out."""
    return any(since <= moment < until for since, until in spans)
