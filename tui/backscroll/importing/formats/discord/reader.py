"""Reading the files of DiscordChatExporter: one channel or thread each."""

import re
from collections.abc import Iterator
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.documents import Json, identity, is_record, record, rejected, text
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading
from backscroll.importing.formats.discord.messages import author_of, entry_of, files_of, reactions_of
from backscroll.importing.formats.discord.tables import Table, columns_of
from backscroll.importing.records import Chat, Record, Topic
from backscroll.importing.streaming import HEAD, Document, opening, streamed
from backscroll.importing.telling import Told
from backscroll.model.conversation import ConversationKind

_OPENING: Final = re.compile(r'\{\s*"guild"\s*:\s*\{')
_DIRECT: Final = ("DirectTextChat", "DirectPrivateChat", "DM", "1")
_GROUP: Final = ("DirectGroupTextChat", "DirectGroupPrivateChat", "GroupDM", "3")
_THREADS: Final = ("10", "11", "12")


class Discord:
    """DiscordChatExporter's JSON and CSV."""

    name = "discord"
    title = "DiscordChatExporter JSON, CSV"
    carries = (
        "channels, direct chats, threads; answers, edits, files, stickers, embeds, reactions, forwards, calls, "
        "notices; of CSV: text and files"
    )
    recognised = "by how the JSON begins, or the CSV's header"

    def recognises(self, export: Export) -> bool:
        """Whether a file begins as DiscordChatExporter begins it."""
        return not export.is_folder and bool(_files_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every channel of the export. Raises AppError where it is none, or a CSV's dates are unclear."""
        members = _files_in(export)
        if not members:
            raise AppError(
                f"{export.name} is not what DiscordChatExporter writes",
                "Export the channel with DiscordChatExporter as JSON, and point at the file.",
                code="not_recognised",
            )
        tables = {m: Table(export, m, choices) for m in members if not m.lower().endswith(".json")}
        total = sum(export.size(member) for member in members)
        return Reading("discord", "Discord", total, _records(export, members, tables))


def _files_in(export: Export) -> list[str]:
    documents = [m for m in export.members if m.lower().endswith(".json") and _OPENING.match(opening(export, m))]
    tables = [m for m in export.members if m.lower().endswith(".csv") and columns_of(export.read(m, HEAD))]
    return sorted(documents + tables)


def _records(export: Export, members: list[str], tables: dict[str, Table]) -> Iterator[tuple[int, Record]]:
    done = 0
    told = Told()
    for member in members:
        channel = _Channel(export, told)
        found = tables[member].records() if member in tables else streamed(export, [member], channel.records)
        for position, one in found:
            yield done + min(position, export.size(member)), one
        done += export.size(member)


class _Channel:
    """One JSON file while it is read; a thread's messages belong to the channel that it is in."""

    def __init__(self, export: Export, told: Told) -> None:
        self._export = export
        self._told = told

    def records(self, document: Document, member: str) -> Iterator[Record]:
        """The chat, the thread where the file is one, and the messages."""
        guild: Json = {}
        about: Json = {}
        for key in document.fields():
            if key == "guild":
                guild = record(document.value())
            elif key == "channel":
                about = record(document.value())
            elif key == "messages" and document.opens() == "[":
                yield from self._messages(document, member, guild, about)

    def _messages(self, document: Document, member: str, guild: Json, about: Json) -> Iterator[Record]:
        chat, thread = _place(guild, about, member)
        yield from self._told.once(chat, *([thread] if thread else []))
        for _ in document.items():
            place = f"{member}:{document.line}"
            message = document.value()
            try:
                if not is_record(message):
                    raise ValueError("it is not a message")
                author = author_of(message, chat.external_id)
                entry = entry_of(message, author, chat.external_id)
            except ValueError as error:
                yield rejected(message, error, place)
                continue
            entry.attachments = files_of(message, self._export, member)
            entry.thread = thread.external_id if thread else None
            yield from self._told.once(*([author] if author else []))
            yield from self._told.once(
                *(person for _, people, _ in reactions_of(message, chat.external_id) for person in people)
            )
            yield entry


def _place(guild: Json, about: Json, member: str) -> tuple[Chat, Topic | None]:
    """The chat that a file's messages are in, and the thread of it where the file is a thread's."""
    kind, channel = identity(about.get("type")), identity(about.get("id"))
    server = text(guild.get("name")) if identity(guild.get("id")) not in ("", "0") else ""
    name = text(about.get("name")) or channel or member
    above = identity(about.get("categoryId"))
    if above and (kind.endswith("Thread") or kind in _THREADS):
        parent = text(about.get("category")) or above
        return _chat(above, server, parent, ConversationKind.CHANNEL), Topic(above, channel or name, name)
    if kind in _DIRECT:
        return _chat(channel or name, "", name, ConversationKind.DIRECT), None
    meant = ConversationKind.GROUP if kind in _GROUP else ConversationKind.CHANNEL
    return _chat(channel or name, server, name, meant, text(about.get("topic"))), None


def _chat(identifier: str, server: str, name: str, kind: ConversationKind, topic: str = "") -> Chat:
    return Chat(identifier, f"{server} / {name}" if server else name, kind, topic or None)
