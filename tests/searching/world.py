"""A small archive that has everything which can be searched for, and what plain Python finds in it.

Every message is known with all that hangs on it; `fits` looks at one message after another and shares nothing with
the archive but the query tree and the rule by which texts become words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record, Topic
from backscroll.importing.stemming import set_language
from backscroll.model import ids
from backscroll.model.code_writes import MakeCode
from backscroll.model.conversation import ConversationKind, Place
from backscroll.model.message import Attachment, Kind, Message
from backscroll.model.query import (
    All,
    Asked,
    Clocked,
    Either,
    Identified,
    Inside,
    Marked,
    Named,
    Not,
    Noted,
    OfKind,
    Pattern,
    Sent,
    Spoken,
    Term,
    Tree,
)
from backscroll.model.stems import forms, marked_stems
from backscroll.model.words import normalise
from tests.making import START, chat_id, store
from tests.noting import annotate, bookmark

WORDS = ["keys", "plant", "node.js", "naïve", "東京駅", "😂", "see", "https://example.org/a_b", "v2.1", "don't", "шум"]
WORDS += ["key", "keyring", "www.example.org/keys", "@Bo Berg", "plants", "@ana", "Häuser", "haus", "planted"]
_CHATS = {
    "family": ("Family", ConversationKind.GROUP, ("ana", "bo", "zoe")),
    "work": ("Work & Deploys", ConversationKind.CHANNEL, ("ana", "kim", "bot")),
    "anabo": ("Bo Berg", ConversationKind.DIRECT, ("ana", "bo")),
    "garden": ("Gärtner 庭", ConversationKind.GROUP, ("bo", "kim")),
}
PEOPLE = {"ana": "Ana Maria", "bo": "Bo Berg", "zoe": "Zoë", "kim": "Kim 田中", "bot": "Deploy-Bot"}
_CODEBOOK = [
    (UUID(int=1), "Mood", None),
    (UUID(int=2), "Joy", UUID(int=1)),
    (UUID(int=3), "Themes", None),
    (UUID(int=4), "Joy", UUID(int=3)),
]
_LANGUAGES = {"family": "en", "work": "de", "garden": None}
_KINDS = [Kind.TEXT] * 12 + [Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.DOCUMENT, Kind.POLL, Kind.SYSTEM]
_MIMES = {Kind.IMAGE: "image/jpeg", Kind.VIDEO: "video/mp4", Kind.AUDIO: "audio/ogg", Kind.DOCUMENT: "application/pdf"}


@dataclass(slots=True)
class World:
    """What is in the archive: messages newest first, and what a message does not say of itself."""

    messages: list[Message] = field(default_factory=list)
    tags: dict[UUID, set[str]] = field(default_factory=dict)
    codes: dict[UUID, set[str]] = field(default_factory=dict)
    forwarded: set[UUID] = field(default_factory=set)
    read: dict[UUID, Message] = field(default_factory=dict)
    noted: dict[UUID, list[str]] = field(default_factory=dict)
    parents: set[tuple[UUID, UUID]] = field(default_factory=set)
    languages: dict[UUID, str | None] = field(default_factory=dict)

    def finding(self, tree: Tree[Asked]) -> list[Message]:
        """The messages that a look at every one of them finds, newest first."""
        return [m for m in self.messages if self.fits(tree, m)]

    def fits(self, tree: Tree[Asked], m: Message) -> bool:
        """Whether a message is one that is asked for."""
        match tree:
            case All(parts):
                return all(self.fits(part, m) for part in parts)
            case Either(parts):
                return any(self.fits(part, m) for part in parts)
            case Not(part):
                return not self.fits(part, m)
            case Term(words, is_prefix, None):
                return _says(m.text, words, is_prefix)
            case Term((word,), _, said):
                return self._says_forms(m, str(said), word)
            case Noted(term):
                return any(_says(text, term.words, term.is_prefix) for text in self.noted.get(m.id, ()))
            case Spoken(language):
                return self.languages.get(m.conversation_id) == language
            case Named(kind, name, is_exact):
                return self._is_named(kind, normalise(name), is_exact, m)
            case Sent(since, until):
                return (since is None or m.sent_at >= since) and (until is None or m.sent_at < until)
            case Clocked(weekdays, hours, zone):
                here = m.sent_at.astimezone(ZoneInfo(zone))
                return here.isoweekday() in weekdays or here.hour in hours
            case OfKind(kind):
                return m.kind is kind
            case Marked(mark):
                return self._marks[mark](m)
            case Identified(low, high):
                return low <= m.id <= high
            case Pattern(expression):
                return re.search(expression, m.text, re.IGNORECASE) is not None
            case Inside(chats, thread):
                return m.conversation_id in chats and thread in {None, m.thread_id}
        raise AssertionError(tree)

    def _says_forms(self, m: Message, said: str, word: str) -> bool:
        """Whether a message has a form of a word, or of its chat's language a stem that the word has as well."""
        wanted = forms(said, word, tuple(set(self.languages.values()) - {None}))
        return bool(set(wanted) & _known(m.text, self.languages.get(m.conversation_id)))

    def _is_named(self, kind: str, name: str, is_exact: bool, m: Message) -> bool:
        def bears(full: str | None) -> bool:
            words = _words(full or "")
            wanted = name.split()
            if is_exact:
                return words == wanted
            return all(any(w.startswith(part) or (len(part) > 2 and part in w) for w in words) for part in wanted)

        if kind == "from":
            return bears(m.sender)
        chat = next(key for key in _CHATS if chat_id(key) == m.conversation_id)
        title, chat_kind, people = _CHATS[chat]
        match kind:
            case "with":
                return any(bears(PEOPLE[p]) for p in people)
            case "in":
                return bears(title)
            case "thread":
                return m.thread_id is not None and bears("Summer party")
            case "source":
                return bears("Test") or bears("test")
            case "tag":
                return any(bears(tag) for tag in self.tags.get(m.id, ()))
            case "code":
                return any(bears(code) for code in self.codes.get(m.id, ()))
            case "to":
                is_direct = chat_kind is ConversationKind.DIRECT and any(bears(PEOPLE[p]) for p in people)
                mentioned = any(bears(p) and re.search(f"@{p}(?!\\w)", m.text, re.IGNORECASE) for p in PEOPLE.values())
                return bool((is_direct and m.sender and not bears(m.sender)) or mentioned)
        raise AssertionError(kind)

    @staticmethod
    def words(m: Message) -> list[str]:
        """The words of a message as search knows them."""
        return _words(m.text)

    @property
    def _marks(self) -> dict[str, Callable[[Message], bool]]:
        def brings(m: Message, kind: str) -> bool:
            return m.kind == kind or any((a.mime_type or "").startswith(f"{kind}/") for a in m.attachments)

        def is_unread(m: Message) -> bool:
            mark = self.read.get(m.conversation_id)
            return mark is None or m.cursor > mark.cursor

        return {
            "link": lambda m: bool(re.search(r"https?://|\bwww\.", m.text)),
            "image": lambda m: brings(m, "image"),
            "video": lambda m: brings(m, "video"),
            "audio": lambda m: brings(m, "audio"),
            "file": lambda m: m.kind is Kind.DOCUMENT or bool(m.attachments),
            "reaction": lambda m: bool(m.reactions),
            "answer": lambda m: (m.conversation_id, m.id) in self.parents,
            "note": lambda m: m.annotation_count > 0,
            "code": lambda m: bool(self.codes.get(m.id)),
            "bookmark": lambda m: m.is_bookmarked,
            "reply": lambda m: m.parent_id is not None,
            "edited": lambda m: m.is_edited,
            "deleted": lambda m: m.is_deleted,
            "forwarded": lambda m: m.id in self.forwarded,
            "unread": is_unread,
            "mine": lambda m: m.is_owner,
        }


