"""Takes import runs back, step by step: the typed face of sql/queries/undoing.sql."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row, scalar_row

from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.queries import queries
from backscroll.archive.syncs import forget_source_of
from backscroll.archive.tidying import tidy
from backscroll.errors import AppError

_SQL = queries("undoing")
_STAGING = queries("staging")
_TAKEN = ("take_attachments", "take_reactions")
_CHANGED = ("skip_versions", "restore_versions")
_FOLLOWING = (
    *("take_versions", "forget_parents", "forget_roots", "count_days", "count_participants", "count_threads"),
    "count_conversations",
)


class Brought(NamedTuple):
    """A chat to which a run brought something, and how many messages that were."""

    conversation_id: UUID
    messages: int


class Undoing:
    """The steps of taking a run back. Each is one transaction, and leaves figures that are those of the rows."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._touched: set[str] = set()

    async def begin(self, run: UUID) -> int:
        """Says that a run is being taken back, so that it stores nothing more; gives the number that its rows bear.

        Raises AppError where it was taken back already, or where its rows bear no number.
        """

        async def unit(connection: Connection) -> int:
            await connection.execute(_STAGING["lock"])
            if await _value(connection, _SQL["is_marked"], {"id": run}) is False:
                raise AppError(
                    "What this run brought cannot be told from the rest",
                    "An older Backscroll imported it, which did not note that yet.",
                    code="unmarked_run",
                )
            await forget_source_of(connection, run)
            number = await _value(connection, _SQL["begin"], {"id": run})
            if number is None:
                raise AppError("This run was taken back before", "`backscroll imports` lists them.", code="undone")
            return int(str(number))

        return await self._gateway.transact(unit)

    async def source(self, run: UUID) -> UUID | None:
        """Where a run came from, while something of that is left."""
        found: UUID | None = await self._gateway.fetch_value(_SQL["source"], {"id": run})
        return found

    async def left(self, number: int) -> list[Brought]:
        """The chats that were not gone over yet."""
        return await self._gateway.fetch_all(_SQL["left"], {"run": number}, class_row(Brought))

    async def take(self, number: int, chats: Sequence[UUID]) -> int:
        """Takes what the run brought out of some of its chats; gives the number of messages."""
        parameters = {"run": number, "chats": list(chats)}

        async def unit(connection: Connection) -> tuple[int, set[str]]:
            await connection.execute(_STAGING["lock"])
            await connection.execute(_SQL["create_gone"])
            taken = (await connection.execute(_SQL["take_messages"], parameters)).rowcount
            await connection.execute(_SQL["analyse"])
            for step in _TAKEN:
                await connection.execute(_SQL[step], parameters)
            for step in _FOLLOWING:
                await connection.execute(_SQL[step])
            for step in _CHANGED:
                while (await connection.execute(_SQL[step], parameters)).rowcount:
                    pass  # a run that met a message twice may have changed it twice
            await connection.execute(_SQL["empty_days"], parameters)
            await connection.execute(_SQL["done"], parameters)
            rows = await (await connection.execute(_SQL["quarters"])).fetchall()
            return taken, {row[0] for row in rows}

        taken, quarters = await self._gateway.transact(unit)
        self._touched |= quarters
        return taken

    async def finish(self, run: UUID) -> int:
        """Takes away what nothing holds any more, and says that the run is taken back; gives the number of chats."""

        async def unit(connection: Connection) -> int:
            await connection.execute(_STAGING["lock"])
            source = {"source": await _value(connection, _SQL["source"], {"id": run})}
            await connection.execute(_SQL["leave_threads"], source)
            await connection.execute(_SQL["empty_threads"], source)
            await connection.execute(_SQL["empty_participants"], source)
            chats = await _value(connection, _SQL["empty_conversations"], source)
            await connection.execute(_SQL["leave_source"], source)
            await connection.execute(_SQL["empty_source"], source)
            await connection.execute(_SQL["forget_unread"], {"id": run})
            await connection.execute(_SQL["finish"], {"id": run})
            return int(str(chats))

        chats = await self._gateway.transact(unit)
        await tidy(self._gateway, sorted(self._touched))
        self._touched.clear()
        return chats


async def _value(connection: Connection, query: sql.SQL, parameters: dict[str, object]) -> object:
    async with connection.cursor(row_factory=scalar_row) as cursor:
        await cursor.execute(query, parameters)
        return await cursor.fetchone()
