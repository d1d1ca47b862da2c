"""What chat systems call the kinds of messages."""

from functools import lru_cache
from typing import Final

from backscroll.model.message import Kind

_KINDS: Final = {
    Kind.TEXT: "text chat conversation extendedtextmessage message incoming outgoing template",
    Kind.IMAGE: "image photo picture imagemessage",
    Kind.VIDEO: "video gif videomessage ptvmessage",
    Kind.AUDIO: "audio voice ptt audiomessage",
    Kind.DOCUMENT: "document file documentmessage documentwithcaptionmessage",
    Kind.STICKER: "sticker stickermessage",
    Kind.LOCATION: "location locationmessage livelocationmessage",
    Kind.CONTACT: "contact contacts vcard contactmessage contactsarraymessage",
    Kind.POLL: "poll pollcreationmessage pollcreationmessagev2 pollcreationmessagev3",
    Kind.CALL: "call",
    Kind.SYSTEM: "system activity notification event",
}
_BY_WORD: Final = {word: kind for kind, words in _KINDS.items() for word in words.split()}


@lru_cache(maxsize=256)
def kind_of(word: str | None) -> Kind | None:
    """The kind that a system's word stands for; None for a word of its own."""
    return _BY_WORD.get((word or "text").lower())