@cache
def _words(text: str) -> list[str]:
    return normalise(text).split()


@cache
def _known(text: str, language: str | None) -> frozenset[str]:
    return frozenset(_words(text)) | (marked_stems(text, language) if language else frozenset())


def _says(text: str, words: tuple[str, ...], is_prefix: bool) -> bool:
    said = _words(text)
    for i in range(len(said) - len(words) + 1):
        part = said[i : i + len(words)]
        if part[:-1] == list(words[:-1]) and (part[-1].startswith(words[-1]) if is_prefix else part[-1] == words[-1]):
            return True
    return False


async def fill(archive: Archive, per_chat: int = 250) -> None:
    """Brings the messages in, and what people add to them."""
    await store(archive, _records(Random(11), per_chat))
    for key, language in _LANGUAGES.items():
        await set_language(archive, chat_id(key), language)
    await archive.codes.take([MakeCode(code, name, above) for code, name, above in _CODEBOOK])
    draw, coding = Random(12), Random(13)
    for key in _CHATS:
        messages = await archive.messages.after(chat_id(key), limit=per_chat)
        for m in draw.sample(messages, 12):
            await bookmark(archive, Place(m.conversation_id, m.cursor), title="x")
        for m in draw.sample(messages, 12):
            tags = draw.choice([["draft"], ["draft", "Later on"], []])
            code = draw.choice(["theme", "Side theme", None])
            codes = [row[0] for row in coding.sample(_CODEBOOK, coding.choice([0, 0, 1, 2]))]
            place = Place(m.conversation_id, m.cursor)
            await annotate(archive, place, f"Odd remark, key {len(codes)}", tags=tags, category=code, codes=codes)
        if key != "garden":
            await archive.conversations.mark_read(chat_id(key), draw.choice(messages[-40:]).cursor)


