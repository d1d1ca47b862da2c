"""What an archive has already of what an export holds: the typed face of sql/queries/known.sql."""

from collections.abc import Callable, Collection
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from psycopg.rows import scalar_row

from backscroll.archive.batch import Batch, MessageRow
from backscroll.archive.gateway import Gateway
from backscroll.archive.packing import microseconds
from backscroll.archive.queries import queries

_SQL = queries("known")


class Known:
    """Looks rows up by their ids; writes nothing, and needs no more of the schema than its first version had."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def conversations(self, ids: Collection[UUID]) -> set[UUID]:
        """Those of the conversations that are there."""
        return set(await self._gateway.fetch_all(_SQL["conversations"], {"ids": list(ids)}, scalar_row))

    async def participants(self, ids: Collection[UUID], conversations: Collection[UUID]) -> set[UUID]:
        """Those of the participants that are there."""
        given = {"ids": list(ids), "conversations": list(conversations)}
        return set(await self._gateway.fetch_all(_SQL["participants"], given, scalar_row))

    async def messages(self, ids: Collection[UUID], conversations: Collection[UUID]) -> set[UUID]:
        """Those of the messages that are there."""
        given = {"ids": list(ids), "conversations": list(conversations)}
        return set(await self._gateway.fetch_all(_SQL["messages"], given, scalar_row))

    async def drop(self, batch: Batch) -> None:
        """Takes out of a batch the messages that the archive has as they are, with what hangs on them.

        What is left is new, or known and different (another text, edited, deleted or answered since, or at another
        time), or known and bears reactions. Storing looks again, under its lock.
        """
        if any(message.external_id is not None for message in batch.messages.values()):
            mark: Callable[[MessageRow], bytes] = _content
            marks = await self._marks(batch, "marks_with_content", 40)
        else:  # where the source gives no ids, they are made of the texts
            mark = _place
            marks = await self._marks(batch, "marks", 24)
        reacted = {reaction.message_id.bytes for reaction in batch.reactions}
        left = {k: message for k, message in batch.messages.items() if mark(message) not in marks or k in reacted}
        if left and len(left) < len(batch.messages):
            minutes = {_minute(message) for message in left.values()}
            dropped = (message for key, message in batch.messages.items() if key not in left)
            batch.claimed = [UUID(bytes=message.id) for message in dropped if _minute(message) in minutes]
        batch.duplicates += len(batch.messages) - len(left)
        batch.messages = left
        batch.attachments = [a for a in batch.attachments if a.message_id.bytes in left]

    async def _marks(self, batch: Batch, query: str, size: int) -> set[bytes]:
        if not batch.messages:
            return set()
        times = [message.sent_at for message in batch.messages.values()]
        chats = {message.conversation_id for message in batch.messages.values()}
        bounds = {"conversations": [UUID(bytes=chat) for chat in chats], "since": min(times), "until": max(times)}
        found: bytes = await self._gateway.fetch_value(_SQL[query], bounds) or b""
        return {found[start : start + size] for start in range(0, len(found), size)}


def _minute(message: MessageRow) -> tuple[bytes, datetime]:
    return message.conversation_id, message.sent_at.replace(second=0, microsecond=0)


def _place(message: MessageRow) -> bytes:
    return message.id + microseconds(message.sent_at).to_bytes(8, signed=True)


def _content(message: MessageRow) -> bytes:
    marks = f"{message.is_edited:d}{message.is_deleted:d}{message.thread_id is not None:d}"
    digest = sha256((marks + message.body).encode(), usedforsecurity=False).digest()
    return _place(message) + digest[:16]
