"""One record of a day file as an entry, with the people and the thread that it names."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from backscroll.importing.documents import Json, record, records_in, text, texts, whole
from backscroll.importing.enclosing import attached
from backscroll.importing.export import Export
from backscroll.importing.formats.slack.emoji import emoji
from backscroll.importing.formats.slack.roster import Roster, name_of
from backscroll.importing.formats.slack.wording import plain, text_of
from backscroll.importing.media import kind_of
from backscroll.importing.moments import moment_or_none
from backscroll.importing.reactions import reactions
from backscroll.importing.records import Entry, Reacted
from backscroll.model.links import is_link
from backscroll.model.message import Attachment, Kind

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_STAMP: Final = re.compile(r"(\d{1,11})(?:\.(\d{1,9}))?", re.ASCII)
_SYSTEM: Final = re.compile(
    r"(?:channel|group)_(?:join|leave|topic|purpose|name|archive|unarchive|posting_permissions|convert_to_private|convert_to_public)"
    r"|(?:un)?pinned_item|bot_(?:add|remove|enable|disable)|reminder_(?:add|delete)|channel_canvas_updated|ekm_access_denied"
)
_HOLDS_MORE: Final = ("blocks", "attachments", "files", "file", "room", "comment", "metadata")
_CALLS: Final = ("sh_room_created", "huddle_thread")


@dataclass(frozen=True, slots=True)
class Author:
    """Whom a message is by: an id that is the same in every message, and the name that goes with it."""

    identity: str
    name: str


def sent_at(stamp: str) -> datetime:
    """The moment that a message's `ts` stands for, to the microsecond. Raises ValueError where it is none."""
    found = _STAMP.fullmatch(stamp)
    if found is None:
        raise ValueError("it has no time (ts)")
    return _EPOCH + timedelta(seconds=int(found[1]), microseconds=int((found[2] or "0").ljust(6, "0")[:6]))


def author_of(message: Json, roster: Roster) -> Author | None:
    """Who wrote the message; None for a notice of Slack's own."""
    if is_notice(message):
        return None
    identity = text(message.get("user")) or text(record(message.get("comment")).get("user"))
    shown = plain(text(message.get("username")), roster).removeprefix("@")
    if identity:
        return Author(identity, roster.person(identity, name_of({"profile": message.get("user_profile")}) or shown))
    bot = text(message.get("bot_id"))
    if shown:  # many integrations post under one bot, each by a name of its own
        return Author(f"{bot}/{shown}", shown)
    name = text(record(message.get("bot_profile")).get("name"))
    return Author(bot or name or "unknown", roster.person(bot, name) or "unknown")


def is_notice(message: Json) -> bool:
    """Whether Slack itself says this."""
    return _SYSTEM.fullmatch(text(message.get("subtype"))) is not None


def entry_of(message: Json, chat: str, author: Author | None, roster: Roster) -> Entry:
    """The message. Raises ValueError where it cannot be one."""
    stamp = text(message.get("ts"))
    moment = sent_at(stamp)
    thread = text(message.get("thread_ts")) or None
    deleted = text(message.get("subtype")) == "tombstone"
    files = () if deleted else tuple(_attachment(file) for file in _files_in(message))
    return Entry(
        chat,
        moment,
        author.identity if author else None,
        "" if deleted else text_of(message, roster),
        _kind(message, author, files),
        external_id=stamp,
        thread=thread,
        parent=thread if thread != stamp else None,
        is_edited="edited" in message,
        edited_at=moment_or_none(text(record(message.get("edited")).get("ts")), UTC),
        is_deleted=deleted,
        attachments=files,
        reactions=_reactions(message),
        raw=message if any(message.get(name) for name in _HOLDS_MORE) else None,
    )


def _kind(message: Json, author: Author | None, files: tuple[Attachment, ...]) -> Kind:
    if author is None:
        return Kind.SYSTEM
    if text(message.get("subtype")) in _CALLS:
        return Kind.CALL
    return kind_of(files[0].mime_type, files[0].file_name) if files else Kind.TEXT


def _files_in(message: Json) -> list[Json]:
    files = records_in(message.get("files"))
    # A comment on a file shows the file again, but does not bring it.
    if not files and message.get("file") and message.get("subtype") != "file_comment":
        files = [record(message.get("file"))]
    return files


def _attachment(file: Json) -> Attachment:
    name, address = text(file.get("name")) or text(file.get("title")) or None, text(file.get("permalink"))
    where = address if is_link(address) else None
    return Attachment(name, text(file.get("mimetype")) or None, whole(file.get("size")), None, where)


def files_of(message: Json, export: Export, member: str, root: str) -> tuple[Attachment, ...]:
    """The message's files, with their bytes where a downloader laid them beside the export that Slack sent."""
    return tuple(_found(file, export, member, root) for file in _files_in(message))


def _found(file: Json, export: Export, member: str, root: str) -> Attachment:
    plain = _attachment(file)
    number, name = text(file.get("id")), plain.file_name or ""
    for beside, path in ((member, f"attachments/{number}-{name}"), (f"{root}users.json", f"__uploads/{number}/{name}")):
        if number and name and export.beside(beside, path) is not None:
            return attached(export, beside, path, name=name, mime=plain.mime_type, size=plain.size)
    return plain


def _reactions(message: Json) -> tuple[Reacted, ...]:
    left = records_in(message.get("reactions"))
    return reactions((emoji(text(one.get("name"))), texts(one.get("users")), one.get("count")) for one in left)
