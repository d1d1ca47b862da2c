"""What a batch of a live source changes of what is there, and how messages go: the face of mirroring.sql."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from psycopg import sql

from backscroll.archive.batch import Batch
from backscroll.archive.gateway import Connection
from backscroll.archive.queries import queries
from backscroll.archive.updating import NOTHING_MET, Met

_SQL = queries("mirroring")
_UPDATING = queries("updating")
_STAGING = queries("staging")
_UNDOING = queries("undoing")
_FIGURES: Final = ("count_days", "count_participants", "count_threads", "count_conversations")
_PARENTS: Final = ("find_parents_staged", "find_parents_stored")


class Missing(NamedTuple):
    """A message that the source has not where the archive has it; its day's bounds are `since` and `until`."""

    conversation_id: UUID
    id: UUID


async def find_known(connection: Connection, batch: Batch, made: set[UUID]) -> Met:
    """Looks for the staged messages of a live source; those that stand elsewhere now go, to come in anew.

    `made` are conversations that only this program has written to.
    """
    await connection.execute(_UPDATING["create_known"])
    since, until = batch.span()
    chats = set(batch.languages)
    if older := chats - made:
        await connection.execute(_SQL["raise"], {"conversations": list(older)})
    bounds = {"conversations": list(chats), "since": since, "until": until}
    if not (await connection.execute(_SQL["find_known"], bounds)).rowcount:
        return NOTHING_MET
    await connection.execute(_UPDATING["analyse"])
    moved = await _take_moved(connection)
    row = await (await connection.execute(_UPDATING["count"])).fetchone()
    return replace(Met(0, 0, *row), moved=moved) if row else NOTHING_MET


async def weigh(connection: Connection, batch: Batch, moved: Collection[UUID]) -> tuple[Met, Counter[UUID]]:
    """What storing the staged messages would find and how many would be new by chats; changes nothing.

    `moved` are messages that would have been taken out before, because they stand at another day now.
    """
    since, until = batch.span()
    chats = {UUID(bytes=key) for key in {m.conversation_id for m in batch.messages.values()}}
    bounds = {"conversations": list(chats), "since": since, "until": until, "moved": list(moved)}
    rows = await (await connection.execute(_SQL["weigh"], bounds)).fetchall()
    changed, alike = sum(row[2] for row in rows), sum(row[3] for row in rows)
    met = replace(NOTHING_MET, count=changed + alike, newer=changed)
    return met, Counter({row[0]: row[1] for row in rows if row[1]})


async def _take_moved(connection: Connection) -> int:
    await connection.execute(_UNDOING["create_gone"])
    moved = (await connection.execute(_SQL["take_moved"])).rowcount
    if moved:
        await connection.execute(_SQL["forget_moved"])
        await connection.execute(_SQL["move_versions"])
        await connection.execute(_SQL["drop_attachments"])
        await connection.execute(_SQL["drop_reactions"])
        await connection.execute(_UNDOING["forget_parents"])
        await connection.execute(_UNDOING["forget_roots"])
        await _follow(connection)
    return moved


async def update_known(connection: Connection, run: int, batch: Batch, known: Met) -> None:
    """Makes what is there what the source says, keeps earlier texts, and takes it out of what is staged."""
    if not known.count:
        return
    bounds: dict[str, object] = {"run": run, "since": known.since, "until": known.until}
    if known.newer:
        if any(m.parent_id for m in batch.messages.values()):
            for step in _PARENTS:
                await connection.execute(_STAGING[step])
        for query in (
            *(_UPDATING["keep_versions"], _UPDATING["drop_versions"]),
            *(_SQL["update_messages"], _SQL["update_conversations"]),
        ):
            await connection.execute(query, bounds)
    parts = (_SQL["drop_attachments"], _SQL["drop_reactions"], _UPDATING["add_attachments"], _UPDATING["add_reactions"])
    changed = known.newer + sum([(await connection.execute(part, bounds)).rowcount for part in parts])
    if changed:
        chats = {UUID(bytes=key) for key in {m.conversation_id for m in batch.messages.values()}}
        await connection.execute(_SQL["touch_conversations"], {"conversations": list(chats)})
        await connection.execute(_SQL["change_days"])
        await connection.execute(_UPDATING["note_run"], bounds)
    await connection.execute(_UPDATING["drop_known"])


async def follow_names(connection: Connection, batch: Batch, made: set[UUID]) -> None:
    """Lets the list of chats say what people are called now; in chats that are `made` now it does."""
    chats = {person.conversation_id for person in batch.participants.values()} - made
    if chats:
        given = {"conversations": list(chats), "ids": list(batch.participants)}
        await connection.execute(_SQL["follow_names"], given)


async def remove(
    connection: Connection, missing: Sequence[Missing], since: datetime, until: datetime, *, is_gone: bool
) -> int:
    """Deletes messages that the source has no more (`is_gone`), or takes out those that it has at another time now.

    All of them were sent between two moments. Gives how many there were.
    """
    chats = list({one.conversation_id for one in missing})
    await connection.execute(_STAGING["lock"])
    await connection.execute(_UNDOING["create_gone"])
    await connection.execute(_SQL["create_missing"])
    columns = {"conversations": [one.conversation_id for one in missing], "ids": [one.id for one in missing]}
    await connection.execute(_SQL["fill_missing"], columns)
    bounds = {"chats": chats, "since": since, "until": until}
    count = (await connection.execute(_SQL["bury" if is_gone else "take"], bounds)).rowcount
    if count:
        await connection.execute(_SQL["take_parts"])
        if not is_gone:
            await connection.execute(_UNDOING["forget_parents"])
            await connection.execute(_UNDOING["forget_roots"])
        await _follow(connection)
    return count


async def _follow(connection: Connection) -> None:
    """Brings every figure to what is left."""
    steps: list[sql.SQL] = [*(_UNDOING[step] for step in _FIGURES), _SQL["empty_days"]]
    for step in steps:
        await connection.execute(step)
