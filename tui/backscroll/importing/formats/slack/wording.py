"""Slack's own notation as plain words: mentions, links, escapes, and texts that exist as blocks only."""

import re
from collections.abc import Iterator
from typing import Final

from backscroll.importing.documents import Json, record, records_in, text, whole
from backscroll.importing.formats.slack.emoji import emoji
from backscroll.importing.formats.slack.roster import Roster

_TOKEN: Final = re.compile(r"<([^<>\n]+)>")
_DEPTH_MAX: Final = 20


def plain(notation: str, roster: Roster) -> str:
    """The text as a reader of Slack sees it: `<@U1>` is `@Ana`, `<https://a.b|here>` is `here (https://a.b)`."""
    if "<" in notation:
        notation = _TOKEN.sub(lambda token: _meant(token[1], roster), notation)
    return _unescaped(notation) if "&" in notation else notation


def _unescaped(notation: str) -> str:
    # Slack escapes these three and no others; in this order `&amp;lt;` stays `&lt;`.
    return notation.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _meant(token: str, roster: Roster) -> str:
    target, _, label = token.partition("|")
    if target[0] == "@":
        return "@" + roster.person(target[1:], label.removeprefix("@"))
    if target[0] == "#":
        return "#" + (roster.channels.get(target[1:]) or label or target[1:])
    if target[0] == "!":
        return _special(target[1:], label)
    return _link(target.removeprefix("mailto:"), label.removeprefix("mailto:"))


def _link(address: str, label: str) -> str:
    if not label or address in (label, label + "/") or address.rstrip("/").endswith("://" + label.rstrip("/")):
        return address
    return f"{label} ({address})"


def _special(target: str, label: str) -> str:
    if label:
        return label
    word = target.partition("^")[0]
    return "@" + word


def text_of(message: Json, roster: Roster) -> str:
    """The message's words: its text, or where that is empty its blocks, or what is attached to it."""
    words = plain(text(message.get("text")), roster)
    if words.strip():
        return words
    words = "\n".join(filter(None, (_block(block, roster) for block in records_in(message.get("blocks")))))
    if words.strip():
        return words
    return "\n".join(filter(None, (_unfurled(one, roster) for one in records_in(message.get("attachments")))))


def _block(block: Json, roster: Roster) -> str:
    if block.get("type") == "rich_text":
        return "\n".join(_part(part, roster) for part in records_in(block.get("elements"))).strip("\n")
    parts = [record(block.get("text")), *records_in(block.get("fields")), *records_in(block.get("elements"))]
    parts.append({"text": block["text"]} if isinstance(block.get("text"), str) else {})
    return "\n".join(plain(text(part.get("text")), roster) for part in parts if text(part.get("text")))


def _part(part: Json, roster: Roster) -> str:
    """A part of a rich text: a paragraph, a list, program text or a quotation."""
    kind = text(part.get("type"))
    if kind == "rich_text_list":
        return "\n".join(_items(part, roster))
    words = _inline(part, roster, 0).removesuffix("\n")
    if kind == "rich_text_preformatted":
        return f"```\n{words}\n```"
    return "> " + words.replace("\n", "\n> ") if kind == "rich_text_quote" else words


def _items(part: Json, roster: Roster) -> Iterator[str]:
    first = (whole(part.get("offset")) or 0) + 1
    indent = "  " * min(whole(part.get("indent")) or 0, _DEPTH_MAX)
    for number, item in enumerate(records_in(part.get("elements")), first):
        mark = f"{number}." if part.get("style") == "ordered" else "•"
        yield f"{indent}{mark} {_inline(item, roster, 0)}"


def _inline(part: Json, roster: Roster, depth: int) -> str:
    if depth > _DEPTH_MAX:
        return ""
    pieces = records_in(part.get("elements"))
    return "".join(_inline(p, roster, depth + 1) if "elements" in p else _piece(p, roster) for p in pieces)


def _piece(piece: Json, roster: Roster) -> str:
    kind, words = text(piece.get("type")), text(piece.get("text"))
    if kind == "link":
        return _link(text(piece.get("url")), words)
    if kind == "user":
        return "@" + roster.person(text(piece.get("user_id")))
    if kind == "channel":
        identity = text(piece.get("channel_id"))
        return "#" + (roster.channels.get(identity) or identity)
    if kind == "emoji":
        return emoji(text(piece.get("name")))
    if kind in ("broadcast", "usergroup"):
        return "@" + (text(piece.get("range")) or text(piece.get("usergroup_id")))
    is_code = record(piece.get("style")).get("code") is True and bool(words)
    return f"`{words}`" if is_code else words or text(piece.get("fallback"))


def _unfurled(attached: Json, roster: Roster) -> str:
    lines = [plain(text(attached.get(name)), roster) for name in ("pretext", "author_name", "title", "text")]
    words = "\n".join(line for line in lines if line)
    return words or plain(text(attached.get("fallback")), roster) or text(attached.get("from_url"))
