"""Stores a batch of an import in one transaction: the typed face of sql/queries/staging.sql."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.types.json import Jsonb

from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.queries import queries

_SQL = queries("staging")
_RUNS = queries("import_runs")


class ConversationRow(NamedTuple):
    """A conversation as the importer knows it."""

    id: UUID
    external_id: str
    title: str
    kind: str
    topic: str | None


class ParticipantRow(NamedTuple):
    """A participant as the importer knows it."""

    conversation_id: UUID
    id: UUID
    external_id: str
    name: str
    is_owner: bool


class ThreadRow(NamedTuple):
    """A thread as the importer knows it."""

    conversation_id: UUID
    id: UUID
    external_id: str
    title: str
    root_id: UUID | None


class MessageRow(NamedTuple):
    """A message in the order of `copy_messages`; `raw` is a JSON value or None."""

    conversation_id: UUID
    sent_at: datetime
    id: UUID
    sender_id: UUID | None
    thread_id: UUID | None
    parent_id: UUID | None
    kind: str
    tie: int
    is_edited: bool
    is_deleted: bool
    external_id: str | None
    body: str
    search_text: str | None
    raw: object


class AttachmentRow(NamedTuple):
    """An attachment in the order of `copy_attachments`."""

    conversation_id: UUID
    message_id: UUID
    position: int
    file_name: str | None
    mime_type: str | None
    size: int | None
    sha256: str | None
    path: str | None


class ReactionRow(NamedTuple):
    """A reaction in the order of `copy_reactions`."""

    conversation_id: UUID
    message_id: UUID
    emoji: str
    participant_id: UUID
    position: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a batch comes from."""

    id: UUID
    identity: str
    format: str
    name: str
    time_zone: str
    date_order: str | None


class RejectedRow(NamedTuple):
    """Something that could not be read."""

    place: str
    reason: str
    data: str


@dataclass(slots=True)
class Batch:
    """What is stored together. `messages` names no id twice; `repeated` counts those that the export did."""

    conversations: dict[UUID, ConversationRow] = field(default_factory=dict)
    participants: dict[UUID, ParticipantRow] = field(default_factory=dict)
    threads: dict[UUID, ThreadRow] = field(default_factory=dict)
    messages: dict[UUID, MessageRow] = field(default_factory=dict)
    attachments: list[AttachmentRow] = field(default_factory=list)
    reactions: list[ReactionRow] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Stored:
    """What a batch added; `duplicates` were there already or stood twice in the export."""

    chats: int = 0
    messages: int = 0
    participants: int = 0
    duplicates: int = 0
    skipped: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


_MESSAGE_TYPES = (
    "uuid",
    "timestamptz",
    "uuid",
    "uuid",
    "uuid",
    "uuid",
    "text",
    "int2",
    "bool",
    "bool",
    "text",
    "text",
    "text",
    "jsonb",
)
_ATTACHMENT_TYPES = ("uuid", "uuid", "int2", "text", "text", "int8", "text", "text")
_REACTION_TYPES = ("uuid", "uuid", "text", "uuid", "int2")


class Staging:
    """The write side of an import."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._touched: set[str] = set()

    async def store(self, run: UUID, source: SourceRow, batch: Batch) -> Stored:
        """Stores a batch, with its figures and the run's counts, in one transaction. Raises AppError."""

        async def unit(connection: Connection) -> tuple[Stored, set[str]]:
            await connection.execute(_SQL["lock"])
            await connection.execute(_SQL["settings"])
            chats, participants = await _store_lists(connection, source, batch)
            messages, quarters = await _store_messages(connection, batch)
            stored = Stored(
                chats, messages, participants, batch.repeated + len(batch.messages) - messages, len(batch.rejected)
            )
            await _record(connection, run, source, batch, stored)
            return stored, quarters

        stored, quarters = await self._gateway.transact(unit)
        self._touched |= quarters
        return stored

    async def settle(self) -> None:
        """Tidies up after the last batch: empties pending lists and refreshes the planner's figures."""
        for name in sorted(self._touched):
            await self._gateway.execute(_SQL["vacuum"].format(quarter=sql.Identifier("backscroll", name)), {})
        if self._touched:
            await self._gateway.execute(_SQL["analyse_lists"], {})
        self._touched.clear()


