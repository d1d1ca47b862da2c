"""Reading a mailbox: one chat, with what was answered as threads."""

import email
from collections.abc import Iterator
from email.message import Message
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.documents import RAW_MAX
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading, reading
from backscroll.importing.formats.mail.bodies import files_of, parts_of, words_of
from backscroll.importing.formats.mail.headers import header, identifiers, sender, sent, topic
from backscroll.importing.formats.mail.letters import LETTER_MAX, is_letter, is_mbox, letters_in
from backscroll.importing.records import Chat, Entry, Person, Record, Rejected, Topic
from backscroll.importing.streaming import HEAD
from backscroll.importing.telling import Told
from backscroll.model.message import Kind

_KEPT: Final = ("To", "Cc", "List-Id", "X-Gmail-Labels")
_SINGLE: Final = ".eml"
_TAKEN: Final = (".mbox", ".mbx", "")


class Mail:
    """mbox files, maildirs and single messages."""

    name = "mail"
    title = "Mail: mbox, maildir, eml"
    carries = "a mailbox as a chat, answers as threads; subjects, HTML as text; files"
    recognised = "by its first lines; a maildir by its folders cur and new"

    def recognises(self, export: Export) -> bool:
        """Whether a mailbox lies there; a zip may hold several."""
        return bool(_mailboxes_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every mailbox of the export. Raises AppError where there is none."""
        mailboxes = _mailboxes_in(export)
        if not mailboxes:
            raise AppError(
                f"{export.name} holds no mail",
                "Point at an mbox file, at a maildir (the folder that holds cur and new), or at an .eml file.",
                code="not_recognised",
            )
        total = sum(export.size(member) for members in mailboxes.values() for member in members)
        return reading(self.name, "Mail", choices, total, _records(export, mailboxes, choices))


def _mailboxes_in(export: Export) -> dict[str, list[str]]:
    """The files of each mailbox by its title: one mbox, or the letters of a maildir."""
    found: dict[str, list[str]] = {}
    for member in export.members:
        folder, _, name = member.rpartition("/")
        above, _, kind = folder.rpartition("/")
        if kind in ("cur", "new"):
            if (not export.is_folder or not above) and is_letter(export.read(member, HEAD)):
                found.setdefault(above.rpartition("/")[2] or export.path.resolve().stem, []).append(member)
        elif not export.is_folder and _is_mailbox(export, member):
            found.setdefault(name.rpartition(".")[0] or name, []).append(member)
    return found


def _is_mailbox(export: Export, member: str) -> bool:
    name = member.rpartition("/")[2]
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix == _SINGLE:
        return is_letter(export.read(member, HEAD))
    return suffix in _TAKEN and is_mbox(export.read(member, HEAD))


def _records(export: Export, mailboxes: dict[str, list[str]], choices: Choices) -> Iterator[tuple[int, Record]]:
    done = 0
    for name, members in mailboxes.items():
        box = _Mailbox((choices.title if len(mailboxes) == 1 else None) or name)
        yield done, Chat(box.chat, box.chat)
        for member in members:
            for position, line, letter in _letters(export, member):
                for record in box.records(letter, f"{member}:{line}"):
                    yield done + min(position, export.size(member)), record
            done += export.size(member)


def _letters(export: Export, member: str) -> Iterator[tuple[int, int, bytes]]:
    if not is_mbox(export.read(member, HEAD)):
        yield 0, 1, export.read(member, LETTER_MAX)
        return
    with export.open(member) as stream:
        yield from letters_in(stream)


class _Mailbox:
    """One mailbox while it is read. A letter's thread is that of the letters which it names, the oldest first."""

    def __init__(self, chat: str) -> None:
        self.chat = chat
        self._told = Told()
        self._thread_of: dict[str, str] = {}
        self._topics: dict[str, str] = {}

    def records(self, raw: bytes, place: str) -> Iterator[Record]:
        """The letter, after whoever wrote it and the thread that it begins."""
        try:
            letter = email.message_from_bytes(raw)
            entry = self._entry(letter)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            told = str(error) if type(error) is ValueError else "it is not a letter that can be read"
            yield Rejected(raw[:RAW_MAX].decode("utf-8", "replace"), told or "it cannot be read", place)
            return
        address, name = sender(letter)
        yield from self._told.once(Person(self.chat, address, name))
        yield from self._threaded(entry, letter)
        yield entry

    def _entry(self, letter: Message) -> Entry:
        moment = sent(letter)
        parts = parts_of(letter)
        files = tuple(files_of(parts))
        kept: dict[str, object] = {name: said for name in _KEPT if (said := header(letter, name))}
        return Entry(
            self.chat,
            moment,
            sender(letter)[0],
            words_of(parts),
            Kind.TEXT,
            external_id=next(iter(identifiers(letter, "Message-ID")), None),
            clock=moment.replace(tzinfo=None),
            attachments=files,
            raw=kept or None,
        )

    def _threaded(self, entry: Entry, letter: Message) -> Iterator[Record]:
        """Sets the letter's thread, and gives it where it is new; another subject than the thread's goes first."""
        before = identifiers(letter, "References") + identifiers(letter, "In-Reply-To")
        known = (self._thread_of[one] for one in before if one in self._thread_of)
        first = before[0] if before else entry.external_id
        subject = header(letter, "Subject")
        entry.thread = next(known, first)
        entry.parent = next(iter(reversed(identifiers(letter, "In-Reply-To") or before)), None)
        if entry.thread is not None:
            for one in (*before, *([entry.external_id] if entry.external_id else [])):
                self._thread_of.setdefault(one, entry.thread)
            topics = self._topics.setdefault(entry.thread, topic(subject))
            yield from self._told.once(Topic(self.chat, entry.thread, topics or "Without a subject", entry.thread))
        if subject and (not before or topic(subject) != self._topics.get(entry.thread or "")):
            entry.text = f"{subject}\n\n{entry.text}".rstrip("\n")
