"""What stands for a message's files in words: icon, name and size, or what it was where nothing else is known."""

from backscroll.model.message import Kind, Message
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


def absent(message: Message) -> str:
    """What stands for a message of which neither words nor files are known; empty where it is not clear what it was."""
    return "" if message.attachments or message.is_deleted else _ABSENT.get(message.kind, "")
