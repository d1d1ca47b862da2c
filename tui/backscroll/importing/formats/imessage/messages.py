"""One row of Messages as an entry: text, kind, files, edits, what it answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from backscroll.importing.databases import Database, Row, beside, shown
from backscroll.importing.documents import text, whole
from backscroll.importing.enclosing import attached
from backscroll.importing.export import Export
from backscroll.importing.formats.imessage.chats import OWNER, UNKNOWN, Chats, called
from backscroll.importing.formats.imessage.events import event_words, is_event
from backscroll.importing.formats.imessage.history import summary_of, was_taken_back, wordings
from backscroll.importing.formats.imessage.tapbacks import standing, tapbacks, target_of
from backscroll.importing.formats.imessage.typedstream import text_of
from backscroll.importing.media import kind_of, mime_type
from backscroll.importing.records import Entry, Reacted
from backscroll.model.message import Attachment, Kind

COLUMNS: Final = (
    "ROWID", "guid", "text", "attributedBody", "handle_id", "other_handle", "is_from_me", "date", "item_type",
    "group_title", "group_action_type", "share_status", "associated_message_guid", "associated_message_type",
    "thread_originator_guid", "date_edited", "date_retracted", "message_summary_info", "balloon_bundle_id", "subject",
    "service", "expressive_send_style_id",
)  # fmt: skip
_FILES: Final = ("ROWID", "filename", "mime_type", "transfer_name", "total_bytes", "is_sticker")
_KEPT: Final = ("service", "expressive_send_style_id", "balloon_bundle_id")
_PREVIEW: Final = ".pluginpayloadattachment"
_PLACE: Final = ("text/x-vlocation", ".loc.vcf")
_LINK: Final = "com.apple.messages.URLBalloonProvider"
_OBJECTS: Final = str.maketrans("", "", "\ufffc\ufffd")
_APPLE: Final = datetime(2001, 1, 1, tzinfo=UTC)
_NANOSECONDS: Final = 10**11  # so many seconds are 3000 years


class Messages:
    """The rows of one database as entries."""

    def __init__(self, export: Export, member: str, database: Database, chats: Chats) -> None:
        self._export = export
        self._member = member
        self._database = database
        self._chats = chats
        self._tapbacks = tapbacks(database)
        self._joined = beside(database, "message_attachment_join", "message_id", "attachment_id")
        self._has_files = database.has("attachment")

    def entry(self, row: Row, chat: str) -> Entry:
        """The message of a row; rows are asked for in growing order. Raises ValueError where it has no time."""
        number = whole(row["ROWID"]) or 0
        joined, left = self._joined.of(number), self._tapbacks.of(number)
        sent_at, guid, summary = moment(row["date"]), text(row["guid"]) or None, summary_of(row["message_summary_info"])
        said = words_of(row)
        person = self._person(row["is_from_me"], row["handle_id"])
        entry = Entry(
            chat,
            sent_at,
            person,
            said,
            external_id=guid,
            clock=None if guid else sent_at.replace(tzinfo=None),
            parent=text(row["thread_originator_guid"]) or target_of(row) or None,
            is_edited=bool(row["date_edited"]) and bool(said),
            edited_at=_edited_at(row["date_edited"]),
            is_deleted=bool(row["date_retracted"]) or (was_taken_back(summary) and not said),
            reactions=tuple(
                Reacted(emoji, self._person(r["is_from_me"], r["handle_id"])) for r, emoji in standing(left)
            ),
            raw=shown({key: row[key] for key in _KEPT} | {"earlier": wordings(summary)[:-1] or None}) or None,
        )
        if is_event(row):
            actor, other = called(person), called(self._chats.address(row["other_handle"]))
            entry.kind, entry.person, entry.text = Kind.SYSTEM, None, event_words(row, actor, other)
        else:
            self._fill(entry, joined, row)
        return entry

    def has(self, guid: str) -> bool:
        """Whether there is a message of that guid."""
        found = self._database.select("SELECT 1 FROM message AS m WHERE m.guid = ? LIMIT 1", guid)
        return next(found, None) is not None

    def _person(self, is_from_me: object, handle: object) -> str:
        return OWNER if is_from_me == 1 else self._chats.address(handle) or UNKNOWN

    def _fill(self, entry: Entry, joined: list[Row], row: Row) -> None:
        files = [found for one in joined for found in self._files(one["attachment_id"])]
        entry.attachments = tuple(self._file(file) for file in files)
        if files:
            entry.kind = _kind_of(files[0])
        app = text(row["balloon_bundle_id"])
        if not entry.text and not files and not entry.is_deleted and app != _LINK:
            entry.text = f"A message of an app ({app.rpartition(':')[2]})" if app else ""

    def _files(self, number: object) -> Iterator[Row]:
        if not self._has_files or not isinstance(number, int):
            return
        for row in self._database.rows("attachment", _FILES, where=("ROWID", number)):
            if not _name(row).lower().endswith(_PREVIEW):
                yield row

    def _file(self, row: Row) -> Attachment:
        """A file; Messages keeps them in a folder beside its database, and names it from the home directory on."""
        name, kept = _name(row), text(row["filename"])
        below = f"Attachments/{kept.partition('/Attachments/')[2]}" if "/Attachments/" in kept else kept
        known = whole(row["total_bytes"]) or None
        return attached(self._export, self._member, below, name=name, mime=text(row["mime_type"]), size=known)


def _edited_at(value: object) -> datetime | None:
    try:
        return moment(value) if value else None
    except ValueError:
        return None


def _name(row: Row) -> str:
    return text(row["transfer_name"]) or text(row["filename"]).rpartition("/")[2]


def _kind_of(row: Row) -> Kind:
    name, mime = _name(row), text(row["mime_type"]) or mime_type(_name(row))
    if row["is_sticker"] == 1:
        return Kind.STICKER
    return Kind.LOCATION if mime == _PLACE[0] or name.endswith(_PLACE[1]) else kind_of(mime, name)


def words_of(row: Row) -> str:
    """The text, which newer versions keep only as an archived string; what stands for a file in it is left out."""
    said = (text(row["text"]) or text_of(row["attributedBody"])).translate(_OBJECTS).strip()
    return "\n".join(part for part in (text(row["subject"]), said) if part)


def moment(value: object) -> datetime:
    """The time of so many seconds or, since 2017, nanoseconds since 2001. Raises ValueError where there is none."""
    if not isinstance(value, int | float) or value <= 0:
        raise ValueError("it has no time")
    try:
        if value > _NANOSECONDS:
            return _APPLE + timedelta(microseconds=int(value) // 1000)
        return _APPLE + timedelta(seconds=value)
    except (OverflowError, ValueError) as error:
        raise ValueError("its time is out of range") from error
