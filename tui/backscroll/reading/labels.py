"""A message's files and reactions in words: icon, name and size, or what it was; who reacted, and how many."""

from backscroll.model.message import Kind, Message, Reaction
from backscroll.model.sizes import size_words
from backscroll.text import safe_line

ICONS = {
    Kind.IMAGE: "📷",
    Kind.VIDEO: "🎬",
    Kind.AUDIO: "🎵",
    Kind.STICKER: "🎨",
    Kind.LOCATION: "📍",
    Kind.CONTACT: "👤",
    Kind.POLL: "📊",
    Kind.CALL: "📞",
}
"""What stands for a kind of message; a file without one of its own gets the paper clip."""
CLIP = "📎"
_ABSENT = {
    Kind.LOCATION: "📍 location",
    Kind.CONTACT: "👤 contact",
    Kind.POLL: "📊 poll",
    Kind.CALL: "📞 call",
    Kind.STICKER: "🎨 sticker",
    Kind.IMAGE: "📷 image",
    Kind.VIDEO: "🎬 video",
    Kind.AUDIO: "🎵 audio",
    Kind.DOCUMENT: "📎 document",
}


def attachment_labels(message: Message) -> list[str]:
    """One clean line for each attachment: icon, name and size."""
    icon = ICONS.get(message.kind, CLIP)
    names = ((f"{icon} {safe_line(a.file_name or a.mime_type or message.kind)}", a.size) for a in message.attachments)
    return [" · ".join(part for part in (name, size_words(size)) if part) for name, size in names]


def reaction_names(reaction: Reaction, at_most: int | None = None) -> str:
    """Who left a reaction, as a clean line; how many more there are, where not everybody is named or asked for."""
    names = ", ".join(safe_line(name) for name in reaction.senders[:at_most])
    more = reaction.count - len(reaction.senders[:at_most])
    if not names:
        return "1 person" if more == 1 else f"{more} people"
    return f"{names} and {more} more" if more else names


def absent(message: Message) -> str:
    """What stands for a message of which neither words nor files are known; empty where it is not clear what it was."""
    return "" if message.attachments or message.is_deleted else _ABSENT.get(message.kind, "")
