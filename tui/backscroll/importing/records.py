"""The vocabulary between a format and the pipeline: what a parser yields, in the order of the source.

A parser yields a `Chat` before anything that belongs to it, and a `Person` or `Topic` before the first message that
names it. It yields as it reads: memory does not grow with the export.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Attachment, Kind


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation that the export holds; `external_id` is the source's own name for it, unique in the source."""

    external_id: str
    title: str
    kind: ConversationKind = ConversationKind.GROUP
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A sender inside one chat; `is_owner` is the person whose export this is, where the format tells."""

    chat: str
    external_id: str
    name: str
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A thread inside one chat; `root` is the external id of its first message, where there is one."""

    chat: str
    external_id: str
    title: str
    root: str | None = None


@dataclass(frozen=True, slots=True)
class Reacted:
    """One person's emoji on a message; `person` is the external id of a `Person` of the chat.

    Where the source does not name everybody, one more has no person, and `count` says how many left it in all.
    """

    emoji: str
    person: str | None
    count: int | None = None


class Entry(Struct, gc=False):
    """One message of the export.

    `sent_at` is aware and in UTC, with the precision of the source. `external_id` is the source's id, unique in the
    chat, or None where the format has none: the pipeline then names the message by `clock` (the wall clock as the
    file shows it, so that another time zone does not make another message), person and text. `parent` is the
    external id of the message that this one answers. `person` is None for a system message. `edited_at` is when the
    sender changed it last, where the source tells: of two exports the later text stays. `raw` is the source's own
    record, kept only where it holds more than these fields (JSON values).
    """

    chat: str
    sent_at: datetime
    person: str | None
    text: str
    kind: Kind = Kind.TEXT
    external_id: str | None = None
    clock: datetime | None = None
    thread: str | None = None
    parent: str | None = None
    is_edited: bool = False
    is_deleted: bool = False
    edited_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reacted, ...] = ()
    raw: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that could not be read: the raw text (at most 10,000 characters), why, and where it stands.

    `place` is `file:line`, or `file:number` of the record where the file has no lines of its own.
    """

    raw: str
    reason: str
    place: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of how the export was read, although nothing of it was lost.

    `about` is the subject for programs, stable from release to release: `date order`, `year`, `time zone`,
    `clock change`. `text` is a sentence about it that holds no words of a message; `place` is as in `Rejected`, without
    a number where the whole file is meant.
    """

    about: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class DayEnd:
    """All that a live source has of a chat's day (UTC) was yielded; `messages` and `digest` mark what that is."""

    chat: str
    day: date
    messages: int
    digest: Decimal


Record: TypeAlias = Chat | Person | Topic | Entry | Rejected | Remark | DayEnd
