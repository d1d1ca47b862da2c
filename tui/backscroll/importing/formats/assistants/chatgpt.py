"""ChatGPT's export: every conversation is a tree, because an answer can be asked for again."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Final

from backscroll.importing.documents import Json, is_record, record, records_in, text, whole
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading
from backscroll.importing.formats.assistants.branches import Said, Tree
from backscroll.importing.formats.assistants.documents import members_in, read_conversations
from backscroll.importing.formats.assistants.files import Files
from backscroll.importing.media import kind_of, mime_type
from backscroll.importing.records import Person
from backscroll.model.message import Attachment, Kind

_BEGINNING: Final = re.compile(r'\[\s*\{[^\[\]]*?"mapping"\s*:\s*\{')
_POINTER: Final = re.compile(r"[\w-]+://")
_NAMES: Final = {"user": "You", "assistant": "ChatGPT"}


class ChatGPT:
    """ChatGPT's conversations.json."""

    name = "chatgpt"
    title = "ChatGPT export"
    carries = "conversations; answers that were asked for again as threads, tools, code, files"
    recognised = "by how conversations.json begins"

    def recognises(self, export: Export) -> bool:
        """Whether a list of ChatGPT's conversations lies there."""
        return bool(members_in(export, _BEGINNING))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every conversation. Raises AppError where there is none."""
        tree_of = partial(_tree_of, Files(export))
        return read_conversations(export, members_in(export, _BEGINNING), choices, (self.name, "ChatGPT"), tree_of)


def _tree_of(kept: Files, conversation: Json) -> tuple[Tree, list[Person]]:
    """The conversation and those who speak in it. Raises ValueError where it has no id or no messages."""
    chat = text(conversation.get("conversation_id")) or text(conversation.get("id"))
    mapping = conversation.get("mapping")
    if not chat or not is_record(mapping):
        raise ValueError("it is not a conversation of ChatGPT")
    nodes = {node: record(about) for node, about in mapping.items()}
    said = {node: _said(kept, record(about.get("message"))) for node, about in nodes.items()}
    parents = {node: text(about.get("parent")) for node, about in nodes.items()}
    leaf = text(conversation.get("current_node")) or None
    names = dict.fromkeys(one.person for one in said.values() if one is not None and one.person)
    people = [Person(chat, name, _NAMES.get(name, name), name == "user") for name in names]
    return Tree(chat, said, parents, leaf, _moment(conversation.get("create_time"))), people


def _moment(stamp: object) -> datetime | None:
    if not isinstance(stamp, int | float) or isinstance(stamp, bool):
        return None
    try:
        return datetime.fromtimestamp(stamp, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _said(kept: Files, message: Json) -> Said | None:
    content = record(message.get("content"))
    words = "\n".join(part for part in _words(content) if part)
    files = tuple(_files(kept, message, content))
    if not words and not files:
        return None
    author = record(message.get("author"))
    role = text(author.get("role"))
    person = None if role == "system" else role if role in _NAMES else text(author.get("name")) or role or "tool"
    kind = Kind.SYSTEM if person is None else kind_of(files[0].mime_type) if files else Kind.TEXT
    holds_more = files or content.get("content_type") != "text"
    return Said(person, words, kind, _moment(message.get("create_time")), files, message if holds_more else None)


def _words(content: Json) -> Iterator[str]:
    """What a content says, whichever of its many types it is."""
    parts = content.get("parts")
    for part in parts if isinstance(parts, list) else []:
        yield text(part) or text(record(part).get("text"))
    words = text(content.get("text"))
    if words and content.get("content_type") == "code":
        yield f"```{_language(content)}\n{words}\n```"
    else:
        yield words
    for name in ("title", "result", "content", "url", "user_profile", "user_instructions"):
        yield text(content.get(name))
    for thought in records_in(content.get("thoughts")):
        yield text(thought.get("content")) or text(thought.get("summary"))


def _language(content: Json) -> str:
    language = text(content.get("language"))
    return "" if language == "unknown" else language


def _files(kept: Files, message: Json, content: Json) -> Iterator[Attachment]:
    attached = records_in(record(message.get("metadata")).get("attachments"))
    for file in attached:
        name = text(file.get("name")) or text(file.get("id")) or None
        mime = text(file.get("mime_type")) or text(file.get("mimeType")) or mime_type(name or "")
        yield kept.find(Attachment(name, mime, whole(file.get("size")), None, None), text(file.get("id")))
    known = {text(file.get("id")) for file in attached}
    for part in records_in(content.get("parts")):
        pointer = _POINTER.sub("", text(part.get("asset_pointer")))
        if pointer and pointer not in known:
            yield kept.find(Attachment(pointer, _media(part), whole(part.get("size_bytes")), None, None), pointer)


def _media(part: Json) -> str | None:
    kind = text(part.get("content_type")).partition("_")[0]
    return {"image": "image/png", "audio": "audio/wav", "video": "video/mp4"}.get(kind)
