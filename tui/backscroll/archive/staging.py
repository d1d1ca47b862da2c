"""Stores a batch of an import in one transaction: the typed face of sql/queries/staging.sql."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from psycopg.types.json import Jsonb

from backscroll.archive import mirroring
from backscroll.archive.batch import ATTACHMENT_TYPES, REACTION_TYPES, Batch, SourceRow, Stored
from backscroll.archive.filling import Apart, attach, fill, fill_apart, give_up, not_there, quarters_of, word
from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.packing import packed
from backscroll.archive.queries import queries
from backscroll.archive.tidying import Tidying
from backscroll.archive.updating import NOTHING_MET, Met, find_known, update_known
from backscroll.errors import AppError
from backscroll.model.import_report import as_json

_SQL = queries("staging")
_FILES = queries("attachments")
_RUNS = queries("import_runs")
_SYNCS = queries("syncs")
# Statements that are sent together: a busy reader makes this program wait for its turn after each answer.
_LINKS: Final = ("relink_bookmarks", "relink_annotations", "count_threads")
TOGETHER: Final = sql.SQL(";\n").join(map(_SQL.__getitem__, _LINKS))

_FEW_CHATS: Final = 100
_GROWN: Final = 5 / 4
"""A run's report is written anew with each batch while it has few chats, else when it tells of so many times as many
messages: all of it is written each time, and of thousands of chats that takes longer than their messages."""


class Staging:
    """The write side of an import."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.tidying = Tidying(gateway)
        self._made: dict[UUID, set[UUID]] = {}  # by runs: conversations that were empty when the run made them
        self._told: dict[UUID, int] = {}  # by runs: of how many messages their report tells
        self._met: set[str] = set()  # quarters of the batches so far, of which some may be on their way

    async def store(
        self, run: UUID, source: SourceRow, batch: Batch, before: asyncio.Task[Stored] | None = None
    ) -> Stored:
        """Stores a batch, with its figures and the run's counts, in one transaction. Raises AppError.

        `before` is the storing of the batch before: what can be is made ready beside it, the rest waits for its end.
        """
        old = self._made.setdefault(run, set())
        new = self._new_quarters(batch)
        read, chats = sum(chat.messages for chat in batch.reported.chats), len(batch.reported.chats)
        is_told = chats <= _FEW_CHATS or read >= self._told.get(run, 0) * _GROWN

        async def unit(connection: Connection) -> tuple[Stored, set[UUID], set[str]]:
            await connection.execute(_SQL["settings"])
            apart = await not_there(connection, new)
            if batch.messages:
                await _stage_all(connection, await _number(connection, run), batch, apart, is_live=source.is_live)
            await _end_of(before)
            await connection.execute(_SQL["lock"])
            number = await _number(connection, run)
            made, participants = await _store_lists(connection, number, source, batch)
            empty, is_live = old | made, source.is_live
            messages, known, quarters = await _store_messages(connection, number, batch, apart, empty, is_live=is_live)
            await _fill_attachments(connection, batch)
            if is_live:
                await mirroring.follow_names(connection, batch, empty)
            stored = Stored(
                chats=len(made),
                messages=messages - known.moved,
                participants=participants,
                duplicates=batch.duplicates + known.alike + known.count - known.newer,
                skipped=len(batch.rejected),
                updated=known.newer + known.moved,
                conflicts=known.elsewhen,
                doubles=known.doubles,
            )
            await _record(connection, run, source, batch, stored, is_told=is_told)
            return stored, made, quarters

        stored, made, quarters = await self._gateway.transact(unit)
        if is_told:
            self._told[run] = read
        old |= made
        self.tidying.touch(quarters)
        return stored

    def forget_made(self) -> None:
        """From now on chats that runs made are looked through as others are: messages may have been taken from them."""
        self._made.clear()

    def _new_quarters(self, batch: Batch) -> list[Apart]:
        """The quarters of a batch of which it is the first to have messages.

        Answers are left out: they are joined first with what they answer, which may be in the batch before.
        """
        quarters = quarters_of(batch) or [] if batch.messages else []
        new = [one for one in quarters if one.quarter not in self._met]
        self._met |= {one.quarter for one in new}
        return [] if batch.has_answers else new


async def _number(connection: Connection, run: UUID) -> int:
    row = await (await connection.execute(_RUNS["number"], {"id": run})).fetchone()
    if row is None:
        raise AppError(
            "The import was taken back while it ran",
            "Nothing more of it is stored; it may be begun anew.",
            code="undone",
        )
    return int(row[0])


