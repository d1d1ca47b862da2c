"""msgstore.db in its new layout: one table of messages, and a table of its own for everything that some have."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from backscroll.importing.databases import Row, shown
from backscroll.importing.documents import rejected, text, whole
from backscroll.importing.formats.whatsapp_databases.notices import notice_words
from backscroll.importing.formats.whatsapp_databases.parts import Parts, Tables, more, value, words
from backscroll.importing.formats.whatsapp_databases.people import OWNER, UNKNOWN
from backscroll.importing.formats.whatsapp_databases.store import EPOCH, Store, moment
from backscroll.importing.formats.whatsapp_databases.wording import call_words
from backscroll.importing.media import kind_of
from backscroll.importing.records import Entry, Reacted, Record
from backscroll.model.message import Attachment, Kind

MILLISECOND: Final = timedelta(milliseconds=1)
KINDS: Final = {
    0: Kind.TEXT, 1: Kind.IMAGE, 2: Kind.AUDIO, 3: Kind.VIDEO, 4: Kind.CONTACT, 5: Kind.LOCATION, 7: Kind.SYSTEM,
    8: Kind.CALL, 9: Kind.DOCUMENT, 10: Kind.CALL, 13: Kind.VIDEO, 14: Kind.CONTACT, 15: Kind.TEXT,
    16: Kind.LOCATION, 20: Kind.STICKER, 42: Kind.IMAGE, 43: Kind.VIDEO, 64: Kind.TEXT, 66: Kind.POLL, 81: Kind.VIDEO,
    82: Kind.AUDIO, 90: Kind.CALL,
}  # fmt: skip
DELETED: Final = (15, 64)
_CALL: Final = 90
_COLUMNS: Final = (
    "_id", "chat_row_id", "from_me", "key_id", "sender_jid_row_id", "timestamp", "message_type", "text_data", "starred",
)  # fmt: skip
_CALLS: Final = (
    "_id", "jid_row_id", "from_me", "call_id", "timestamp", "video_call", "duration", "group_jid_row_id",
)  # fmt: skip


class Android:
    """The new layout."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.last = store.database.last("message", "_id")
        self._addresses = _addresses(store)
        self._chats = self._read_chats()
        self._tables = Tables(store.database)
        self._has_calls = store.database.has("call_log", "call_id")

    def records(self) -> Iterator[tuple[int, Record]]:
        """The messages, then the calls."""
        for row in self._store.database.rows("message", _COLUMNS, "_id"):
            number = whole(row["_id"]) or 0
            if not _says_something(row) or (self._has_calls and row["message_type"] == _CALL):
                continue  # the list of calls tells of it
            for record in self._records(row, number):
                yield number, record
        for row in self._store.database.rows("call_log", _CALLS, "_id"):
            for record in self._records(row, self.last):
                yield self.last, record

    def _records(self, row: Row, number: int) -> Iterator[Record]:
        try:
            entry = self._call(row) if "call_id" in row else self._entry(row, self._tables.of(number))
        except ValueError as error:
            of = "call" if "call_id" in row else "message"
            yield rejected(shown(row), error, f"{self._store.member}:{of} {row['_id']}")
            return
        yield from self._store.introduced(entry)
        yield entry

    def _address(self, number: object) -> str:
        return self._store.people.one(self._addresses.get(number, "")) if isinstance(number, int) else ""

    def _read_chats(self) -> dict[object, str]:
        store, chats = self._store, {}
        for row in store.database.rows("chat", ("_id", "jid_row_id", "subject")):
            address = self._address(row["jid_row_id"])
            if address:
                chats[row["_id"]] = address
                store.subjects.setdefault(address, text(row["subject"]))
        for row in store.database.rows("group_participant_user", ("group_jid_row_id", "user_jid_row_id")):
            group, who = self._address(row["group_jid_row_id"]), self._address(row["user_jid_row_id"])
            if group and who:
                store.members.setdefault(group, []).append(who)
        return chats

    def _entry(self, row: Row, parts: Parts) -> Entry:
        chat, kind = self._chats.get(row["chat_row_id"]), row["message_type"]
        if chat is None:
            raise ValueError("its chat is missing")
        sent_at = moment(row["timestamp"], EPOCH, MILLISECOND)
        number = text(value(parts, "message_edit_info", "original_key_id")) or text(row["key_id"]) or None
        entry = Entry(
            chat,
            sent_at,
            self._sender(row, chat),
            self._named(text(row["text_data"]), parts),
            KINDS.get(kind, Kind.TEXT) if isinstance(kind, int) else Kind.TEXT,
            external_id=number,
            clock=None if number else sent_at.replace(tzinfo=None),
            is_edited="message_edit_info" in parts,
            is_deleted=kind in DELETED,
            edited_at=_edited_at(parts),
            attachments=tuple(self._files(parts)),
            reactions=tuple(self._reactions(parts)),
            raw=more(parts, starred=row["starred"], message_type=None if kind in KINDS else kind),
        )
        self._answer(entry, parts)
        self._say(entry, parts, kind)
        return entry

    def _sender(self, row: Row, chat: str) -> str:
        if row["from_me"] == 1:
            return OWNER
        return self._address(row["sender_jid_row_id"]) or (UNKNOWN if chat.endswith("@g.us") else chat)

    def _answer(self, entry: Entry, parts: Parts) -> None:
        """What it answers; a message of another chat (a status, an answer in private) is told by its words only."""
        if "message_quoted" not in parts:
            return
        other = self._chats.get(value(parts, "message_quoted", "parent_message_chat_row_id"), entry.chat)
        if other == entry.chat:
            entry.parent = text(value(parts, "message_quoted", "key_id")) or None
        else:
            entry.raw = {**(entry.raw or {}), "quoted": text(value(parts, "message_quoted", "text_data"))}

    def _say(self, entry: Entry, parts: Parts, kind: object) -> None:
        if entry.kind is Kind.SYSTEM:
            self._notice(entry, parts)
            return
        if entry.attachments and entry.kind is Kind.TEXT:
            entry.kind = kind_of(entry.attachments[0].mime_type, entry.attachments[0].file_name)
        entry.text = words(entry.kind, entry.text, parts)
        if kind not in KINDS and not entry.text and not entry.attachments:
            entry.text = f"A message of a kind that is not known ({kind})"

    def _notice(self, entry: Entry, parts: Parts) -> None:
        who = entry.person or UNKNOWN
        concerned = parts.get("message_system_chat_participant", [])
        entry.text = notice_words(
            whole(value(parts, "message_system", "action_type")),
            "" if who in (UNKNOWN, entry.chat) else self._store.people.called(who),
            [self._store.people.called(self._address(row["user_jid_row_id"])) for row in concerned],
            entry.text,
            text(value(parts, "message_system_value_change", "old_data")),
        )
        entry.person = None

    def _named(self, said: str, parts: Parts) -> str:
        """The text with names for those whom it mentions by their numbers."""
        for row in parts.get("message_mentions", []):
            number = row["jid_row_id"]
            address = self._addresses.get(number, "") if isinstance(number, int) else ""
            user = address.partition("@")[0]
            said = said.replace(f"@{user}", f"@{self._store.people.called(address)}") if user else said
        return said

    def _files(self, parts: Parts) -> Iterator[Attachment]:
        for row in parts.get("message_media", []):
            if row["file_path"] or row["mime_type"]:
                yield self._store.file(row["file_path"], row["mime_type"], row["file_size"], row["media_name"])

    def _reactions(self, parts: Parts) -> Iterator[Reacted]:
        """The newest reaction of each person; an empty one took it back."""
        newest = {}
        for row in parts.get("reactions", []):
            who = OWNER if row["from_me"] == 1 else self._address(row["sender_jid_row_id"]) or UNKNOWN
            newest[who] = text(row["reaction"])
        yield from (Reacted(emoji, who) for who, emoji in newest.items() if emoji)

    def _call(self, row: Row) -> Entry:
        caller, group = self._address(row["jid_row_id"]), self._address(row["group_jid_row_id"])
        if not caller and not group:
            raise ValueError("nobody is named in it")
        mine = row["from_me"] == 1
        said = call_words(video=row["video_call"] == 1, seconds=whole(row["duration"]) or 0, by_owner=mine)
        name = text(row["call_id"]) or f"{row['_id']}/{row['timestamp']}"
        sent_at = moment(row["timestamp"], EPOCH, MILLISECOND)
        person = OWNER if mine else caller or UNKNOWN
        return Entry(group or caller, sent_at, person, said, Kind.CALL, external_id=f"call:{name}")