async def look(archive: Archive) -> World:
    """What is in the archive."""
    world = World()
    for key in _CHATS:
        conversation = chat_id(key)
        messages = await archive.messages.after(conversation, limit=100_000)
        world.messages += messages
        by_id = {m.id: m for m in messages}
        world.forwarded |= {ids.message_id(conversation, str(i)) for i in range(len(messages)) if i % 17 == 3}
        world.parents |= {(conversation, m.parent_id) for m in messages if m.parent_id}
        world.languages |= await archive.languages.of([conversation])
        mark = await archive.conversations.read_mark(conversation)
        if mark:
            world.read[conversation] = by_id[mark.id]
    for found in await archive.bookmarks.page(limit=10_000):
        world.noted.setdefault(found.message.id, []).append(found.title)
    book = await archive.codes.book()
    for note in await archive.annotations.page(limit=10_000):
        world.noted.setdefault(note.message.id, []).append(" ".join([note.text, note.category or "", *note.tags]))
        world.tags.setdefault(note.message.id, set()).update(note.tags)
        names = world.codes.setdefault(note.message.id, set())
        names |= {note.category} - {None}
        for code in filter(None, map(book.get, note.codes)):
            names |= {name for above in book.line(code) for name in (above.name, book.path(above))}
    world.messages.sort(key=lambda m: m.cursor, reverse=True)
    return world


def _records(draw: Random, per_chat: int) -> list[Record]:
    records: list[Record] = []
    for key, (title, kind, people) in _CHATS.items():
        records.append(Chat(key, title, kind))
        records += [Person(key, p, PEOPLE[p], is_owner=p == "ana") for p in people]
        records.append(Topic(key, "t", "Summer party", root="5"))
        records += [_entry(draw, key, people, i) for i in range(per_chat)]
    return records


def _entry(draw: Random, key: str, people: tuple[str, ...], i: int) -> Entry:
    kind = draw.choice(_KINDS)
    mime = _MIMES.get(kind)
    files = (Attachment(f"f{i}", mime, 1, None, None),) if mime and draw.random() < 0.7 else ()
    if files and draw.random() < 0.2:
        files += (Attachment(f"g{i}", "image/png", 1, None, None),)
    return Entry(
        key,
        START + timedelta(minutes=draw.randrange(600_000)),
        None if kind is Kind.SYSTEM else draw.choice(people),
        " ".join(draw.choices(WORDS, k=draw.randint(1, 6))),
        kind,
        external_id=str(i),
        thread="t" if draw.random() < 0.1 else None,
        parent=str(draw.randrange(i)) if i and draw.random() < 0.15 else None,
        is_edited=draw.random() < 0.05,
        is_deleted=draw.random() < 0.03,
        attachments=files,
        reactions=(Reacted("👍", people[0]),) if draw.random() < 0.1 else (),
        raw={"forwarded_from": "x"} if i % 17 == 3 else None,
    )
