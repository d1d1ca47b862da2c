"""The ids of the sample's chats and messages, told from their names in notes.json: every import gives the same."""

from typing import Any
from uuid import UUID

from backscroll.model import ids


def conversation_id(row: dict[str, Any]) -> UUID:
    """The chat that a row is about."""
    return ids.conversation_id(row["conversation"]["identity"], row["conversation"]["external_id"])


def message_id(row: dict[str, Any]) -> UUID:
    """The message that a row is about."""
    message = row["message"]
    name = message.get("external_id") or ids.message_name(message["clock"], message["sender"], message["text"], 0)
    return ids.message_id(conversation_id(row), name)
