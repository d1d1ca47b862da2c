"""What an archive has already of what an export holds: the typed face of sql/queries/known.sql."""

from collections.abc import Collection
from uuid import UUID

from psycopg.rows import scalar_row

from backscroll.archive.gateway import Gateway
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
