"""A stored summary of a stretch of a conversation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Summary:
    """Text about the messages between two moments (aware, None for no limit).

    `method` says how it was made: written, imported, extractive or model.
    """

    id: UUID
    conversation_id: UUID
    thread_id: UUID | None
    period_start: datetime | None
    period_end: datetime | None
    text: str
    message_count: int
    participants: tuple[str, ...]
    method: str
    model: str | None
    status: str
    generated_at: datetime
