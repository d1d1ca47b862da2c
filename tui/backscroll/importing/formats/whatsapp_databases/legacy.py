"""msgstore.db in its old layout: everything in one wide table, `messages`."""

import re
from collections.abc import Iterator
from typing import Final

from backscroll.importing.databases import Row, shown
from backscroll.importing.documents import rejected, text, whole
from backscroll.importing.formats.whatsapp_databases.android import DELETED, KINDS, MILLISECOND
from backscroll.importing.formats.whatsapp_databases.notices import notice_words
from backscroll.importing.formats.whatsapp_databases.people import OWNER, UNKNOWN
from backscroll.importing.formats.whatsapp_databases.store import EPOCH, Store, moment
from backscroll.importing.formats.whatsapp_databases.wording import call_words, contact_words, place_words
from backscroll.importing.records import Entry, Record
from backscroll.model.message import Attachment, Kind

_COLUMNS: Final = (
    "_id", "key_remote_jid", "key_from_me", "key_id", "status", "data", "timestamp", "media_url", "media_mime_type",
    "media_wa_type", "media_size", "media_name", "media_caption", "media_duration", "latitude", "longitude",
    "thumb_image", "remote_resource", "quoted_row_id", "edit_version", "forwarded", "starred",
)  # fmt: skip
_NOTICE: Final = 6  # a status
_WITH_FILE: Final = (Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.DOCUMENT, Kind.STICKER)
# A serialised Java string: its length in two bytes, then the path below the app's folder.
_PATH: Final = re.compile(rb"(?s)(..)(?=Media/)")


class Legacy:
    """The old layout."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.last = store.database.last("messages", "_id")
        for row in store.database.rows("chat_list", ("key_remote_jid", "subject")):
            store.subjects[text(row["key_remote_jid"])] = text(row["subject"])
        for row in store.database.rows("group_participants", ("gjid", "jid")):
            if text(row["gjid"]) and text(row["jid"]):
                store.members.setdefault(text(row["gjid"]), []).append(store.people.one(text(row["jid"])))
        self._answers = store.database.has("messages_quotes", "_id", "key_id")

    def records(self) -> Iterator[tuple[int, Record]]:
        """The messages in the order in which they came."""
        for row in self._store.database.rows("messages", _COLUMNS, "_id"):
            number = whole(row["_id"]) or 0
            if text(row["key_remote_jid"]) in ("-1", "") and row["key_id"] in ("-1", None):
                continue
            try:
                entry = self._entry(row)
            except ValueError as error:
                yield number, rejected(shown(row), error, f"{self._store.member}:message {number}")
                continue
            for record in (*self._store.introduced(entry), entry):
                yield number, record

    def _entry(self, row: Row) -> Entry:
        chat, kind = text(row["key_remote_jid"]), _number(row["media_wa_type"])
        if not chat:
            raise ValueError("its chat is missing")
        chat = self._store.people.one(chat)
        sent_at, number = moment(row["timestamp"], EPOCH, MILLISECOND), text(row["key_id"]) or None
        entry = Entry(
            chat,
            sent_at,
            self._sender(row, chat),
            text(row["data"]) or text(row["media_caption"]),
            Kind.SYSTEM if row["status"] == _NOTICE else KINDS.get(kind, Kind.TEXT),
            external_id=number,
            clock=None if number else sent_at.replace(tzinfo=None),
            parent=self._answered(row),
            is_edited=bool(row["edit_version"]) and kind not in DELETED,
            is_deleted=kind in DELETED,
            raw=shown({key: row[key] or None for key in ("forwarded", "starred", "media_duration")}) or None,
        )
        self._fill(entry, row)
        return entry

    def _sender(self, row: Row, chat: str) -> str:
        if row["key_from_me"] == 1:
            return OWNER
        who = text(row["remote_resource"])
        return self._store.people.one(who) if who else UNKNOWN if chat.endswith("@g.us") else chat

    def _answered(self, row: Row) -> str | None:
        quoted = row["quoted_row_id"]
        if not self._answers or not isinstance(quoted, int) or quoted <= 0:
            return None
        query = "SELECT q.key_id FROM messages_quotes AS q WHERE q._id = ?"
        return text(next(self._store.database.select(query, quoted), ("",))[0]) or None

    def _fill(self, entry: Entry, row: Row) -> None:
        if entry.kind is Kind.SYSTEM:
            action, who = whole(row["media_size"]), text(row["remote_resource"])
            actor = self._store.people.called(who) if who else "Me" if row["key_from_me"] == 1 else ""
            entry.text, entry.person = notice_words(action, actor, (), entry.text), None
        elif entry.kind is Kind.LOCATION:
            entry.text = place_words(row["latitude"], row["longitude"], text(row["media_name"]), entry.text)
        elif entry.kind is Kind.CONTACT:
            entry.text = contact_words(entry.text) or text(row["media_name"])
        elif entry.kind is Kind.CALL:
            seconds, mine = whole(row["media_duration"]) or 0, row["key_from_me"] == 1
            entry.text = call_words(video=row["media_caption"] == "video", seconds=seconds, by_owner=mine)
        elif entry.kind in _WITH_FILE:
            entry.text = text(row["media_caption"])
            entry.attachments = (self._file(row),)

    def _file(self, row: Row) -> Attachment:
        path = _path_in(row["thumb_image"])
        name = text(row["media_name"]) if not path or "." in text(row["media_name"]) else None
        return self._store.file(path or None, row["media_mime_type"], row["media_size"], name)


def _number(value: object) -> int:
    """The kind of a message, which stands there as text."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else whole(value) or 0


def _path_in(data: object) -> str:
    found = _PATH.search(data) if isinstance(data, bytes) else None
    if found is None or not isinstance(data, bytes):
        return ""
    size = int.from_bytes(found[1], "big")
    return data[found.end() : found.end() + size].decode("utf-8", "replace") if size < 1000 else ""
