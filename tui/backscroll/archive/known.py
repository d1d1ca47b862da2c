"""What an archive has already of what an export holds: the typed face of sql/queries/known.sql."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct
from typing import Final
from uuid import UUID

from psycopg.rows import args_row, scalar_row

from backscroll.archive import mirroring
from backscroll.archive.batch import Batch, MessageRow
from backscroll.archive.conversations import Conversations
from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.queries import queries
from backscroll.archive.staging import stage
from backscroll.archive.syncs import Syncs
from backscroll.archive.updating import NOTHING_MET, Met, count_new, find_known
from backscroll.model.conversation import ConversationKind
from backscroll.model.instants import MINUTE

_SQL = queries("known")
_PLACE: Final = Struct("!16sq")
"""An id and a time, as `marks` gives them."""
_CONTENT: Final = Struct("!16sq16s")
"""The same with a digest."""


@dataclass(frozen=True, slots=True)
class Target:
    """A chat that an export goes into: the identity of its source, and what that calls it."""

    source: str
    external_id: str
    title: str
    kind: ConversationKind
    topic: str | None


class Known:
    """Looks up what an export holds; writes nothing."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.syncs = Syncs(gateway)
        """How far live sources were read: to be asked alone."""

    async def conversations(self, ids: Collection[UUID]) -> set[UUID]:
        """Those of the conversations that are there."""
        return set(await self._gateway.fetch_all(_SQL["conversations"], {"ids": list(ids)}, scalar_row))

    async def participants(self, ids: Collection[UUID], conversations: Collection[UUID]) -> set[UUID]:
        """Those of the participants that are there."""
        given = {"ids": list(ids), "conversations": list(conversations)}
        return set(await self._gateway.fetch_all(_SQL["participants"], given, scalar_row))

    async def target(self, text: str) -> Target:
        """The chat that a person names by its title or id. Raises AppError where nothing or more than one fits."""
        chat = await Conversations(self._gateway).resolve(text)
        found = await self._gateway.fetch_all(_SQL["target"], {"id": chat.id}, args_row(_target))
        return found[0]

    async def weigh(self, batch: Batch) -> tuple[Met, Counter[UUID]]:
        """How an import would meet the messages of a batch, of which there is one: what is there already, and how many
        would be new by chats. They are staged as an import stages them, in a transaction that is rolled back.
        """

        async def unit(connection: Connection) -> tuple[Met, Counter[UUID]]:
            async with connection.transaction(force_rollback=True):
                await stage(connection, batch)
                return await find_known(connection, batch, set()), await count_new(connection)

        return await self._gateway.transact(unit)

    async def weigh_live(self, batch: Batch, moved: Collection[UUID]) -> tuple[Met, Counter[UUID]]:
        """The same of a batch of a live source, where all that differs counts; `moved` as in `mirroring.weigh`."""
        if not batch.messages:
            return NOTHING_MET, Counter()

        async def unit(connection: Connection) -> tuple[Met, Counter[UUID]]:
            async with connection.transaction(force_rollback=True):
                await stage(connection, batch)
                return await mirroring.weigh(connection, batch, moved)

        return await self._gateway.transact(unit)

    async def drop(self, batch: Batch) -> None:
        """Takes out of a batch the messages that the archive has as they are, with what hangs on them.

        What is left is new, or known and different (another text, edited, deleted or answered since, or at another
        time), or known and bears reactions. Storing looks again, under its lock.
        """
        if not batch.messages:
            return
        has_ids = any(message.external_id is not None for message in batch.messages.values())
        marks = await self._marks(batch, "marks_with_content" if has_ids else "marks")
        if not marks:
            return
        reacted = {reaction.message_id.bytes for reaction in batch.reactions}
        if has_ids:
            content = {row[0]: row[1:] for row in _CONTENT.iter_unpack(marks)}
            left = {k: m for k, m in batch.messages.items() if content.get(k) != _content(m) or k in reacted}
        else:  # where the source gives no ids, they are made of the texts
            times = dict(_PLACE.iter_unpack(marks))
            left = {k: m for k, m in batch.messages.items() if times.get(k) != m.sent_at or k in reacted}
        if left and len(left) < len(batch.messages):
            minutes = {_minute(message) for message in left.values()}
            dropped = (message for key, message in batch.messages.items() if key not in left)
            batch.claimed = [UUID(bytes=message.id) for message in dropped if _minute(message) in minutes]
        batch.duplicates += len(batch.messages) - len(left)
        batch.messages = left
        batch.attachments = [a for a in batch.attachments if a.message_id.bytes in left]

    async def _marks(self, batch: Batch, query: str) -> bytes:
        since, until = batch.span()
        chats = {message.conversation_id for message in batch.messages.values()}
        bounds = {"conversations": [UUID(bytes=chat) for chat in chats], "since": since, "until": until}
        found: bytes | None = await self._gateway.fetch_value(_SQL[query], bounds)
        return found or b""


def _target(source: str, external_id: str, title: str, kind: str, topic: str | None) -> Target:
    return Target(source, external_id, title, ConversationKind(kind), topic)


def _minute(message: MessageRow) -> tuple[bytes, int]:
    return message.conversation_id, message.sent_at // MINUTE


def _content(message: MessageRow) -> tuple[int, bytes]:
    marks = f"{message.is_edited:d}{message.is_deleted:d}{message.thread_id is not None:d}"
    return message.sent_at, sha256((marks + message.body).encode(), usedforsecurity=False).digest()[:16]
