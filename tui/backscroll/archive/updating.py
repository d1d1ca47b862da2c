"""What an import finds that is there already: the typed face of sql/queries/updating.sql."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from backscroll.archive.batch import Batch
from backscroll.archive.gateway import Connection
from backscroll.archive.queries import queries

_SQL = queries("updating")
_UPDATING = ("keep_versions", "drop_versions", "update_messages", "change_days", "update_conversations")


@dataclass(frozen=True, slots=True)
class Met:
    """How many staged messages are there already: `count` by their ids, `alike` with their time written otherwise.

    `doubles` are not there, but say what another sender says in the same minute. Of `newer` the export knows a later
    state, the first of them sent at `since` and the last at `until`; `elsewhen` are there at another time than the
    export says. `moved` were there at another place and come in anew (see `archive.mirroring`).
    """

    alike: int
    doubles: int
    count: int
    newer: int
    elsewhen: int
    since: datetime | None
    until: datetime | None
    moved: int = 0


NOTHING_MET: Final = Met(0, 0, 0, 0, 0, None, None)


async def find_known(connection: Connection, batch: Batch, made: set[UUID]) -> Met:
    """Looks for the staged messages; `made` are conversations that only this program has written to."""
    await connection.execute(_SQL["create_known"])
    conversations = {UUID(bytes=key) for key in {m.conversation_id for m in batch.messages.values()}}
    since, until = batch.span()
    bounds = {"conversations": list(conversations), "since": since, "until": until}
    found = (await connection.execute(_SQL["find_known"], bounds)).rowcount
    alike = doubles = 0
    # What is not there about that time may stand at another, but not in a chat that only this import has written to.
    if found < len(batch.messages) and conversations - made:
        older = bounds | {"conversations": list(conversations - made)}
        await connection.execute(_SQL["find_moved"], older)
        if any(m.external_id is None for m in batch.messages.values()):
            alike = (await connection.execute(_SQL["drop_alike"], older | {"claimed": batch.claimed})).rowcount
            row = await (await connection.execute(_SQL["count_doubles"], older)).fetchone()
            doubles = row[0] if row else 0
    await connection.execute(_SQL["analyse"])
    row = await (await connection.execute(_SQL["count"])).fetchone()
    return Met(alike, doubles, *row) if row else NOTHING_MET


async def count_new(connection: Connection) -> Counter[UUID]:
    """How many of the staged messages are not there, by conversations; comes after `find_known`."""
    return Counter(dict(await (await connection.execute(_SQL["count_new"])).fetchall()))


async def update_known(connection: Connection, run: int, batch: Batch, known: Met) -> None:
    """Brings what is there up to date, keeps the earlier texts, and takes it out of what is staged."""
    if not known.count:
        return
    bounds: Mapping[str, object] = {"run": run, "since": known.since, "until": known.until}
    brought = known.newer
    if known.newer:
        for step in _UPDATING:
            await connection.execute(_SQL[step], bounds)
    for step, parts in (
        ("join_threads", batch.threads),
        ("add_attachments", batch.attachments),
        ("add_reactions", batch.reactions),
    ):
        if parts:
            brought += (await connection.execute(_SQL[step], bounds)).rowcount
    if brought:
        await connection.execute(_SQL["note_run"], bounds)
    await connection.execute(_SQL["drop_known"])
