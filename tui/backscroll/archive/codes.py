"""The codebook and its history: the typed face of sql/queries/codes.sql."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import args_row, class_row, tuple_row
from psycopg.types.json import Jsonb

from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.queries import queries
from backscroll.model.code import Code, Codebook, CodeChange, Uses
from backscroll.model.code_rules import Changed, Effect, effect
from backscroll.model.code_writes import CodeWrite, SplitCode
from backscroll.model.ids import new_id
from backscroll.model.message import NEWEST
from backscroll.model.writes import Outcome

_SQL = queries("codes")
_UNTOLD: Final = {"id", "version", "created_at", "updated_at"}


class Codes:
    """The codes of the archive."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def book(self, *, is_counted: bool = True) -> Codebook:
        """The whole codebook; counted, it knows how many annotations bear each code."""
        codes = await self._gateway.fetch_all(_SQL["codes"], {}, class_row(Code))
        if not is_counted:
            return Codebook(codes)
        uses = await self._gateway.fetch_all(_SQL["uses"], {}, args_row(_use))
        return Codebook(codes, dict(uses))

    async def changed_at(self) -> datetime | None:
        """When the codebook was last changed; None where it never was."""
        moment: datetime | None = await self._gateway.fetch_value(_SQL["changed_at"], {})
        return moment

    async def history(
        self, code: UUID | None = None, *, limit: int, after: CodeChange | None = None
    ) -> list[CodeChange]:
        """What was done to the codebook or to one code, the newest first, after a line of the page before."""
        parameters = {
            "code": code,
            "changed_at": after.changed_at if after else NEWEST.sent_at,
            "id": after.id if after else NEWEST.id,
            "code_id": after.code_id if after else NEWEST.id,
            "limit": limit,
        }
        return await self._gateway.fetch_all(_SQL["history"], parameters, class_row(CodeChange))

    async def take(self, writes: Sequence[CodeWrite]) -> None:
        """Applies the writes that a file comes to, all or none. Raises AppError where one breaks a rule.

        They do not go through the outbox: the file can be taken in again.
        """
        named = [(new_id(), write) for write in writes]

        async def unit(connection: Connection) -> None:
            for identity, write in named:
                await apply(connection, identity, write)

        await self._gateway.transact(unit)


async def apply(connection: Connection, identity: UUID, write: CodeWrite) -> Outcome:
    """Applies a write in the transaction of a connection; one that was applied before changes nothing.

    Raises AppError (`code_conflict`, `code_exists`, `no_such_code`, ...) where it breaks a rule of the codebook: trying
    again does not help then.
    """
    await connection.execute(_SQL["lock"])
    async with connection.cursor(row_factory=tuple_row) as cursor:
        ((now, is_done),) = await (await cursor.execute(_SQL["begin"], {"write": identity})).fetchall()
    if is_done:
        return Outcome.APPLIED
    async with connection.cursor(row_factory=class_row(Code)) as codes:
        book = Codebook(await (await codes.execute(_SQL["codes"])).fetchall())
    found = effect(book, write, now)
    for changed in found.changes:
        await connection.execute(_SQL["write"], asdict(changed.after))
        told = await _annotations_of(connection, identity, book, changed)
        before, after = _difference(changed)
        parameters = {
            "write": identity,
            "code": changed.after.id,
            "author": write.author,
            "change": changed.change,
            "before": None if changed.before is None else Jsonb(before | told),
            "after": Jsonb(after | _parts(write, changed)),
            "moment": now,
        }
        await connection.execute(_SQL["tell"], parameters)
    await _place(connection, found)
    return Outcome.APPLIED


async def _annotations_of(
    connection: Connection, identity: UUID, book: Codebook, changed: Changed
) -> dict[str, object]:
    """Moves the annotations of a code that is merged or parted again; says what a merge took."""
    code, into = changed.after, changed.after.merged_into
    if changed.change == "merged":
        parameters = {"write": identity, "code": code.id, "into": into}
        async with connection.cursor(row_factory=tuple_row) as cursor:
            taken = await (await cursor.execute(_SQL["merge"], parameters)).fetchone()
        replaced, joined = taken or ([], [])
        return {"replaced": list(map(str, replaced)), "joined": list(map(str, joined))}
    if changed.change == "restored" and changed.before and changed.before.merged_into:
        holder = book.living(changed.before.id)
        async with connection.cursor(row_factory=tuple_row) as cursor:
            taken = await (await cursor.execute(_SQL["merged"], {"code": code.id})).fetchone()
        if taken and holder:
            replaced, joined = taken
            parameters = {"write": identity, "code": code.id, "into": holder.id}
            parameters |= {"replaced": replaced, "joined": joined}
            await connection.execute(_SQL["part"], parameters)
    return {}


async def _place(connection: Connection, found: Effect) -> None:
    for identity, position in found.places.items():
        await connection.execute(_SQL["place"], {"id": identity, "position": position})


def _difference(changed: Changed) -> tuple[dict[str, object], dict[str, object]]:
    """The columns that changed, as they were and as they became; of a new code those that say something."""
    columns = [field.name for field in fields(Code) if field.name not in _UNTOLD]
    after = {name: _plain(getattr(changed.after, name)) for name in columns}
    if changed.before is None:
        return {}, {name: value for name, value in after.items() if value not in ("", None)}
    before = {name: _plain(getattr(changed.before, name)) for name in columns}
    names = [name for name in columns if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def _parts(write: CodeWrite, changed: Changed) -> dict[str, object]:
    """What a split code was split into."""
    if changed.change != "split" or not isinstance(write, SplitCode):
        return {}
    return {"codes": [str(part.code) for part in write.parts]}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _use(identity: UUID, own: int, whole: int) -> tuple[UUID, Uses]:
    return identity, Uses(own, whole)
