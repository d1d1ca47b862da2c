"""The steps of a search plan: the typed face of sql/queries/search.sql."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from psycopg import sql
from psycopg.rows import args_row, class_row, scalar_row

from backscroll.archive.gateway import Gateway, Parameters
from backscroll.archive.queries import queries
from backscroll.model.conversation import Place
from backscroll.model.message import OLDEST, Cursor

_SQL = queries("search")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A partition of messages and its bounds (None: open); `until` is exclusive."""

    name: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hit with its score, and how many candidates of its quarter were scored."""

    place: Place
    score: float
    seen: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a step looks for: a tsquery, narrowed to chats, senders and moments where these are given."""

    query: str
    chats: tuple[UUID, ...] | None = None
    senders: tuple[UUID, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None

    def parameters(self, cursor: Cursor, limit: int) -> dict[str, object]:
        """The parameters that every step has in common."""
        return {
            "query": self.query,
            "chats": list(self.chats) if self.chats is not None else None,
            "senders": list(self.senders) if self.senders is not None else None,
            "since": self.since,
            "until": self.until,
            "sent_at": cursor.sent_at,
            "id": cursor.id,
            "limit": limit,
        }


class Search:
    """One step of a search at a time; which steps are taken, and in which order, is decided in `searching`."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def tsquery(self, text: str) -> str:
        """A query in to_tsquery's language as the server's parser cuts it; empty where no word is left."""
        return str(await self._gateway.fetch_value(_SQL["tsquery"], {"text": text}) or "")

    async def quarters(self) -> list[Quarter]:
        """The partitions of messages, oldest first."""
        return await self._gateway.fetch_all(_SQL["quarters"], {}, class_row(Quarter))

    async def recent(self, looked: Looked, cursor: Cursor, limit: int, *, walk: int = 4000) -> list[Place]:
        """Hits among the newest messages before the cursor: 4,000 of all chats, or `walk` of each given chat."""
        name = "recent" if looked.chats is None else "recent_in_chats"
        return await self._places(_SQL[name], looked.parameters(cursor, limit) | {"walk": walk})

    async def quarter(
        self, quarter: Quarter, looked: Looked, cursor: Cursor, limit: int, *, order: Literal["newest", "oldest"]
    ) -> list[Place]:
        """Hits of one quarter beyond the cursor, in the given order."""
        query = _SQL[f"quarter_{order}"].format(quarter=sql.Identifier("backscroll", quarter.name))
        return await self._places(query, looked.parameters(cursor, limit))

    async def ranked(self, quarter: Quarter, looked: Looked, candidates: int, limit: int) -> list[Ranked]:
        """The best hits of one quarter among at most `candidates`, best first."""
        query = _SQL["quarter_ranked"].format(quarter=sql.Identifier("backscroll", quarter.name))
        parameters = looked.parameters(OLDEST, limit) | {"candidates": candidates}
        return await self._gateway.fetch_all(query, parameters, args_row(_ranked))

    async def senders(self, words: Sequence[str]) -> tuple[UUID, ...]:
        """Participants whose names hold every word (lower case)."""
        return tuple(await self._gateway.fetch_all(_SQL["senders"], {"words": list(words)}, scalar_row))

    async def chats(self, words: Sequence[str]) -> tuple[UUID, ...]:
        """Chats whose titles hold every word (lower case)."""
        return tuple(await self._gateway.fetch_all(_SQL["chats"], {"words": list(words)}, scalar_row))

    async def size(self, chats: Sequence[UUID]) -> int:
        """How many messages some chats hold together."""
        return int(await self._gateway.fetch_value(_SQL["size"], {"chats": list(chats)}))

    async def _places(self, query: sql.SQL | sql.Composed, parameters: Parameters) -> list[Place]:
        return await self._gateway.fetch_all(query, parameters, args_row(_place))


def _place(conversation_id: UUID, sent_at: datetime, identity: UUID) -> Place:
    return Place(conversation_id, Cursor(sent_at, identity))


def _ranked(conversation_id: UUID, sent_at: datetime, identity: UUID, score: float, seen: int) -> Ranked:
    return Ranked(_place(conversation_id, sent_at, identity), score, seen)
