"""Applies what people wrote, each write once however often it is sent: the typed face of sql/queries/writes.sql."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
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
    REMEMBERED,
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
_KNOWN: Final = REMEMBERED - timedelta(days=10)
"""How old a write may be that is known in any case if it was applied; clocks differ, by hours rather than days."""

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

    async def apply(self, write: Write, *, patience: float = PATIENCE, may_be_sent: bool = False) -> Outcome:
        """Applies a write and says how it ended; one that was applied before only says so again.

        `patience` is how long (in seconds) a server that does not answer is tried. Raises AppError: `may_pass` tells
        whether it may go better later. One that `may_be_sent` already and is too old to be known any more is refused
        (`too_old`).
        """

        async def unit(connection: Connection) -> Outcome:
            parameters = {"id": write.id, "kind": write.kind}
            if not (await connection.execute(_SQL["begin"], parameters)).rowcount:
                return await _outcome(connection, write)
            if may_be_sent and write.made_at < datetime.now(UTC) - _KNOWN:
                raise _too_old()
            outcome = await APPLIERS[type(write.payload)](connection, write.id, write.payload)
            if outcome is not Outcome.APPLIED:
                await connection.execute(_SQL["end"], {"id": write.id, "outcome": outcome})
            return outcome

        return await self._gateway.transact(unit, patience=patience)

    async def bring(self, writes: Sequence[Write], *, is_dry: bool = False) -> list[Outcome]:
        """Applies writes that a file can repeat, all in one transaction; their ids are not kept. Raises AppError.

        Dry, everything is taken back: only how each would end is told.
        """

        async def unit(connection: Connection) -> list[Outcome]:
            async with connection.transaction(force_rollback=is_dry):
                return [await APPLIERS[type(write.payload)](connection, write.id, write.payload) for write in writes]

        return await self._gateway.transact(unit)

    async def forget_old(self) -> None:
        """Forgets the present user's writes older than `REMEMBERED`: nobody sends them again. Raises AppError."""
        await self._gateway.execute(_SQL["forget_old"], {"days": REMEMBERED.days})

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


def _too_old() -> AppError:
    hint = "It waited so long that the archive may have it and not know so any more. Look, then send it by --retry."
    return AppError("Nobody knows whether this was sent", hint, code="too_old")
