"""Reading the export: chat by chat, message by message."""

import re
from collections.abc import Iterator
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.documents import Json, identity, record, rejected, text
from backscroll.importing.documents import is_record as is_object
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading, reading
from backscroll.importing.formats.telegram.messages import author_of, entry_of, files_of, reactions_of
from backscroll.importing.records import Chat, Entry, Person, Record, Topic
from backscroll.importing.streaming import Document, opening, streamed
from backscroll.importing.telling import Told
from backscroll.model.conversation import ConversationKind

_TYPES: Final = (
    "saved_messages|verification_codes|replies|personal_chat|bot_chat|private_group|private_supergroup"
    "|public_supergroup|private_channel|public_channel"
)
_ONE_CHAT: Final = re.compile(rf'\{{\s*(?:"name"\s*:[^\n]*,\s*)?"type"\s*:\s*"(?:{_TYPES})"')
_ALL_CHATS: Final = re.compile(r'\{\s*"about"\s*:\s*"(?:[^"\\]|\\.)*Telegram')
_KINDS: Final = {"channel": ConversationKind.CHANNEL, "group": ConversationKind.GROUP}
_UNNAMED: Final = {"saved_messages": "Saved messages", "replies": "Replies", "verification_codes": "Verification codes"}


class Telegram:
    """Telegram Desktop's JSON export."""

    name = "telegram"
    title = "Telegram Desktop JSON"
    carries = (
        "one chat or all, left ones too; replies, topics, reactions, forwards, edits, files, stickers, voice, polls, "
        "places, contacts, calls, notices"
    )
    recognised = "by how result.json begins"

    def recognises(self, export: Export) -> bool:
        """Whether a JSON file begins as Telegram Desktop begins it."""
        return bool(_results_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every chat of the export. Raises AppError where it is none of Telegram's."""
        members = _results_in(export) or (list(export.members) if len(export.members) == 1 else [])
        if not members or not opening(export, members[0]).startswith("{"):
            raise AppError(
                f"{export.name} is not a Telegram export",
                "In Telegram Desktop choose “Export chat history” with the format JSON, and point at its result.json.",
                code="not_recognised",
            )
        total = sum(export.size(member) for member in members)
        work = _Export(export, choices)
        return reading(self.name, "Telegram", choices, total, streamed(export, members, work.records))


def _results_in(export: Export) -> list[str]:
    """Files that begin so; of a folder only those in the folder itself, a zip may wrap them in one."""
    deepest = 0 if export.is_folder else 1
    documents = [m for m in export.members if m.lower().endswith(".json") and m.count("/") <= deepest]
    if export.is_folder or export.is_zip:
        documents = [m for m in documents if m.rpartition("/")[2].startswith("result")]
    return [m for m in documents if _ONE_CHAT.match(head := opening(export, m)) or _ALL_CHATS.match(head)]


class _Export:
    """One export while it is read. `_owner` is the account's id, where everything was exported."""

    def __init__(self, export: Export, choices: Choices) -> None:
        self._export = export
        self._choices = choices
        self._told = Told()
        self._owner = ""

    def records(self, document: Document, member: str) -> Iterator[Record]:
        """The chats of a document that is a chat, or that holds lists of them."""
        about: Json = {}
        for key in document.fields():
            if key == "messages" and document.opens() == "[":
                yield from self._messages(document, member, about)
            elif key in ("chats", "left_chats") and document.opens() == "{":
                yield from self._chats(document, member)
            elif key == "personal_information":
                self._owner = identity(record(document.value()).get("user_id"))
            elif key in ("name", "type", "id"):
                about[key] = document.value()

    def _chats(self, document: Document, member: str) -> Iterator[Record]:
        for key in document.fields():
            if key == "list" and document.opens() == "[":
                for _ in document.items():
                    if document.opens() == "{":
                        yield from self.records(document, member)

    def _messages(self, document: Document, member: str, about: Json) -> Iterator[Record]:
        chat = self._chat(about, member)
        yield from self._told.once(chat)
        thread = _Topics(chat.external_id)
        for _ in document.items():
            place = f"{member}:{document.line}"
            message = document.value()
            try:
                if not is_object(message):
                    raise ValueError("it is not a message")
                author = author_of(message, chat.external_id)
                entry = entry_of(message, author, chat.external_id, self._choices.time_zone)
            except ValueError as error:
                yield rejected(message, error, place)
                continue
            entry.attachments = files_of(message, self._export, member)
            people = [author] if author else []
            people += [person for _, named, _ in reactions_of(message, chat.external_id) for person in named]
            yield from self._told.once(*map(self._owned, people))
            yield from self._told.once(*thread.found(message, entry))
            yield entry

    def _chat(self, about: Json, member: str) -> Chat:
        kind = text(about.get("type"))
        title = text(about.get("name")) or _UNNAMED.get(kind) or self._choices.title or "Deleted account"
        return Chat(
            identity(about.get("id")) or title or member,
            title,
            next((meant for word, meant in _KINDS.items() if kind.endswith(word)), ConversationKind.DIRECT),
        )

    def _owned(self, person: Person) -> Person:
        if self._owner and person.external_id in (self._owner, f"user{self._owner}"):
            return Person(person.chat, person.external_id, person.name, is_owner=True)
        return person


class _Topics:
    """The topics of a forum: a message is in one where it answers its beginning, or a message that is in one."""

    def __init__(self, chat: str) -> None:
        self._chat = chat
        self._topic_of: dict[str, str] = {}

    def found(self, message: Json, entry: Entry) -> Iterator[Topic]:
        """The topic that a message begins; sets the thread of an entry that is in one."""
        number = entry.external_id or ""
        if message.get("action") == "topic_created":
            self._topic_of[number] = number
            yield Topic(self._chat, number, text(message.get("title")) or "Topic", number)
        entry.thread = self._topic_of.get(number) or self._topic_of.get(entry.parent or "")
        if entry.thread is not None:
            self._topic_of[number] = entry.thread
            if entry.parent == entry.thread:
                entry.parent = None
