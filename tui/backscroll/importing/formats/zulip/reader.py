"""Reading what zulip-archive fetched: channel by channel, topic by topic."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote

from backscroll.errors import AppError
from backscroll.importing.documents import Json, identity, is_record, load, record, records_in, rejected, text
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading, reading
from backscroll.importing.hypertext import plain
from backscroll.importing.moments import moment_or_none
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record, Topic
from backscroll.importing.streaming import Document, opening, streamed
from backscroll.importing.telling import Told
from backscroll.model.conversation import ConversationKind

_INDEX: Final = "stream_index.json"
_ESCAPED: Final = re.compile(r"\.(?=[0-9A-F]{2})")
_NUMBERED: Final = re.compile(r"(\d+)-(.+)")
_EMOJI: Final = re.compile(r"[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9}")


class Zulip:
    """zulip-archive's JSON."""

    name = "zulip"
    title = "Zulip archive JSON"
    carries = (
        "channels, topics as threads; HTML as text with its code, quotes and formulas; reactions where they are told"
    )
    recognised = "by stream_index.json"

    def recognises(self, export: Export) -> bool:
        """Whether an index of channels lies there, with the folders of topics."""
        root = _root(export)
        return root is not None and bool(_topics_in(export, root))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every channel of the archive. Raises AppError where there is none."""
        root = _root(export)
        members = [] if root is None else _topics_in(export, root)
        if root is None or not members:
            raise AppError(
                f"{export.name} is not an archive of Zulip",
                "Point at the folder that holds stream_index.json and a folder for every channel.",
                code="not_recognised",
            )
        work = _Archive(_channels(export, root))
        total = sum(export.size(member) for member in members)
        return reading(self.name, "Zulip", choices, total, streamed(export, members, work.records))


def _root(export: Export) -> str | None:
    """The folder of the index: empty or ending in `/`; a zip may wrap everything in one."""
    deepest = 0 if export.is_folder else 1
    found = (m for m in export.members if m.rpartition("/")[2] == _INDEX and m.count("/") <= deepest)
    return next((member.removesuffix(_INDEX) for member in found), None)


def _topics_in(export: Export, root: str) -> list[str]:
    inside = (m for m in export.members if m.startswith(root) and m.endswith(".json"))
    return [m for m in inside if m[len(root) :].count("/") == 1 and opening(export, m).startswith("[")]


def _channels(export: Export, root: str) -> dict[str, tuple[str, Json]]:
    """Name and description of the channels that the index tells of, by their ids and by the names of their folders."""
    try:
        listed = record(record(load(export, root + _INDEX)).get("streams"))
    except ValueError:
        return {}
    told = {name: (name, record(about)) for name, about in listed.items()}
    return told | {number: one for one in told.values() if (number := identity(one[1].get("id")))}


def _decoded(name: str) -> str:
    """A name as it was before its special characters became `.20` and the like."""
    return unquote(_ESCAPED.sub("%", name), errors="replace")


class _Archive:
    """The archive while it is read."""

    def __init__(self, channels: dict[str, tuple[str, Json]]) -> None:
        self._channels = channels
        self._told = Told()

    def records(self, document: Document, member: str) -> Iterator[Record]:
        """The messages of a topic, after its channel, the topic and the people who are met for the first time."""
        chat, title = self._place(member)
        thread = Topic(chat.external_id, title, title)
        yield from self._told.once(chat, thread)
        for _ in document.items():
            place = f"{member}:{document.line}"
            message = document.value()
            try:
                if not is_record(message):
                    raise ValueError("it is not a message")
                entry, people = _entry(message, thread)
            except ValueError as error:
                yield rejected(message, error, place)
                continue
            yield from self._told.once(*people)
            yield entry

    def _place(self, member: str) -> tuple[Chat, str]:
        folder, name = member.split("/")[-2:]
        topic = _decoded(name.removesuffix(".json"))
        numbered = _NUMBERED.fullmatch(folder)
        shown = _decoded(folder)
        known = self._channels.get(shown) or (self._channels.get(numbered[1]) if numbered else None)
        if known is None:
            number, title = (numbered[1], _decoded(numbered[2])) if numbered else (shown, shown)
            return Chat(number, title, ConversationKind.CHANNEL), topic
        return Chat(identity(known[1].get("id")) or known[0], known[0], ConversationKind.CHANNEL), topic


def _entry(message: Json, thread: Topic) -> tuple[Entry, list[Person]]:
    """The message and the people that it names. Raises ValueError where it has no id or no time."""
    number = identity(message.get("id"))
    stamp = message.get("timestamp")
    if not number:
        raise ValueError("it has no id")
    try:
        moment = datetime.fromtimestamp(stamp if isinstance(stamp, int | float) else math.nan, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError("it has no time that can be read (timestamp)") from error
    name = text(message.get("sender_full_name")) or "unknown"
    person = Person(thread.chat, identity(message.get("sender_id")) or name, name)
    content = text(message.get("content"))
    words = plain(content)
    left = dict.fromkeys(_reactions(message, thread.chat))
    entry = Entry(
        thread.chat,
        moment,
        person.external_id,
        words,
        external_id=number,
        thread=thread.external_id,
        is_edited=bool(message.get("last_edit_timestamp")),
        edited_at=moment_or_none(identity(message.get("last_edit_timestamp")), UTC),
        reactions=tuple(Reacted(emoji, who.external_id) for emoji, who in left),
        raw=None if content == f"<p>{words}</p>" else message,  # the HTML says more
    )
    return entry, [person, *(who for _, who in left)]


def _reactions(message: Json, chat: str) -> Iterator[tuple[str, Person]]:
    for one in records_in(message.get("reactions")):
        user = record(one.get("user"))
        who = identity(one.get("user_id")) or identity(user.get("id")) or text(user.get("full_name"))
        if who:
            yield _emoji(one), Person(chat, who, text(user.get("full_name")) or who)


def _emoji(reaction: Json) -> str:
    code = text(reaction.get("emoji_code"))
    if reaction.get("reaction_type") == "unicode_emoji" and _EMOJI.fullmatch(code):
        return "".join(chr(min(int(part, 16), 0x10FFFF)) for part in code.split("-"))
    return f":{text(reaction.get('emoji_name')) or 'emoji'}:"
