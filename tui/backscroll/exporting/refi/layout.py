"""How a chat lies in a REFI-QDA project: the ids of its parts, and its text, in which each message is found again.

A message is a line `sender · time`, then its text, then an empty line. The time is the key of history with its offset:
chat and time name the message, whatever another program does with the rest of the project. Texts keep their length,
character by character, so a stretch of a message's text is as long here.
"""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final
from uuid import UUID, uuid5

from backscroll.model.ids import NAMESPACE
from backscroll.model.message import Cursor
from backscroll.text import safe_line

XML_NAMESPACE: Final = "urn:QDA-XML:project:1.0"
PROJECT: Final = "project.qde"
CATEGORIES: Final = uuid5(NAMESPACE, "refi category")
TAGS: Final = uuid5(NAMESPACE, "refi tag")
"""The codes below which categories and tags stand as codes, because the format has codes alone."""
NOBODY: Final = "Backscroll"
"""What the archive's own user is called, who has no reviewer's name."""

_TIME: Final = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?[+-]\d\d:\d\d(?::\d\d)?"
_HEAD: Final = re.compile(rf"(.*)· ({_TIME})\r?\n?")
_LIKE_HEAD: Final = re.compile(rf"·(?= {_TIME}$)", re.MULTILINE)
_CONTROLS: Final = {code: "\ufffd" for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)} | {0x0D: " "}
_NAMED: Final = re.compile(r"messages? ([0-9a-f-]{36})(?: to ([0-9a-f-]{36}))?")


def author_id(author: str) -> UUID:
    """The id of a reviewer as a user of a project."""
    return uuid5(NAMESPACE, f"refi author {author}")


def label_id(folder: UUID, label: str) -> UUID:
    """The id of a category or a tag as a code."""
    return uuid5(folder, label)


def coding_id(annotation: UUID, code: UUID) -> UUID:
    """The id of a code as it is given to what an annotation is about."""
    return uuid5(annotation, str(code))


def selection_name(message: UUID, end: UUID | None) -> str:
    """What a selection is called: the message or run of messages that it is about, by their ids."""
    return f"messages {message} to {end}" if end else f"message {message}"


def named_messages(name: str) -> tuple[UUID, UUID | None] | None:
    """The messages that a selection's name tells; None where another program gave it."""
    found = _NAMED.fullmatch(name)
    try:
        return (UUID(found[1]), UUID(found[2]) if found[2] else None) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Head:
    """The line before a message's text."""

    sender: str | None
    sent_at: datetime


def head_line(sender: str | None, cursor: Cursor, zone: tzinfo | None) -> str:
    """The line before a message's text, with its end."""
    who = f"{safe_line(sender)} " if sender else ""
    return f"{who}· {cursor.sent_at.astimezone(zone).isoformat(sep=' ')}\n"


def read_head(line: str) -> Head | None:
    """What such a line tells; None for any other."""
    found = _HEAD.fullmatch(line)
    if found is None:
        return None
    try:
        return Head(found[1].strip() or None, datetime.fromisoformat(found[2]))
    except ValueError:
        return None


def body(text: str) -> str:
    """A message's text as it lies there: no control characters, no line that looks like the head of a message."""
    return _LIKE_HEAD.sub("‧", text.translate(_CONTROLS))