def _edited_at(parts: Parts) -> datetime | None:
    edited = value(parts, "message_edit_info", "edited_timestamp")
    try:
        return moment(edited, EPOCH, MILLISECOND) if edited else None
    except ValueError:
        return None


def _says_something(row: Row) -> bool:
    """Whether it is a message; every database begins with a row that is none."""
    return not (text(row["key_id"]) in ("-1", "") and row["chat_row_id"] in (-1, None))


def _addresses(store: Store) -> dict[int, str]:
    """WhatsApp's addresses by their numbers; learns on the way which hidden ones are whose."""
    rows = store.database.rows("jid", ("_id", "raw_string", "user", "server"))
    named = ((row["_id"], text(row["raw_string"]) or f"{row['user']}@{row['server']}") for row in rows)
    found = {number: address for number, address in named if isinstance(number, int)}
    for row in store.database.rows("jid_map", ("lid_row_id", "jid_row_id"), "sort_id"):
        hidden, phone = (found.get(n) if isinstance(n := row[k], int) else None for k in ("lid_row_id", "jid_row_id"))
        if hidden and phone and hidden != phone:
            store.people.match(hidden, phone)
    for row in store.database.rows("lid_display_name", ("lid_row_id", "display_name")):
        number = row["lid_row_id"]
        store.people.name([(found.get(number) if isinstance(number, int) else None, row["display_name"])])
    return found
