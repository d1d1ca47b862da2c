"""One message of DiscordChatExporter's JSON as an entry, with the people that it names."""

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Final

from backscroll.importing.documents import Json, identity, record, records_in, text, whole
from backscroll.importing.enclosing import attached
from backscroll.importing.export import Export
from backscroll.importing.media import kind_of, mime_type
from backscroll.importing.moments import moment_or_none, read_moment
from backscroll.importing.reactions import reactions
from backscroll.importing.records import Entry, Person
from backscroll.model.message import Attachment, Kind

# Some releases wrote the number of a type that they had no name for.
_SAID: Final = ("", "Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "0", "19", "20", "23")
_CALLS: Final = ("Call", "3")
_FORWARD: Final = "Forward"
_HOLDS_MORE: Final = (
    "attachments", "embeds", "stickers", "reactions", "isPinned", "interaction", "components",
)  # fmt: skip
_TOKEN: Final = re.compile(r"<(?:@!?(\d+)|a?:(\w+):\d+)>")
_WORD: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WEBHOOK: Final = "0000"


def person_of(user: Json, chat: str) -> Person:
    """A user as a person; one webhook speaks under many names, each is a person."""
    named = text(user.get("name"))
    shown = text(user.get("nickname")) or named
    who = identity(user.get("id")) or "unknown"
    if user.get("isBot") is True and user.get("discriminator") == _WEBHOOK and named:
        who = f"{who}/{named}"
    return Person(chat, who, shown or who)


def author_of(message: Json, chat: str) -> Person | None:
    """Who wrote it; None for what Discord says itself."""
    kind = identity(message.get("type"))
    return person_of(record(message.get("author")), chat) if kind in _SAID or kind in _CALLS else None


def entry_of(message: Json, author: Person | None, chat: str) -> Entry:
    """The message, without its files. Raises ValueError where it has no id or no time."""
    number = identity(message.get("id"))
    if not number:
        raise ValueError("it has no id")
    try:
        moment = read_moment(text(message.get("timestamp")), UTC)[1]
    except ValueError as error:
        raise ValueError("it has no time that can be read (timestamp)") from error
    return Entry(
        chat,
        moment,
        author.external_id if author else None,
        _notice(message) if author is None else _words(message),
        _kind(message, author),
        external_id=number,
        parent=_parent(message),
        is_edited=bool(message.get("timestampEdited")),
        edited_at=moment_or_none(text(message.get("timestampEdited")), UTC),
        reactions=reactions(
            (emoji, [who.external_id for who in people], count) for emoji, people, count in reactions_of(message, chat)
        ),
        raw=_record(message),
    )


def _record(message: Json) -> Json | None:
    """The message's own record where it holds more than text; what was said elsewhere first is marked for search."""
    if message.get("forwardedMessage") or record(message.get("reference")).get("type") == _FORWARD:
        return message | {"forwarded": True}
    return message if any(message.get(name) for name in _HOLDS_MORE) else None


def _parent(message: Json) -> str | None:
    reference = record(message.get("reference"))
    if reference.get("type") == _FORWARD or identity(message.get("type")) not in _SAID:
        return None
    return identity(reference.get("messageId")) or None


def _kind(message: Json, author: Person | None) -> Kind:
    if author is None:
        return Kind.SYSTEM
    if identity(message.get("type")) in _CALLS:
        return Kind.CALL
    files = _files_in(message)
    if files:
        return kind_of(mime_type(text(files[0].get("fileName"))))
    return Kind.STICKER if _listed(message, "stickers") else Kind.TEXT


def _notice(message: Json) -> str:
    author = record(message.get("author"))
    name = text(author.get("nickname")) or text(author.get("name"))
    said = _plain(message) or _WORD.sub(" ", identity(message.get("type"))).lower()
    return f"{name} {said[:1].lower()}{said[1:]}".strip()


def _words(message: Json) -> str:
    forwarded = record(message.get("forwardedMessage"))
    words = _plain(message) or _embedded(message)
    if not forwarded:
        return words
    return "\n".join(part for part in ("Forwarded:", _plain(forwarded) or _embedded(forwarded), words) if part)


def _plain(message: Json) -> str:
    """The content; mentions and emoji that were left in Discord's own notation become names."""
    content = text(message.get("content"))
    if "<" not in content:
        return content
    names = {identity(u.get("id")): person_of(u, "").name for u in records_in(message.get("mentions"))}
    return _TOKEN.sub(
        lambda t: f":{t[2]}:" if t[2] else f"@{names[t[1]]}" if t[1] in names else t[0],
        content,
    )


def _embedded(message: Json) -> str:
    lines: list[str] = []
    for embed in records_in(message.get("embeds")):
        lines += [text(record(embed.get("author")).get("name")), text(embed.get("title")), text(embed.get("url"))]
        lines.append(text(embed.get("description")))
        lines += [f"{text(f.get('name'))}: {text(f.get('value'))}" for f in records_in(embed.get("fields"))]
    return "\n".join(line for line in lines if line)


def _listed(message: Json, name: str) -> list[Json]:
    return records_in(message.get(name)) + records_in(record(message.get("forwardedMessage")).get(name))


def _files_in(message: Json) -> list[Json]:
    return _listed(message, "attachments")


def files_of(message: Json, export: Export, member: str) -> tuple[Attachment, ...]:
    """The files and stickers of the message: their addresses, or their places where the exporter fetched them."""
    files = [
        attachment(text(f.get("url")), export, member, text(f.get("fileName")), whole(f.get("fileSizeBytes")))
        for f in _files_in(message)
    ]
    files += [
        attachment(text(s.get("sourceUrl")), export, member, text(s.get("name"))) for s in _listed(message, "stickers")
    ]
    return tuple(files)


def attachment(address: str, export: Export, member: str, name: str = "", size: int | None = None) -> Attachment:
    """A file at an address, or beside the export."""
    name = name or address.partition("?")[0].rpartition("/")[2]
    if "://" in address:
        return Attachment(name or None, mime_type(name), size, None, address)
    return attached(export, member, address.replace("\\", "/"), name=name, size=size)


def reactions_of(message: Json, chat: str) -> Iterator[tuple[str, list[Person], object]]:
    """Each emoji with the people whom the export names for it, and with the number of all; older exports count only."""
    for reaction in records_in(message.get("reactions")):
        emoji = record(reaction.get("emoji"))
        name = text(emoji.get("name")) or text(emoji.get("code")) or "?"
        people = [person_of(user, chat) for user in records_in(reaction.get("users"))]
        yield f":{name}:" if identity(emoji.get("id")) else name, people, reaction.get("count")
