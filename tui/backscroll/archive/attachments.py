"""The files that came with messages, as the archive knows them: the typed face of sql/queries/attachments.sql."""

from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple, TypeAlias
from uuid import UUID

from psycopg.rows import args_row

from backscroll.archive.batch import AttachmentRow
from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.archive.store import Store
from backscroll.model.message import Attachment

_SQL = queries("attachments")
_PAGE = 1000

Key: TypeAlias = tuple[UUID, int]
"""An attachment's message and position."""


class Known(NamedTuple):
    """What the archive knows of an attachment's content; `path` as the database holds it."""

    size: int | None
    sha256: str | None
    path: str | None


class Listed(NamedTuple):
    """An attachment and where it belongs."""

    conversation_id: UUID
    conversation: str
    message_id: UUID
    position: int
    attachment: Attachment


class Attachments:
    """Attachments of all conversations, and the store on this machine that holds their files."""

    def __init__(self, gateway: Gateway, store: Store) -> None:
        self._gateway = gateway
        self.store = store

    async def known(self, rows: Sequence[AttachmentRow]) -> dict[Key, Known]:
        """Those of the rows that the archive has, by message and position."""
        keys = {
            "conversations": [row.conversation_id for row in rows],
            "messages": [row.message_id for row in rows],
            "positions": [row.position for row in rows],
        }
        found = await self._gateway.fetch_all(_SQL["known"], keys, args_row(_known))
        return dict(found)

    async def all(self, conversation: UUID | None = None) -> AsyncIterator[Listed]:
        """Every attachment, or those of one conversation, in an order that stays; read page by page."""
        query = _SQL["page_of_one" if conversation else "page"]
        parameters = {
            "after_conversation": conversation or UUID(int=0),
            "after_message": UUID(int=0),
            "after_position": -1,
            "limit": _PAGE,
        }
        while page := await self._gateway.fetch_all(query, parameters, args_row(self._listed)):
            for one in page:
                yield one
            last = page[-1]
            parameters |= {
                "after_conversation": last.conversation_id,
                "after_message": last.message_id,
                "after_position": last.position,
            }

    async def stored(self) -> set[bytes]:
        """The sha256 of everything that lies in a store."""
        return set(await self._gateway.fetch_all(_SQL["stored"], {}, args_row(bytes.fromhex)))

    def _listed(self, conversation: UUID, title: str, message: UUID, position: int, *about: object) -> Listed:
        name, mime, size, digest, path = about
        located = self.store.located(path, digest)  # type: ignore[arg-type]  # columns of the query
        return Listed(conversation, title, message, position, Attachment(name, mime, size, digest, located))  # type: ignore[arg-type]


def _known(message: UUID, position: int, *known: object) -> tuple[Key, Known]:
    return (message, position), Known(*known)  # type: ignore[arg-type]  # columns of the query
