"""The words of a message as lines: cleaned, wrapped by cells, with links and hits lit, and long ones folded."""

import re

from textual.content import Content
from textual.style import Style

from backscroll.model.message import Kind, Message
from backscroll.text import safe
from backscroll.ui.widgets.look import Look, Setting

CHUNK = 20_000
"""Characters that are drawn at once: a line of a megabyte would hold the screen for seconds."""
CHUNK_LINES = 300
_LINK = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}]")
_ITALIC = Style(italic=True)
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


def words(message: Message, setting: Setting, look: Look, width: int) -> list[Content]:
    """The message's own words; none for one that is only an attachment."""
    if message.is_deleted and not message.text:
        return [Content("message deleted").stylize(look.styles.muted + _ITALIC)]
    if not message.text:
        return [] if message.attachments else [Content(_ABSENT.get(message.kind, " ")).stylize(look.styles.muted)]
    lines = _content(message, setting, look).wrap(width)
    hidden = len(message.text) > CHUNK * setting.chunks or len(lines) > CHUNK_LINES * setting.chunks
    lines = lines[: CHUNK_LINES * setting.chunks]
    if hidden:
        lines.append(Content("… show more (Enter)").stylize(look.styles.more))
    return lines


def is_folded(message: Message, chunks: int) -> bool:
    """Whether a part of the message is left out at so many chunks."""
    shown = message.text[: CHUNK * chunks]
    return len(message.text) > len(shown) or shown.count("\n") >= CHUNK_LINES * chunks


def _content(message: Message, setting: Setting, look: Look) -> Content:
    text = safe(message.text[: CHUNK * setting.chunks]).rstrip("\n")
    content = Content(text)
    for link in _LINK.finditer(text):
        content = content.stylize(look.styles.link, *link.span())
    if look.query:
        from backscroll.searching.highlight import highlights

        for start, end in highlights(text, look.query):
            content = content.stylize(look.styles.hit, start, end)
    notes = [note for note, is_so in (("deleted", message.is_deleted), ("edited", message.is_edited)) if is_so]
    if notes:
        content = content + Content(f" ({', '.join(notes)})").stylize(look.styles.muted)
    return content
