"""A message in full: what the archive knows of it beyond what a page of history carries."""

from dataclasses import dataclass
from datetime import datetime

from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Message


@dataclass(frozen=True, slots=True)
class Source:
    """Where a conversation came from; `time_zone` (an IANA name) is where its wall-clock times were read."""

    name: str
    format: str
    identity: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """A message with the names and ids of all that it belongs to, and the source's own record of it.

    The external ids are the source's; None where it gives none, or where the thing itself is unknown. `raw` is a JSON
    value, None where the source's record holds nothing more. `is_read` says whether the present user has read as far.
    `edited_at` is when its sender changed it last, where the source tells.
    """

    message: Message
    external_id: str | None
    raw: object
    conversation: str
    conversation_kind: ConversationKind
    conversation_external_id: str
    source: Source
    sender_external_id: str | None
    thread: str | None
    thread_external_id: str | None
    parent_external_id: str | None
    is_read: bool
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What a message said until an import brought another text (`replaced_at`).

    `edited_at` is when its sender wrote this text, where that was a change itself and the source tells.
    """

    text: str
    is_deleted: bool
    edited_at: datetime | None
    replaced_at: datetime
