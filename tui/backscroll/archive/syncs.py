"""What the archive knows of live sources, and what is mirrored besides messages: the face of sql/queries/syncs.sql."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from psycopg.rows import args_row, class_row, dict_row, kwargs_row
from psycopg.types.json import Jsonb
from psycopg.types.multirange import Multirange

from backscroll.archive.batch import DayRow, SourceRow
from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.mirroring import Missing, remove
from backscroll.archive.queries import queries
from backscroll.errors import AppError
from backscroll.model.sync import Area, SourceRecord, Sync

T = TypeVar("T")

_SQL = queries("syncs")
_RECORD_TYPES = ("text", "uuid", "uuid", "jsonb")
_SUMMARY_TYPES = ("uuid", "uuid", "timestamptz", "timestamptz", "text", "int8", "text[]", "text", "timestamptz")


class ListedRecord(NamedTuple):
    """A record of a source, in the order of `copy_listed`."""

    external_id: str
    conversation_id: UUID | None
    message_id: UUID | None
    data: object


class NotedMessage(NamedTuple):
    """Where a message stands that a source has a note on, and what it says."""

    id: UUID
    sent_at: datetime
    sender: str | None
    text: str
    conversation: str


class ToldSummary(NamedTuple):
    """A summary that a source keeps, in the order of `copy_told`."""

    conversation_id: UUID
    id: UUID
    period_start: datetime | None
    period_end: datetime | None
    text: str
    message_count: int
    participants: list[str]
    status: str
    generated_at: datetime


Stream: TypeAlias = Callable[[], AsyncIterator[Sequence[T]]]
"""Gives rows some at a time, from the beginning each time that it is called: a transaction may be tried again."""


class Syncs:
    """Live sources, one row each."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def begin(self, source: SourceRow, found: Mapping[str, Any]) -> None:
        """Notes that a source is followed, and what was found there."""
        columns = {
            "id": source.id,
            "identity": source.identity,
            "format": source.format,
            "name": source.name,
            "time_zone": source.time_zone,
        }
        await self._gateway.execute(_SQL["begin"], columns | {"found": Jsonb(dict(found))})

    async def of_source(self, source: UUID) -> Sync:
        """How a source is followed that was begun; raises AppError where it was taken out since."""
        known = await self._gateway.fetch_one(_SQL["of_source"], {"source": source}, kwargs_row(_sync))
        if known is None:
            raise AppError("The source was taken out of the archive meanwhile", "Sync it anew.", code="no_such_source")
        return known

    async def all(self) -> list[Sync]:
        """Every live source, by name."""
        return await self._gateway.fetch_all(_SQL["all"], {}, kwargs_row(_sync))

    async def chat_marks(self, source: UUID) -> dict[str, tuple[int, int]]:
        """What the source had of each chat when it was mirrored: messages, and the sum of their digests."""
        rows = await self._gateway.fetch_all(_SQL["chat_marks"], {"source": source}, dict_row)
        return {row["chat"]: (row["messages"], int(row["digest"])) for row in rows}

    async def day_marks(self, source: UUID, chats: Collection[str]) -> list[DayRow]:
        """The same for each day of some chats."""
        given = {"source": source, "chats": list(chats)}
        return await self._gateway.fetch_all(_SQL["day_marks"], given, args_row(DayRow))

    async def save_days(self, source: UUID, days: Sequence[DayRow]) -> None:
        """Notes days as mirrored without reading them."""
        columns = zip(("chats", "days", "messages", "digests"), zip(*days, strict=True), strict=True)
        await self._gateway.execute(_SQL["save_days"], {name: list(c) for name, c in columns} | {"source": source})

    async def forget_days(self, source: UUID, days: Iterable[tuple[str, date]]) -> None:
        """Forgets days of which the source has nothing any more."""
        given = list(days)
        columns = {"chats": [chat for chat, _ in given], "days": [day for _, day in given]}
        await self._gateway.execute(_SQL["forget_days"], columns | {"source": source})

    async def held(self, days: Sequence[tuple[str, UUID, date]]) -> set[tuple[str, str]]:
        """Chat and external id of the messages that the archive has of some days of chats (and their ids)."""
        columns = {
            "chats": [chat for chat, _, _ in days],
            "conversations": [conversation for _, conversation, _ in days],
            "days": [day for _, _, day in days],
        }
        rows = await self._gateway.fetch_all(_SQL["held"], columns, dict_row)
        return {(row["chat"], row["id"]) for row in rows}

    async def remove(self, missing: Sequence[Missing], first: date, last: date, *, is_gone: bool) -> int:
        """Deletes messages of some days that their source has no more, or (not `is_gone`) has at another time."""
        since = datetime.combine(first, time(), UTC)
        until = datetime.combine(last, time(), UTC) + timedelta(days=1)

        async def unit(connection: Connection) -> int:
            return await remove(connection, missing, since, until, is_gone=is_gone)

        return await self._gateway.transact(unit)

    async def checked(
        self, source: UUID, *, is_whole: bool, cursor: str | None = None, lists: Mapping[str, str] | None = None
    ) -> None:
        """Notes how far a source was mirrored, `is_whole`: all of it; None leaves what is known."""
        given = {"source": source, "cursor": cursor, "lists": Jsonb(dict(lists or {})), "is_whole": is_whole}
        await self._gateway.execute(_SQL["checked"], given)

    async def pause(self, source: UUID) -> bool:
        """Pauses; gives whether it was not paused before."""
        return bool(await self._gateway.execute(_SQL["pause"], {"source": source}))

    async def resume(self, source: UUID, mode: Literal["from_last", "from_now"]) -> bool:
        """Resumes, with or without what was written meanwhile; gives whether it was paused."""
        return bool(await self._gateway.execute(_SQL["resume"], {"source": source, "mode": mode}))

    async def exclude(self, source: UUID, chat: str) -> None:
        """Never reads a chat from now on; what is there of it stays."""
        await self._gateway.execute(_SQL["exclude"], {"source": source, "chat": chat})

    async def include(self, source: UUID, chat: str) -> None:
        """Reads a chat again that was excluded."""
        await self._gateway.execute(_SQL["include"], {"source": source, "chat": chat})

    async def save_records(self, source: UUID, area: str, records: Stream[ListedRecord]) -> None:
        """Makes the records of an area those that the source has, which stream."""

        async def rows() -> AsyncIterator[Sequence[tuple[Any, ...]]]:
            async for some in records():
                yield [record._replace(data=Jsonb(record.data)) for record in some]

        steps = ("take_records", "save_records")
        await self._merge("listed", rows, _RECORD_TYPES, steps, {"source": source, "area": area})

    async def area(self, source: UUID, area: str) -> dict[str, ListedRecord]:
        """The records of an area as they were mirrored last, by the ids that the source gives them."""
        given = {"source": source, "area": area}
        found = await self._gateway.fetch_all(_SQL["area"], given, class_row(ListedRecord))
        return {record.external_id: record for record in found}

    async def noted(self, messages: Collection[tuple[UUID, UUID]]) -> dict[UUID, NotedMessage]:
        """Messages by their own ids, from those of their conversations and their own."""
        given = {"conversations": [chat for chat, _ in messages], "ids": [identity for _, identity in messages]}
        found = await self._gateway.fetch_all(_SQL["noted"], given, class_row(NotedMessage))
        return {message.id: message for message in found}

    async def save_summaries(self, source: UUID, summaries: Stream[ToldSummary]) -> None:
        """Makes the imported summaries of a source's chats those that it has, which stream."""
        await self._merge("told", summaries, _SUMMARY_TYPES, ("take_summaries", "save_summaries"), {"source": source})

    async def _merge(
        self,
        table: str,
        rows: Callable[[], AsyncIterator[Sequence[tuple[Any, ...]]]],
        types: tuple[str, ...],
        steps: Sequence[str],
        given: Mapping[str, object],
    ) -> None:
        async def unit(connection: Connection) -> None:
            await connection.execute(_SQL[f"create_{table}"])
            async with connection.cursor() as cursor, cursor.copy(_SQL[f"copy_{table}"]) as copy:
                copy.set_types(types)
                async for some in rows():
                    for row in some:
                        await copy.write_row(row)
            for step in steps:
                await connection.execute(_SQL[step], given)

        await self._gateway.transact(unit)

    async def records_about(self, conversation: UUID, message: UUID, *, limit: int) -> list[SourceRecord]:
        """What a source keeps of a message and of its chat, the message's first."""
        given = {"conversation": conversation, "message": message, "limit": limit}
        return await self._gateway.fetch_all(_SQL["records_about"], given, class_row(SourceRecord))

    async def records_of_chat(self, conversation: UUID, *, limit: int) -> list[SourceRecord]:
        """What a source keeps of a chat as a whole, by area."""
        given = {"conversation": conversation, "limit": limit}
        return await self._gateway.fetch_all(_SQL["records_of_chat"], given, class_row(SourceRecord))

    async def records(self, source: UUID, *, limit: int, after: SourceRecord | None = None) -> list[SourceRecord]:
        """All that a source keeps beside messages, by area, after a record of the page before."""
        area, external_id = (after.area, after.external_id) if after else ("", "")
        given = {"source": source, "area": area, "id": external_id, "limit": limit}
        return await self._gateway.fetch_all(_SQL["records"], given, class_row(SourceRecord))

    async def areas(self, source: UUID, *, limit: int) -> list[Area]:
        """The areas of what a source keeps, each with its first records."""
        rows = await self._gateway.fetch_all(_SQL["areas"], {"source": source, "limit": limit}, dict_row)
        found: dict[str, Area] = {}
        for row in rows:
            count = row.pop("records")
            found.setdefault(row["area"], Area(row["area"], count, [])).first.append(SourceRecord(**row))
        return list(found.values())


async def forget_source_of(connection: Connection, run: UUID) -> None:
    """Lets the source of a run be read anew: something of it is being taken back."""
    await connection.execute(_SQL["forget_all_days"], {"run": run})


def _sync(excluded: list[str], skipped: Multirange[datetime], **columns: Any) -> Sync:
    spans = tuple((span.lower, span.upper) for span in skipped if span.lower and span.upper)
    return Sync(excluded=tuple(excluded), skipped=spans, **columns)
