"""Reading signal-export's data.json: one chat, called by its folder."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from urllib.parse import unquote

from backscroll.errors import AppError
from backscroll.importing.documents import Json, is_record, record, records_in, text
from backscroll.importing.enclosing import attached
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading, reading
from backscroll.importing.json_lines import first_object, read_lines
from backscroll.importing.media import kind_of
from backscroll.importing.moments import read_moment
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record
from backscroll.importing.streaming import opening
from backscroll.importing.telling import Told
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Attachment, Kind

_KEYS: Final = {"date", "sender", "body", "reactions", "attachments"}
_OWNER: Final = "Me"
_NOBODY: Final = "No-Sender"


class Signal:
    """signal-export's JSON."""

    name = "signal"
    title = "signal-export JSON"
    carries = (
        "chats by their folders; quotes, reactions, files, stickers, calls, deletions; times of the exporting machine"
    )
    recognised = "by the first line of data.json"

    def recognises(self, export: Export) -> bool:
        """Whether a data.json is a chat of signal-export; in a folder only one that lies in the folder itself."""
        return bool(_chats_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every chat of the export. Raises AppError where there is none."""
        members = _chats_in(export)
        if not members:
            raise AppError(
                f"{export.name} holds no chat of signal-export",
                "Run signal-export with its JSON output, and point at the folder that it made.",
                code="not_recognised",
            )
        total = sum(export.size(member) for member in members)
        work = _Chats(export, choices)
        return reading(self.name, "Signal", choices, total, read_lines(export, members, work.records))


def _chats_in(export: Export) -> list[str]:
    return [
        member
        for member in export.members
        if member.lower().endswith((".json", ".jsonl"))
        and (not export.is_folder or member == "data.json")
        and first_object(opening(export, member)).keys() >= _KEYS
    ]


class _Chats:
    """The chats of one export while they are read."""

    def __init__(self, export: Export, choices: Choices) -> None:
        self._export = export
        self._choices = choices
        self._told = Told()
        self._known: dict[str, Chat] = {}

    def records(self, message: Json, member: str, place: str) -> Iterator[Record]:  # noqa: ARG002
        """A message, after the chat and the people that it names for the first time. Raises ValueError."""
        chat = self._known.get(member) or self._known.setdefault(member, self._chat(member))
        yield from self._told.once(chat)
        try:
            clock, moment = read_moment(text(message.get("date")), self._choices.time_zone)
        except ValueError as error:
            raise ValueError("it has no time that can be read (date)") from error
        entry = self._entry(message, member, chat.external_id, clock)
        entry.sent_at = moment
        names = [entry.person, *(reaction.person for reaction in entry.reactions)]
        yield from self._told.once(*(Person(chat.external_id, n, n, n == _OWNER) for n in names if n))
        yield entry

    def _chat(self, member: str) -> Chat:
        above = member.split("/")[:-1]
        place = self._export.place(member)
        folder = above[-1] if above else place.resolve().parent.name if place else self._export.path.stem
        title = self._choices.title or folder
        return Chat(folder, title, _kind_of_chat(opening(self._export, member)))

    def _entry(self, message: Json, member: str, chat: str, clock: datetime) -> Entry:
        files = tuple(self._file(file, member) for file in records_in(message.get("attachments")))
        sticker = message.get("sticker")
        words = _words(message)
        sender = text(message.get("sender"))
        nobody = sender in ("", _NOBODY)
        return Entry(
            chat,
            clock,  # becomes the moment in UTC
            None if nobody else sender,
            words or ("A notice without words" if nobody else ""),
            Kind.SYSTEM if nobody else _kind(message, files),
            clock=clock,
            is_deleted=message.get("deleted") is True,
            attachments=files,
            reactions=tuple(dict.fromkeys(_reactions(message))),
            raw=message if sticker or message.get("quote") else None,
        )

    def _file(self, file: Json, member: str) -> Attachment:
        return attached(self._export, member, unquote(text(file.get("path"))), name=text(file.get("name")))


def _kind_of_chat(head: str) -> ConversationKind:
    """A group where more than one other person speaks among the first messages."""
    others = {text(first_object(line).get("sender")) for line in head.splitlines()} - {"", _OWNER, _NOBODY}
    return ConversationKind.GROUP if len(others) > 1 else ConversationKind.DIRECT


def _kind(message: Json, files: tuple[Attachment, ...]) -> Kind:
    if message.get("call") is True:
        return Kind.CALL
    if message.get("sticker"):
        return Kind.STICKER
    return kind_of(files[0].mime_type, files[0].file_name) if files else Kind.TEXT


def _words(message: Json) -> str:
    sticker = message.get("sticker")
    emoji = text(record(sticker).get("emoji")) or text(sticker)
    body = text(message.get("body")).strip()
    return "\n".join(part for part in (text(message.get("quote")).strip(), body, emoji) if part)


def _reactions(message: Json) -> Iterator[Reacted]:
    listed = message.get("reactions")
    for one in listed if isinstance(listed, list) else []:
        if is_record(one):
            name, emoji = text(one.get("name")), text(one.get("emoji"))
        else:
            name, emoji = (text(part) for part in one) if isinstance(one, list) and len(one) == 2 else ("", "")
        if name and emoji:
            yield Reacted(emoji, name)
