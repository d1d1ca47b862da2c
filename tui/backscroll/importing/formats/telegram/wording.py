"""A message's words: out of Telegram's text, which may be a list of entities, and out of what has no text."""

from collections.abc import Iterator
from typing import Final

from backscroll.importing.documents import Json, identity, is_record, record, records_in, text

_MORE: Final = frozenset({
    "forwarded_from", "poll", "location_information", "place_name", "address", "contact_information", "game_title",
    "game_description", "invoice_information",
})  # fmt: skip

_BLOCKS: Final = ("pre", "blockquote")


def plain(value: object) -> str:
    """The text as one reads it; code keeps its backticks, a link with a label its address, a quotation a mark."""
    return "".join(_pieces(value)) if isinstance(value, list) else text(value)


def _pieces(value: list[object]) -> Iterator[str]:
    """The pieces; program text and quotations stand on lines of their own."""
    before, was_block = "\n", False
    for piece in value:
        words = _piece(piece)
        is_block = is_record(piece) and piece.get("type") in _BLOCKS
        if words and (is_block or was_block) and not before.endswith("\n") and not words.startswith("\n"):
            yield "\n"
        yield words
        before, was_block = (words, is_block) if words else (before, was_block)


def words_of(message: Json) -> str:
    """The message's text, or words for a poll, place, contact, game or invoice, and whom it was forwarded from."""
    words = plain(message.get("text")) or plain(message.get("text_entities"))
    if _MORE.isdisjoint(message):
        return words
    parts = [
        f"Forwarded from {_forwarder(message)}:" if "forwarded_from" in message else "",
        _poll(record(message.get("poll"))),
        _place(message),
        _contact(record(message.get("contact_information"))),
        *_game_and_invoice(message),
        words,
    ]
    return "\n".join(part for part in parts if part)


def _piece(piece: object) -> str:
    if not is_record(piece):
        return text(piece)
    kind, words = text(piece.get("type")), text(piece.get("text"))
    if kind == "pre":
        return f"```{text(piece.get('language'))}\n{words.strip(chr(10))}\n```"
    if kind == "blockquote":
        return "> " + words.strip("\n").replace("\n", "\n> ")
    address = text(piece.get("href"))
    if kind == "text_link" and address and address != words:
        return f"{words} ({address})"
    return f"`{words}`" if kind == "code" else words


def _forwarder(message: Json) -> str:
    return text(message.get("forwarded_from")) or "a deleted account"


def _poll(poll: Json) -> str:
    if not poll:
        return ""
    answers = [f"• {plain(a.get('text'))} ({identity(a.get('voters')) or 0})" for a in records_in(poll.get("answers"))]
    return "\n".join([plain(poll.get("question")), *answers])


def _place(message: Json) -> str:
    spot = record(message.get("location_information"))
    numbers = [spot.get(name) for name in ("latitude", "longitude")]
    where = ", ".join(f"{n:.6f}" for n in numbers if isinstance(n, int | float) and abs(n) <= 180)
    named = [text(message.get("place_name")), text(message.get("address")), where]
    return ", ".join(part for part in named if part)


def _contact(contact: Json) -> str:
    names = " ".join(filter(None, (text(contact.get(name)) for name in ("first_name", "last_name"))))
    return ", ".join(filter(None, (names, text(contact.get("phone_number")))))


def _game_and_invoice(message: Json) -> list[str]:
    bill = record(message.get("invoice_information"))
    parts = [message.get("game_title"), message.get("game_description"), bill.get("title"), bill.get("description")]
    return [text(part) for part in parts]
