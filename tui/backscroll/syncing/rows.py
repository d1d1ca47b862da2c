"""Turns the rows that a system's queries give into records of an import."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

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
    """Reads the rows of `messages` in their order; tells of people and threads where it meets them first."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, str], str] = {}
        self._topics: set[tuple[str, str]] = set()

    def know(self, met: Person) -> None:
        """A person that was told of already."""
        self._people[met.chat, met.external_id] = met.name

    def records(self, row: Row) -> Iterator[Record]:
        """The message of a row, after what it names."""
        if row["sent_at"] is None:
            yield Rejected(str(row["text"] or "")[:10_000], "no time", f"messages:{row['id']}")
            return
        yield from self._met(row["chat"], row.get("person"), row.get("person_name"), is_owner=bool(row.get("is_owner")))
        thread = row.get("thread")
        if thread is not None and (row["chat"], thread) not in self._topics:
            self._topics.add((row["chat"], thread))
            title = row.get("thread_title") or thread
            yield Topic(row["chat"], thread, " ".join(title.split())[:200], row.get("thread_root"))
        left = row.get("reactions") or ()
        for one in left:
            yield from self._met(row["chat"], one.get("person"), one.get("name"))
        yield _entry(row, left)

    def _met(self, chat: str, person: str | None, name: str | None, *, is_owner: bool = False) -> Iterator[Person]:
        if person is None:
            return
        known = self._people.get((chat, person))
        if known is None or (name and known != name):
            self._people[chat, person] = name or person
            yield Person(chat, person, name or person, is_owner)


def _entry(row: Row, left: Sequence[Mapping[str, Any]]) -> Entry:
    get = row.get
    word, raw = get("kind"), get("raw")
    kind = kind_of(word)
    if kind is None:  # a word of the source's own is kept where one can read it
        raw = {"kind": word} | (raw if isinstance(raw, dict) else {})
    files = tuple(_file(file) for file in get("attachments") or ())
    if files and kind in {None, Kind.TEXT}:
        kind = kind_of_file(files[0].mime_type, files[0].file_name)
    if get("person") is None and kind is None:
        kind = Kind.SYSTEM
    return Entry(
        row["chat"],
        row["sent_at"],
        get("person"),
        row["text"] or "",
        kind or Kind.TEXT,
        external_id=row["id"],
        thread=get("thread"),
        parent=get("parent"),
        is_edited=bool(get("is_edited")),
        is_deleted=bool(get("is_deleted")),
        edited_at=get("edited_at"),
        attachments=files,
        reactions=tuple(Reacted(one["emoji"], one.get("person"), one.get("count")) for one in left if one.get("emoji")),
        raw=raw if isinstance(raw, dict) and raw else None,
    )


def _file(file: Mapping[str, Any]) -> Attachment:
    name = file.get("name")
    size = file.get("size")
    return Attachment(
        name, file.get("mime") or mime_type(name or ""), int(size) if size is not None else None, None, file.get("path")
    )


def is_skipped(moment: datetime | None, spans: Sequence[tuple[datetime, datetime]]) -> bool:
    """Whether a message was written in a pause that is left out."""
    return moment is not None and any(since <= moment < until for since, until in spans)
