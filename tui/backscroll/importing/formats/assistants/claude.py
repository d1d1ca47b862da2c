"""Claude's export: conversations as lists of messages, which may name the message that they follow."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from backscroll.importing.documents import Json, records_in, text, whole
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading
from backscroll.importing.formats.assistants.branches import Said, Tree
from backscroll.importing.formats.assistants.documents import members_in, read_conversations
from backscroll.importing.media import kind_of, mime_type
from backscroll.importing.moments import read_moment
from backscroll.importing.records import Person
from backscroll.model.message import Attachment, Kind

_BEGINNING: Final = re.compile(r'\[\s*\{\s*"uuid"\s*:(?s:.*?)"chat_messages"\s*:\s*\[')
_NAMES: Final = {"human": "You", "assistant": "Claude"}


class Claude:
    """Claude's conversations.json."""

    name = "claude"
    title = "Claude export"
    carries = "conversations; answers that were asked for again as threads, tools by name, names and sizes of files"
    recognised = "by how conversations.json begins"

    def recognises(self, export: Export) -> bool:
        """Whether a list of Claude's conversations lies there."""
        return bool(members_in(export, _BEGINNING))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every conversation. Raises AppError where there is none."""
        return read_conversations(export, members_in(export, _BEGINNING), choices, (self.name, "Claude"), _tree_of)


def _tree_of(conversation: Json) -> tuple[Tree, list[Person]]:
    """The conversation and those who speak in it. Raises ValueError where it has no id or no messages."""
    chat = text(conversation.get("uuid"))
    messages = conversation.get("chat_messages")
    if not chat or not isinstance(messages, list):
        raise ValueError("it is not a conversation of Claude")
    said: dict[str, Said | None] = {}
    parents: dict[str, str] = {}
    before = ""
    for number, message in enumerate(records_in(messages)):
        node = text(message.get("uuid")) or f"{chat}/{number}"
        said[node] = _said(message)
        parents[node] = text(message.get("parent_message_uuid")) or before
        before = node
    names = dict.fromkeys(one.person for one in said.values() if one is not None and one.person)
    people = [Person(chat, name, _NAMES.get(name, name), name == "human") for name in names]
    return Tree(chat, said, parents, None, _moment(conversation.get("created_at"))), people


def _moment(stamp: object) -> datetime | None:
    try:
        return read_moment(text(stamp), UTC)[1]
    except ValueError:
        return None


def _said(message: Json) -> Said | None:
    words = "\n".join(part for part in _words(message) if part) or text(message.get("text"))
    files = tuple(_files(message))
    if not words and not files:
        return None
    person = text(message.get("sender")) or "unknown"
    kind = kind_of(files[0].mime_type) if files else Kind.TEXT
    blocks = records_in(message.get("content"))
    holds_more = files or any(block.get("type") != "text" for block in blocks)
    return Said(person, words, kind, _moment(message.get("created_at")), files, message if holds_more else None)


def _words(message: Json) -> Iterator[str]:
    """The text of the blocks; a tool is named, what it was given and gave back stays in the source's own record."""
    for block in records_in(message.get("content")):
        if block.get("type") == "text":
            yield text(block.get("text"))
        elif block.get("type") == "tool_use":
            yield f"[{text(block.get('name')) or 'tool'}]"


def _files(message: Json) -> Iterator[Attachment]:
    for file in records_in(message.get("attachments")) + records_in(message.get("files")):
        name = text(file.get("file_name")) or text(file.get("file_uuid")) or None
        mime = text(file.get("file_type"))
        yield Attachment(name, mime if "/" in mime else mime_type(name or ""), whole(file.get("file_size")), None, None)
