"""One record of a chat's list as an entry, with the people that it names."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Final

from backscroll.importing.documents import Json, identity, record, records_in, text, whole
from backscroll.importing.enclosing import attached
from backscroll.importing.export import Export
from backscroll.importing.formats.telegram.notices import call_of, is_call, notice_of
from backscroll.importing.formats.telegram.wording import words_of
from backscroll.importing.media import kind_of, mime_type
from backscroll.importing.moments import moment_or_none, read_moment
from backscroll.importing.reactions import reactions
from backscroll.importing.records import Entry, Person
from backscroll.model.message import Attachment, Kind

_KINDS: Final = {
    "sticker": Kind.STICKER,
    "voice_message": Kind.AUDIO,
    "audio_file": Kind.AUDIO,
    "video_message": Kind.VIDEO,
    "video_file": Kind.VIDEO,
    "animation": Kind.VIDEO,
}
_SHARED: Final = {
    "poll": Kind.POLL,
    "contact_information": Kind.CONTACT,
    "location_information": Kind.LOCATION,
    "place_name": Kind.LOCATION,
}
_HOLDS_MORE: Final = frozenset({
    "forwarded_from", "saved_from", "via_bot", "author", "poll", "location_information", "contact_information", "photo",
    "file", "reactions", "inline_bot_buttons", "invoice_information", "game_title", "reply_to_peer_id", "action",
    "edited",
})  # fmt: skip
_LEFT_OUT: Final = re.compile(r"(?:(.*) )?\((?:File|Photo) .*\)", re.DOTALL)
_NOBODY: Final = "deleted"


def author_of(message: Json, chat: str) -> Person | None:
    """Who wrote the message; None for what Telegram says itself."""
    if message.get("type") == "service" and not is_call(message):
        return None
    named = "from" if message.get("type") != "service" else "actor"
    who = identity(message.get(f"{named}_id")) or _NOBODY
    return Person(chat, who, text(message.get(named)) or text(message.get("author")) or _nameless(who))


def _nameless(who: str) -> str:
    return "Deleted account" if who.startswith(("user", _NOBODY)) else who


def entry_of(message: Json, author: Person | None, chat: str, zone: tzinfo) -> Entry:
    """The message, without its files. Raises ValueError where it has no id or no time."""
    number = identity(message.get("id"))
    if not number:
        raise ValueError("it has no id")
    if message.get("type") == "unsupported":
        raise ValueError("Telegram did not export what it holds")
    elsewhere = "reply_to_peer_id" in message
    return Entry(
        chat,
        _moment(message, zone),
        author.external_id if author else None,
        _words(message),
        Kind.SYSTEM if author is None else _kind(message),
        external_id=number,
        parent=None if elsewhere else identity(message.get("reply_to_message_id")) or None,
        is_edited="edited" in message or "edited_unixtime" in message,
        edited_at=moment_or_none(identity(message.get("edited_unixtime")) or text(message.get("edited")), zone),
        reactions=reactions(
            (emoji, [who.external_id for who in people], count) for emoji, people, count in reactions_of(message, chat)
        ),
        raw=None if _HOLDS_MORE.isdisjoint(message) else message,
    )


def _moment(message: Json, zone: tzinfo) -> datetime:
    stamp = identity(message.get("date_unixtime"))
    try:
        if stamp:
            return datetime.fromtimestamp(int(stamp), UTC)
        return read_moment(text(message.get("date")), zone)[1]
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError("it has no time that can be read (date)") from error


def _words(message: Json) -> str:
    if is_call(message):
        return call_of(message)
    return notice_of(message) if message.get("type") == "service" else words_of(message)


def _kind(message: Json) -> Kind:
    if is_call(message):
        return Kind.CALL
    if message.get("photo"):
        return Kind.IMAGE
    known = _KINDS.get(text(message.get("media_type")))
    if known is not None or message.get("file"):
        return known or kind_of(text(message.get("mime_type")) or mime_type(_file_name(message) or ""))
    return next((kind for name, kind in _SHARED.items() if message.get(name)), Kind.TEXT)


def _file_name(message: Json) -> str | None:
    shown = text(message.get("file_name"))
    path = text(message.get("file")) or text(message.get("photo")) or text(message.get("contact_vcard"))
    left_out = _LEFT_OUT.fullmatch(path)
    return shown or (left_out[1] if left_out else path.rpartition("/")[2]) or None


def files_of(message: Json, export: Export, member: str) -> tuple[Attachment, ...]:
    """The file of the message, with its size and place where it lies beside the export."""
    path = text(message.get("photo")) or text(message.get("file")) or text(message.get("contact_vcard"))
    if not path or message.get("type") == "service":
        return ()
    told = whole(message.get("photo_file_size" if message.get("photo") else "file_size"))
    mime = text(message.get("mime_type")) or None
    return (attached(export, member, path, name=_file_name(message), mime=mime, size=told),)


def reactions_of(message: Json, chat: str) -> Iterator[tuple[str, list[Person], object]]:
    """Each emoji with the people whom the export names for it, the latest only, and with the number of all."""
    for reaction in records_in(message.get("reactions")):
        named = [(identity(one.get("from_id")) or _NOBODY, one) for one in records_in(reaction.get("recent"))]
        people = [Person(chat, who, text(one.get("from")) or _nameless(who)) for who, one in named]
        yield text(reaction.get("emoji")) or _picture(reaction), people, reaction.get("count")


def _picture(reaction: Json) -> str:
    return "⭐" if reaction.get("type") == "paid" else f":{text(record(reaction).get('type')) or 'emoji'}:"
