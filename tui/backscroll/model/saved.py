"""Searches that a person keeps, to ask them again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backscroll.model.query import Order


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name, the order of its hits, the chat or thread in which it is asked (None: all chats), and what
    was chosen of its facets (read by `searching.narrowing`).

    `conversation` and `thread` are titles; None also where the chat or thread is no longer there.
    """

    id: UUID
    name: str
    query: str
    order: Order
    conversation_id: UUID | None
    conversation: str | None
    thread_id: UUID | None
    thread: str | None
    narrowed_to: Sequence[Mapping[str, str | None]]
    created_at: datetime
    used_at: datetime
