"""Backscroll's own lines: what `show --json` and `search --json` print, brought into another archive."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import PurePosixPath
from typing import Final

from backscroll.archive.store import is_stored, stored_path
from backscroll.errors import AppError
from backscroll.importing.documents import Json, records_in, text, texts, whole
from backscroll.importing.enclosing import attached
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading, reading
from backscroll.importing.json_lines import first_object, read_lines
from backscroll.importing.moments import read_moment
from backscroll.importing.reactions import reactions
from backscroll.importing.records import Chat, Entry, Person, Record, Topic
from backscroll.importing.streaming import opening
from backscroll.importing.telling import Told
from backscroll.model.links import is_link
from backscroll.model.message import Attachment, Kind

_KEYS: Final = {"id", "conversation_id", "thread_id", "sent_at", "sender", "kind", "text", "is_edited", "attachments"}
_SUFFIXES: Final = (".jsonl", ".ndjson", ".json", ".txt")


class Own:
    """Backscroll's own JSON lines."""

    name = "backscroll"
    title = "Backscroll JSON lines"
    carries = "what `show --json` prints: text, threads, answers, edits, deletions, files beside the lines, reactions"
    recognised = "by the keys of its first line"

    def recognises(self, export: Export) -> bool:
        """Whether a file's first line is a message of Backscroll's."""
        return not export.is_folder and bool(_files_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every message of the files. Raises AppError where there is none."""
        members = _files_in(export)
        if not members:
            raise AppError(
                f"{export.name} holds no lines of Backscroll's",
                "Make some: backscroll show CHAT --limit 100000 --json > chat.jsonl",
                code="not_recognised",
            )
        total = sum(export.size(member) for member in members)
        lines = _Lines(export, choices)
        return reading(self.name, "Backscroll", choices, total, read_lines(export, members, lines.records))


def _files_in(export: Export) -> list[str]:
    named = (member for member in export.members if member.lower().endswith(_SUFFIXES))
    return [member for member in named if first_object(opening(export, member)).keys() >= _KEYS]


class _Lines:
    """The lines of one export while they are read."""

    def __init__(self, export: Export, choices: Choices) -> None:
        self._export = export
        self._title = choices.title
        self._told = Told()

    def records(self, message: Json, member: str, place: str) -> Iterator[Record]:  # noqa: ARG002
        """A message, after what it names for the first time; nothing for the line that ends a search."""
        if "searched_back_to" in message:
            return
        entry = _entry(message)
        files = records_in(message.get("attachments"))
        entry.attachments = tuple(_file(file, self._export, member) for file in files)
        title = text(message.get("conversation")) or self._title or PurePosixPath(member).stem
        yield from self._told.once(Chat(entry.chat, title))
        names = [entry.person, *(reaction.person for reaction in entry.reactions)]
        yield from self._told.once(*(Person(entry.chat, name, name) for name in names if name))
        if entry.thread:
            yield from self._told.once(Topic(entry.chat, entry.thread, " ".join(entry.text.split())[:80] or "Thread"))
        yield entry


def _entry(message: Json) -> Entry:
    number, chat = text(message.get("id")), text(message.get("conversation_id"))
    if not number or not chat:
        raise ValueError("it has no id, or no conversation_id")
    try:
        moment = read_moment(text(message.get("sent_at")), UTC)[1]
    except ValueError as error:
        raise ValueError("it has no time that can be read (sent_at)") from error
    person = text(message.get("sender")) or None
    kind = Kind(text(message.get("kind")) or Kind.TEXT) if person else Kind.SYSTEM
    if person and kind is Kind.SYSTEM:
        kind = Kind.TEXT
    left = records_in(message.get("reactions"))
    return Entry(
        chat,
        moment,
        person,
        text(message.get("text")),
        kind,
        external_id=number,
        thread=text(message.get("thread_id")) or None,
        parent=text(message.get("parent_id")) or None,
        is_edited=message.get("is_edited") is True,
        is_deleted=message.get("is_deleted") is True,
        reactions=reactions((text(one.get("emoji")), texts(one.get("senders")), one.get("count")) for one in left),
    )


def _file(file: Json, export: Export, member: str) -> Attachment:
    """The file beside the lines, at its address, or in a store; no other path of whoever wrote the lines is taken."""
    name, mime, path, digest = (text(file.get(key)) or None for key in ("file_name", "mime_type", "path", "sha256"))
    size = whole(file.get("size"))
    if path is not None and is_link(path):
        return Attachment(name, mime, size, digest, path)
    if digest is not None and is_stored(path, digest):
        return Attachment(name, mime, size, digest, stored_path(digest))
    return attached(export, member, path or "", name=name, mime=mime, size=size)