async def _store_lists(connection: Connection, source: SourceRow, batch: Batch) -> tuple[int, int]:
    await connection.execute(
        _SQL["add_source"],
        {
            "id": source.id,
            "identity": source.identity,
            "format": source.format,
            "name": source.name,
            "time_zone": source.time_zone,
        },
    )
    chats = participants = 0
    if batch.conversations:
        columns = dict(
            zip(
                ("ids", "external_ids", "titles", "kinds", "topics"),
                _columns(batch.conversations.values()),
                strict=True,
            )
        )
        chats = await _value(connection, _SQL["add_conversations"], columns | {"source": source.id})
    if batch.participants:
        names = ("conversations", "ids", "external_ids", "names", "owners")
        columns = dict(zip(names, _columns(batch.participants.values()), strict=True))
        participants = await _value(connection, _SQL["add_participants"], columns)
    if batch.threads:
        names = ("conversations", "ids", "external_ids", "titles", "roots")
        columns = dict(zip(names, _columns(batch.threads.values()), strict=True))
        await connection.execute(_SQL["add_threads"], columns)
    return chats, participants


async def _store_messages(connection: Connection, batch: Batch) -> tuple[int, set[str]]:
    if not batch.messages:
        return 0, set()
    await connection.execute(_SQL["create_staged"])
    rows = (m._replace(raw=Jsonb(m.raw)) if m.raw is not None else m for m in batch.messages.values())
    await _copy(connection, _SQL["copy_messages"], rows, _MESSAGE_TYPES)
    await connection.execute(_SQL["analyse"])
    conversations = list({m.conversation_id for m in batch.messages.values()})
    dropped = (await connection.execute(_SQL["drop_known"], {"conversations": conversations})).rowcount
    if dropped == len(batch.messages):
        return 0, set()
    if any(m.parent_id for m in batch.messages.values()):
        await connection.execute(_SQL["find_parents_staged"])
        await connection.execute(_SQL["find_parents_stored"])
    quarters = await _fill_quarters(connection)
    await _store_parts(connection, batch)
    for step in ("count_days", "count_participants", "count_threads", "count_conversations", "last_messages"):
        await connection.execute(_SQL[step])
    return len(batch.messages) - dropped, quarters


async def _fill_quarters(connection: Connection) -> set[str]:
    rows = await (await connection.execute(_SQL["quarters"])).fetchall()
    filled: list[datetime] = []
    for since, name, is_there in rows:
        if not is_there:
            await _make_quarter(connection, name, since)
            filled.append(since)
    await connection.execute(_SQL["insert_messages"], {"filled": filled})
    return {name for _, name, _ in rows}


async def _make_quarter(connection: Connection, name: str, since: datetime) -> None:
    year, month = (since.year + 1, 1) if since.month == 10 else (since.year, since.month + 3)
    names = {
        "quarter": sql.Identifier("backscroll", name),
        "since": sql.Literal(since),
        "until": sql.Literal(since.replace(year=year, month=month)),
    }
    for step in ("create_quarter", "fill_quarter", "attach_quarter", "finish_quarter", "comment_quarter"):
        await connection.execute(_SQL[step].format(**names))


async def _store_parts(connection: Connection, batch: Batch) -> None:
    if batch.attachments:
        await connection.execute(_SQL["create_staged_attachments"])
        await _copy(connection, _SQL["copy_attachments"], batch.attachments, _ATTACHMENT_TYPES)
        await connection.execute(_SQL["insert_attachments"])
    if batch.reactions:
        await connection.execute(_SQL["create_staged_reactions"])
        await _copy(connection, _SQL["copy_reactions"], batch.reactions, _REACTION_TYPES)
        await connection.execute(_SQL["insert_reactions"])


async def _record(connection: Connection, run: UUID, source: SourceRow, batch: Batch, stored: Stored) -> None:
    if batch.rejected:
        places, reasons, data = _columns(batch.rejected)
        await connection.execute(_RUNS["log"], {"id": run, "places": places, "reasons": reasons, "data": data})
    counts = {
        "chats": stored.chats,
        "messages": stored.messages,
        "participants": stored.participants,
        "duplicates": stored.duplicates,
        "skipped": stored.skipped,
    }
    await connection.execute(_RUNS["add"], counts | {"id": run, "source": source.id, "date_order": source.date_order})


async def _copy(
    connection: Connection, query: sql.SQL, rows: Iterable[tuple[Any, ...]], types: tuple[str, ...]
) -> None:
    async with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types(types)
        for row in rows:
            await copy.write_row(row)


async def _value(connection: Connection, query: sql.SQL, parameters: dict[str, Any]) -> int:
    row = await (await connection.execute(query, parameters)).fetchone()
    return int(row[0]) if row else 0


def _columns(rows: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
