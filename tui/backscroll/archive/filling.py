"""Brings staged messages into their quarters: the typed face of sql/queries/filling.sql."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from psycopg import sql

from backscroll.archive.batch import Batch
from backscroll.archive.gateway import Connection
from backscroll.archive.queries import queries
from backscroll.model import ids
from backscroll.model.instants import DAY, moment_at

_SQL = queries("filling")
# Statements that are sent together: a busy reader makes this program wait for its turn after each answer.
_APART: Final = ("create", "fill_wording", "mould", "index", "take_out", "drop_mould")
_ATTACHED: Final = ("rename", "attach", "finish", "comment")
_SINCE, _UNTIL = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""What is sent before or after goes to an open end."""


class Apart(NamedTuple):
    """A table with the messages of a quarter (its name, and when it begins) that was not there when it was filled."""

    table: str
    quarter: str
    since: datetime


def quarters_of(batch: Batch) -> list[Apart] | None:
    """The quarters of a batch's messages, for each of which a table could be filled; None: some lie in an open end."""
    days = [moment_at(day * DAY) for day in {message.sent_at // DAY for message in batch.messages.values()}]
    if min(days) < _SINCE or max(days) >= _UNTIL:
        return None
    starts = sorted({datetime(day.year, (day.month - 1) // 3 * 3 + 1, 1, tzinfo=UTC) for day in days})
    return [Apart(f"messages_{ids.new_id().hex}", f"messages_{d.year}q{(d.month + 2) // 3}", d) for d in starts]


async def not_there(connection: Connection, quarters: Sequence[Apart]) -> list[Apart]:
    """Those of the quarters that are not there."""
    names = {"names": [one.quarter for one in quarters]}
    there = {row[0] for row in await (await connection.execute(_SQL["there"], names)).fetchall()} if quarters else set()
    return [one for one in quarters if one.quarter not in there]


async def fill_apart(connection: Connection, run: int, quarters: Iterable[Apart]) -> None:
    """Fills and indexes them with what is staged, which has no search vectors yet; this may come before the lock."""
    for one in quarters:
        await _run(connection, _APART, one, run)


async def attach(connection: Connection, quarters: Sequence[Apart]) -> bool:
    """Makes the tables quarters, if none of these has come to be there; else does nothing. Needs the lock."""
    if len(await not_there(connection, quarters)) < len(quarters):
        return False
    for one in quarters:
        await _run(connection, _ATTACHED, one)
    return True


async def give_up(connection: Connection, quarters: Iterable[Apart]) -> None:
    """Leaves the tables, so that what is staged is stored by `fill`."""
    for one in quarters:
        await _run(connection, ("drop",), one)
    await connection.execute(_SQL["word"])


async def fill(connection: Connection, run: int, batch: Batch, attached: Sequence[Apart]) -> set[str]:
    """Stores what is staged but for the quarters that are `attached`; gives all to which it went. Needs the lock.

    It has its search vectors where none is.
    """
    names = {one.quarter for one in attached}
    if names and names == {one.quarter for one in quarters_of(batch) or ()}:
        return names
    fill_step, insert_step = ("fill_wording", "insert_wording") if attached else ("fill", "insert")
    rows = await (await connection.execute(_SQL["quarters"])).fetchall()
    filled = [one.since for one in attached]
    for since, name, is_there in rows:
        if not is_there:
            await _run(connection, ("create", fill_step, *_ATTACHED), Apart(f"{name}_new", name, since), run)
            filled.append(since)
    await connection.execute(_SQL[insert_step], {"filled": filled, "run": run})
    return {name for _, name, _ in rows}


async def word(connection: Connection) -> None:
    """Lets what is copied into the staged messages have its search vectors."""
    await connection.execute(_SQL["word"])


async def _run(connection: Connection, steps: Sequence[str], one: Apart, run: int = 0) -> None:
    year, month = (one.since.year + 1, 1) if one.since.month == 10 else (one.since.year, one.since.month + 3)
    names = {
        "table": sql.Identifier("backscroll", one.table),
        "mould": sql.Identifier("backscroll", f"{one.table}_mould"),
        "quarter": sql.Identifier("backscroll", one.quarter),
        "name": sql.Identifier(one.quarter),
        "since": sql.Literal(one.since),
        "until": sql.Literal(one.since.replace(year=year, month=month)),
        "run": sql.Literal(run),
    }
    await connection.execute(sql.SQL(";\n").join(_SQL[step].format(**names) for step in steps), prepare=False)