async def _store_lists(connection: Connection, run: int, source: SourceRow, batch: Batch) -> tuple[set[UUID], int]:
    """Stores what messages refer to; gives the conversations that are new and the number of new participants."""
    await connection.execute(_SQL["add_source"], asdict(source))
    made: set[UUID] = set()
    participants = 0
    if batch.conversations:
        names = ("ids", "external_ids", "titles", "kinds", "topics")
        columns = _columns(names, batch.conversations.values()) | {"source": source.id, "run": run}
        cursor = await connection.execute(_SQL["add_conversations"], columns)
        made = {row[0] for row in await cursor.fetchall()}
    if batch.participants:
        names = ("conversations", "ids", "external_ids", "names", "owners")
        columns = _columns(names, batch.participants.values()) | {"run": run}
        row = await (await connection.execute(_SQL["add_participants"], columns)).fetchone()
        participants = row[0] if row else 0
    if batch.threads:
        names = ("conversations", "ids", "external_ids", "titles", "roots")
        await connection.execute(_SQL["add_threads"], _columns(names, batch.threads.values()) | {"run": run})
    return made, participants


async def _store_messages(
    connection: Connection, run: int, batch: Batch, apart: list[Apart], made: set[UUID], *, is_live: bool
) -> tuple[int, Met, set[str]]:
    """Stores what is new or newer of what is staged; `made` as in `find_known`.

    Gives the number of new messages, what was known, and the quarters of the new.
    """
    if not batch.messages:
        return 0, NOTHING_MET, set()
    known = await (mirroring.find_known if is_live else find_known)(connection, batch, made)
    is_attached = bool(apart) and not (known.count or known.alike) and await attach(connection, apart)
    if apart and not is_attached:
        await give_up(connection, apart)
    await (mirroring.update_known if is_live else update_known)(connection, run, batch, known)
    left = len(batch.messages) - known.count - known.alike
    if left or known.newer:
        told = {"ids": list(batch.languages), "languages": list(batch.languages.values())}
        await connection.execute(_SQL["tell_languages"], told)
        await connection.execute(_SQL["add_words"], {"words": " ".join(batch.words)})
    return left, known, await _store_staged(connection, run, batch, apart if is_attached else ()) if left else set()


async def _end_of(before: asyncio.Task[Stored] | None) -> None:
    if before is not None:
        await asyncio.wait({before})
        before.result()


async def stage(connection: Connection, batch: Batch, *, is_worded: bool = False) -> None:
    """Sends the messages of a batch to `staged`, where they have their search vectors if they are `is_worded`."""
    await connection.execute(_SQL["create_staged"])
    if is_worded:
        await word(connection)
    async with connection.cursor() as cursor, cursor.copy(_SQL["copy_messages"]) as copy:
        for rows in packed(batch.messages.values()):
            await copy.write(rows)
    await connection.execute(_SQL["analyse"])


async def _stage_all(connection: Connection, run: int, batch: Batch, apart: Sequence[Apart], *, is_live: bool) -> None:
    """Sends the messages and what hangs on them (of a live source also that nothing does); fills quarters apart."""
    await stage(connection, batch, is_worded=not apart)
    if batch.attachments or is_live:
        await connection.execute(_SQL["create_staged_attachments"])
        await _copy(connection, _SQL["copy_attachments"], batch.attachments, ATTACHMENT_TYPES)
    if batch.reactions or is_live:
        await connection.execute(_SQL["create_staged_reactions"])
        await _copy(connection, _SQL["copy_reactions"], batch.reactions, REACTION_TYPES)
    await fill_apart(connection, run, apart)


async def _store_staged(connection: Connection, run: int, batch: Batch, attached: Sequence[Apart]) -> set[str]:
    """Stores what is still staged, all of it new, but for the quarters that are `attached`; gives all it went to."""
    if batch.has_answers:
        await connection.execute(_SQL["find_parents_staged"])
        await connection.execute(_SQL["find_parents_stored"])
    quarters = await fill(connection, run, batch, attached)
    if batch.attachments:
        await connection.execute(_SQL["insert_attachments"], {"run": run})
    if batch.reactions:
        await connection.execute(_SQL["insert_reactions"], {"run": run})
    await connection.execute(_SQL["find_children"], {"conversations": list(batch.languages)})
    await connection.execute(TOGETHER, prepare=False)
    await connection.execute(_SQL["count_all"], {"run": run})
    return quarters


async def _fill_attachments(connection: Connection, batch: Batch) -> None:
    if batch.fills:
        names = ("conversations", "messages", "positions", "file_names", "mime_types", "sizes", "digests", "paths")
        await connection.execute(_FILES["fill"], _columns(names, batch.fills))


async def _record(
    connection: Connection, run: UUID, source: SourceRow, batch: Batch, stored: Stored, *, is_told: bool
) -> None:
    if batch.rejected:
        columns = _columns(("places", "reasons", "data"), batch.rejected)
        await connection.execute(_RUNS["log"], columns | {"id": run})
    if batch.days:
        columns = _columns(("chats", "days", "messages", "digests"), batch.days)
        await connection.execute(_SYNCS["save_days"], columns | {"source": source.id})
    counts = asdict(stored) | {"id": run, "source": source.id, "date_order": source.date_order}
    await connection.execute(_RUNS["add"], counts | {"report": Jsonb(as_json(batch.reported)) if is_told else None})


async def _copy(
    connection: Connection, query: sql.SQL, rows: Iterable[tuple[Any, ...]], types: tuple[str, ...]
) -> None:
    async with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types(types)
        for row in rows:
            await copy.write_row(row)


def _columns(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
