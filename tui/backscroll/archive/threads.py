"""The threads of a chat: the typed face of sql/queries/threads.sql."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg.rows import args_row, kwargs_row

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.errors import AppError
from backscroll.model.conversation import Thread
from backscroll.model.message import NEWEST, Cursor

_SQL = queries("threads")
_NEVER = datetime.min.replace(tzinfo=UTC)


class Threads:
    """Topics and reply chains."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def page(self, conversation: UUID, *, limit: int, after: Thread | None = None) -> list[Thread]:
        """Threads of a chat with the newest message first, after a thread of the page before."""
        cursor = Cursor(after.last_message_at or _NEVER, after.id) if after else NEWEST
        parameters = {"conversation": conversation, "last_message_at": cursor.sent_at, "id": cursor.id, "limit": limit}
        return await self._gateway.fetch_all(_SQL["page"], parameters, kwargs_row(_thread))

    async def get(self, conversation: UUID, thread: UUID) -> Thread:
        """One thread. Raises AppError where it is not in the archive."""
        found = await self._gateway.fetch_one(
            _SQL["one"], {"conversation": conversation, "id": thread}, kwargs_row(_thread)
        )
        if found is None:
            raise AppError("There is no such thread", "`backscroll threads CHAT` lists them.", code="no_such_thread")
        return found

    async def resolve(self, conversation: UUID, text: str) -> Thread:
        """The thread that a person names: by id, the beginning of an id, or its title. Raises AppError."""
        found = await self._gateway.fetch_all(
            _SQL["resolve"], {"conversation": conversation, "text": text}, args_row(_identity)
        )
        if len(found) > 1 and str(found[0]) != text.lower():
            ids = ", ".join(str(identity)[:8] for identity in found[:5])
            raise AppError(
                f"“{text[:60]}” fits {len(found)} threads", f"Name one by its id: {ids}.", code="ambiguous_thread"
            )
        if not found:
            raise AppError(
                f"There is no thread “{text[:60]}”", "`backscroll threads CHAT` lists them.", code="no_such_thread"
            )
        return await self.get(conversation, found[0])


def _thread(root_sent_at: datetime | None, root_id: UUID | None, **columns: Any) -> Thread:
    return Thread(root=Cursor(root_sent_at, root_id) if root_sent_at and root_id else None, **columns)


def _identity(identity: UUID, _title: str) -> UUID:
    return identity
