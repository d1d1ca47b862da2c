"""Applies what people wrote, each write once however often it is sent: the typed face of sql/queries/writes.sql."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias
from uuid import UUID

from psycopg.rows import scalar_row

from backscroll.archive import annotations, bookmarks, codes, reviews
from backscroll.archive.failures import is_passing
from backscroll.archive.gateway import PATIENCE, Connection, Gateway
from backscroll.archive.queries import queries
from backscroll.errors import AppError
from backscroll.model.code_writes import KINDS as CODE_KINDS
from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationRestore,
    AnnotationSettle,
    AnnotationWrite,
    BookmarkRemove,
    BookmarkRestore,
    BookmarkSet,
    BookmarkSettle,
    Outcome,
    Payload,
    ReviewDecide,
    Write,
)

_SQL = queries("writes")

Applier: TypeAlias = Callable[[Connection, UUID, Any], Awaitable[Outcome]]
"""Does what a payload says inside a transaction, under the write's id. Raises AppError where it can never be done."""

APPLIERS: Final[Mapping[type[Payload], Applier]] = {
    BookmarkSet: bookmarks.put,
    BookmarkRemove: bookmarks.remove,
    BookmarkRestore: bookmarks.restore,
    BookmarkSettle: bookmarks.settle,
    AnnotationWrite: annotations.write,
    AnnotationRemove: annotations.remove,
    AnnotationRestore: annotations.restore,
    AnnotationSettle: annotations.settle,
    **dict.fromkeys(CODE_KINDS.values(), codes.apply),
    ReviewDecide: reviews.decide,
}


class Writes:
    """The archive as what people write comes to it."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def apply(self, write: Write, *, patience: float = PATIENCE) -> Outcome:
        """Applies a write and says how it ended; one that was applied before only says so again.

        `patience` is how long (in seconds) a server that does not answer is tried. Raises AppError: `may_pass` tells
        whether it may go better later.
        """

        async def unit(connection: Connection) -> Outcome:
            parameters = {"id": write.id, "kind": write.kind}
            if not (await connection.execute(_SQL["begin"], parameters)).rowcount:
                return await _outcome(connection, write)
            outcome = await APPLIERS[type(write.payload)](connection, write.id, write.payload)
            if outcome is not Outcome.APPLIED:
                await connection.execute(_SQL["end"], {"id": write.id, "outcome": outcome})
            return outcome

        return await self._gateway.transact(unit, patience=patience)

    async def bring(self, writes: Sequence[Write]) -> list[Outcome]:
        """Applies writes that a file can repeat, all in one transaction; their ids are not kept. Raises AppError."""

        async def unit(connection: Connection) -> list[Outcome]:
            return [await APPLIERS[type(write.payload)](connection, write.id, write.payload) for write in writes]

        return await self._gateway.transact(unit)

    @staticmethod
    def may_pass(error: AppError) -> bool:
        """Whether a write that failed so is to be sent again later: the server was away, or is being set up."""
        return is_passing(error) or error.code in {"not_migrated", "newer_archive"}


async def _outcome(connection: Connection, write: Write) -> Outcome:
    async with connection.cursor(row_factory=scalar_row) as cursor:
        await cursor.execute(_SQL["outcome"], {"id": write.id})
        known = await cursor.fetchone()
    if known is None:
        raise AppError(
            "The archive does not know this database user",
            "Ask the archive's owner for the right to write on schema backscroll, or connect as another user.",
            code="no_right",
        )
    return Outcome(known)
