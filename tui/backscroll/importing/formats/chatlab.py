"""ChatLab's exchange format: JSON with a head, members and messages, or the same as lines."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.documents import Json, identity, is_record, record, rejected, text
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading, reading
from backscroll.importing.json_lines import first_object, read_lines
from backscroll.importing.moments import read_moment
from backscroll.importing.records import Chat, Entry, Person, Record
from backscroll.importing.streaming import Document, opening, streamed
from backscroll.importing.telling import Told
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind

_BEGINNING: Final = re.compile(r'\{\s*"chatlab"\s*:\s*\{')
_KINDS: Final = {
    1: Kind.IMAGE, 2: Kind.AUDIO, 3: Kind.VIDEO, 4: Kind.DOCUMENT, 5: Kind.STICKER, 8: Kind.LOCATION, 23: Kind.CALL,
    27: Kind.CONTACT, 80: Kind.SYSTEM, 81: Kind.SYSTEM,
}  # fmt: skip
_FORWARDED, _RECALLED = 26, 81


class ChatLab:
    """ChatLab's JSON and JSONL."""

    name = "chatlab"
    title = "ChatLab JSON, JSONL"
    carries = "a chat with its members; answers, kinds of messages, notices; no files"
    recognised = "by its head"

    def recognises(self, export: Export) -> bool:
        """Whether a file begins with ChatLab's head."""
        return not export.is_folder and bool(_files_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every chat of the files. Raises AppError where there is none."""
        members = _files_in(export)
        if not members:
            raise AppError(
                f"{export.name} is not ChatLab's format",
                "Point at a .json or .jsonl file that begins with the head “chatlab”.",
                code="not_recognised",
            )
        total = sum(export.size(member) for member in members)
        return reading(self.name, "ChatLab", choices, total, _records(export, members, choices))


def _files_in(export: Export) -> list[str]:
    named = [m for m in export.members if m.lower().endswith((".json", ".jsonl"))]
    return [m for m in named if _BEGINNING.match(head := opening(export, m)) or "chatlab" in first_object(head)]


def _records(export: Export, members: list[str], choices: Choices) -> Iterator[tuple[int, Record]]:
    done = 0
    told = Told()
    for member in members:
        chat = _Chat(PurePosixPath(member).stem, choices, told)
        is_lines = first_object(opening(export, member)).get("_type") == "header"
        found = read_lines(export, [member], chat.line) if is_lines else streamed(export, [member], chat.document)
        for position, one in found:
            yield done + position, one
        done += export.size(member)


class _Chat:
    """The chat of one file while it is read. `_names` are the members' names by their ids."""

    def __init__(self, stem: str, choices: Choices, told: Told) -> None:
        self._chat = Chat(stem, choices.title or stem)
        self._zone = choices.time_zone
        self._told = told
        self._owner = ""
        self._names: dict[str, str] = {}

    def document(self, document: Document, member: str) -> Iterator[Record]:
        """The records of one JSON document."""
        for key in document.fields():
            if key == "meta":
                self._describe(record(document.value()))
            elif key in ("members", "messages") and document.opens() == "[":
                for _ in document.items():
                    place = f"{member}:{document.line}"
                    one = document.value()
                    try:
                        if not is_record(one):
                            raise ValueError("it is not a message")
                        yield from self._message(one) if key == "messages" else self._member(one)
                    except ValueError as error:
                        yield rejected(one, error, place)

    def line(self, one: Json, member: str, place: str) -> Iterator[Record]:  # noqa: ARG002
        """The records of one line. Raises ValueError where it is none of ChatLab's."""
        kind = one.get("_type")
        if kind == "header":
            self._describe(record(one.get("meta")))
        elif kind == "member":
            yield from self._member(one)
        elif kind == "message":
            yield from self._message(one)
        else:
            raise ValueError("it is neither header, member nor message")

    def _describe(self, meta: Json) -> None:
        title = text(meta.get("name")) or self._chat.title
        place = identity(meta.get("groupId")) or title
        kind = ConversationKind.DIRECT if meta.get("type") == "private" else ConversationKind.GROUP
        platform = text(meta.get("platform"))
        self._chat = Chat(f"{platform}/{place}" if platform else place, title, kind)
        self._owner = identity(meta.get("ownerId"))

    def _member(self, one: Json) -> Iterator[Record]:
        who = identity(one.get("platformId"))
        if not who:
            raise ValueError("a member without platformId")
        self._names[who] = text(one.get("groupNickname")) or text(one.get("accountName")) or who
        yield from ()

    def _message(self, one: Json) -> Iterator[Record]:
        stamp = one.get("timestamp")
        try:
            clock, moment = read_moment(str(stamp) if isinstance(stamp, int | float) else text(stamp), self._zone)
        except ValueError as error:
            raise ValueError("it has no time that can be read (timestamp)") from error
        number = one.get("type")
        kind = _KINDS.get(number, Kind.TEXT) if isinstance(number, int) else Kind.TEXT
        who = identity(one.get("sender")) or "unknown"
        shown = text(one.get("groupNickname")) or text(one.get("accountName"))
        person = Person(self._chat.external_id, who, self._names.get(who) or shown or who, who == self._owner)
        yield from self._told.once(self._chat)
        if kind is not Kind.SYSTEM:
            yield from self._told.once(person)
        name = identity(one.get("platformMessageId")) or None
        yield Entry(
            self._chat.external_id,
            moment,
            None if kind is Kind.SYSTEM else who,
            text(one.get("content")),
            kind,
            external_id=name,
            clock=None if name else clock,
            parent=identity(one.get("replyToMessageId")) or None,
            is_deleted=number == _RECALLED,
            raw={"forwarded": True} if number == _FORWARDED else None,
        )
