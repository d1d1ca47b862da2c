"""How messages sound, kept beside the statistics of their month: the typed face of sql/queries/sentiment.sql."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeAlias
from uuid import UUID

from psycopg import AsyncClientCursor, sql
from psycopg.rows import args_row, tuple_row

from backscroll.archive.conditions import Clause
from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.queries import queries
from backscroll.archive.steps import Quarter
from backscroll.model.condition import Condition
from backscroll.model.message import Cursor
from backscroll.model.statistics import EVERYBODY, Sentiment, Unjudged

_SQL = queries("sentiment")
_JOBS = queries("statistics_jobs")
Judge: TypeAlias = Callable[[Sequence[str]], Sentiment]
Written: TypeAlias = tuple[Cursor, UUID | None, str]
"""A message's place, its sender and its text."""


class Judgements:
    """What a word list found; which one reads which chats is decided in `counting`."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def unjudged(self, chat: UUID, zone: str, word_list: str) -> list[Unjudged]:
        """The counted months of a chat that the word list of this name has not judged, the oldest first."""
        values = {"chat": chat, "zone": zone, "word_list": word_list}
        return await self._gateway.fetch_all(_SQL["unjudged"], values, args_row(Unjudged))

    async def unjudged_chats(self, language: str, zone: str, word_list: str) -> list[tuple[UUID, int]]:
        """The chats of a language that have such months, with the messages of these."""
        values = {"language": language, "zone": zone, "word_list": word_list}
        return await self._gateway.fetch_all(_SQL["unjudged_chats"], values, tuple_row)

    async def texts(self, chat: UUID, zone: str, month: date, after: Cursor | None, limit: int) -> list[Written]:
        """What people wrote in a month of a chat behind a place (None: from its beginning on), the oldest first."""
        place = {"sent_at": after.sent_at if after else None, "id": after.id if after else None}
        values = {"chat": chat, "zone": zone, "month": month, "limit": limit, **place}
        rows = await self._gateway.fetch_all(_SQL["texts"], values, tuple_row)
        return [(Cursor(sent_at, message), sender, body) for sent_at, message, sender, body in rows]

    async def keep(
        self, job: UUID, chat: UUID, zone: str, month: Unjudged, word_list: str, found: Mapping[UUID, Sentiment]
    ) -> None:
        """Keeps what was found of a month, by person, in one transaction, which also tells the job."""
        everybody = sum(found.values(), Sentiment())
        rows = {**found, EVERYBODY: everybody}
        values = {
            "chat": chat,
            "zone": zone,
            "month": month.month,
            "counted_at": month.counted_at,
            "word_list": word_list,
            "people": list(rows),
            "positive": [row.positive for row in rows.values()],
            "neutral": [row.neutral for row in rows.values()],
            "negative": [row.negative for row in rows.values()],
            "unlisted": [row.unlisted for row in rows.values()],
            "sentiment": [row.total for row in rows.values()],
        }

        async def unit(connection: Connection) -> None:
            await connection.execute(_SQL["keep"], values)
            await connection.execute(_JOBS["tell"], {"id": job, "done": month.messages})

        await self._gateway.transact(unit)

    async def months(self, chat: UUID, zone: str, person: UUID = EVERYBODY) -> list[tuple[date, Sentiment]]:
        """How the messages of a chat, or of one person there, sound in each month that has any, the oldest first."""
        values = {"chat": chat, "zone": zone, "person": person}
        rows = await self._gateway.fetch_all(_SQL["months"], values, tuple_row)
        return [(month, Sentiment(*row)) for month, *row in rows]

    async def hits(
        self, quarter: Quarter, condition: Condition, zone: str, language: str, judge: Judge
    ) -> dict[date, Sentiment]:
        """How the hits of a search in a quarter sound, those in chats of a language, by month; read page by page."""
        clause = Clause(quarter.since, quarter.until, {"zone": zone, "language": language})
        names = {"quarter": sql.Identifier("backscroll", quarter.name), "condition": clause.of(condition)}

        async def unit(connection: Connection) -> dict[date, Sentiment]:
            found: dict[date, Sentiment] = defaultdict(Sentiment)
            # Values stand in the statement itself, as in any step of a search.
            async with AsyncClientCursor(connection, row_factory=tuple_row) as cursor:
                await cursor.execute(_SQL["hit_texts"].format(**names), clause.parameters)
                while page := await (await cursor.execute(_SQL["next_texts"])).fetchall():
                    for month in {month for month, _ in page}:
                        texts = [text for other, text in page if other == month]
                        found[month] += await asyncio.to_thread(judge, texts)
            return found

        return await self._gateway.transact(unit)
