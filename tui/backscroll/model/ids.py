"""Deterministic identities: the same export gives the same ids on any machine.

Every id is a UUIDv5 (RFC 9562) of the id above it and the name that the source itself uses, so importing twice
repeats nothing and a person's notes find their messages again in another archive.
"""

import os
import time
import uuid
from hashlib import sha1
from typing import Final
from uuid import UUID

NAMESPACE = UUID("5c0b6f0e-8f1d-5d0c-9a51-0b5c2a7f3e11")

_MARKS: Final = 5 << 76 | 2 << 62
"""Version and variant of a UUIDv5, where RFC 9562 has them in the number."""
_UNMARKED: Final = (1 << 128) - 1 ^ (0xF << 76 | 3 << 62)


def source_id(identity: str) -> UUID:
    """The id of the place that conversations came from, for example `slack:T061A2UFL`."""
    return uuid.uuid5(NAMESPACE, identity)


def conversation_id(source_identity: str, external_id: str) -> UUID:
    """The id of a chat, from its source's identity and the id that the source gives it."""
    return uuid.uuid5(source_id(source_identity), external_id)


def participant_id(conversation: UUID, external_id: str) -> UUID:
    """The id of a sender inside one conversation."""
    return uuid.uuid5(conversation, "participant\x1f" + external_id)


def thread_id(conversation: UUID, external_id: str) -> UUID:
    """The id of a topic or reply chain inside one conversation."""
    return uuid.uuid5(conversation, "thread\x1f" + external_id)


def message_id(conversation: UUID, external_id: str) -> UUID:
    """The id of a message, from the id that its source gives it or from `message_name`."""
    return uuid.uuid5(conversation, external_id)


def message_key(conversation: bytes, external_id: str) -> bytes:
    """The bytes of `message_id`, in a third of the time, because an import makes millions of them."""
    digest = sha1(conversation + external_id.encode(), usedforsecurity=False).digest()
    return (int.from_bytes(digest[:16]) & _UNMARKED | _MARKS).to_bytes(16)


def message_name(clock: str, sender: str | None, text: str, ordinal: int) -> str:
    """A name for a message whose format has no ids.

    `clock` is the time as the export wrote it, in ISO format; `ordinal` counts equal messages (same clock, sender and
    text) from 0 in the order of the file. The neighbours do not matter, so a longer export of the same chat names it
    the same.
    """
    return f"{clock}\x1f{sender or ''}\x1f{ordinal}\x1f{text}"


def summary_id(conversation: UUID, external_id: str) -> UUID:
    """The id of a summary that a source keeps, from the id that the source gives it."""
    return uuid.uuid5(conversation, "summary\x1f" + external_id)


def note_id(conversation: UUID, kind: str, external_id: str) -> UUID:
    """The id of a bookmark or annotation (`kind`) that a source keeps, from the id that the source gives it."""
    return uuid.uuid5(conversation, f"{kind}\x1f{external_id}")


def result_id(review: UUID, position: int) -> UUID:
    """The id of the annotation that the result of a review's message becomes: it is written once."""
    return uuid.uuid5(review, f"result\x1f{position}")


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): random, and later ones sort after earlier ones of other milliseconds."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = (
        (milliseconds & (1 << 48) - 1) << 80
        | 0x7 << 76
        | (random >> 68 & 0xFFF) << 64
        | 0b10 << 62
        | random & (1 << 62) - 1
    )
    return UUID(int=value)
