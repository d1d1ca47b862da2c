"""Statistics of chats, counted month by month and kept: the typed face of sql/queries/statistics.sql."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import args_row, kwargs_row, tuple_row

from backscroll.archive.conditions import Clause
from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.queries import queries
from backscroll.archive.steps import Quarter
from backscroll.dates import month_span
from backscroll.model.condition import Condition
from backscroll.model.emoji import EMOJI
from backscroll.model.statistics import EVERYBODY, REPLY_EDGES, Keyword, Month, Stale

_SQL = queries("statistics")
_JOBS = queries("statistics_jobs")
_STAGING = queries("staging")
_LINK: Final = r"""\mhttps?://(?:[^\s/@?#]*@)?(?:www\.)?([^\s/:?#<>"'`,;!()\[\]{}\\]+)[^\s<>"'`]*"""
"""The host of an address in a text, without `www.`."""
_NO_WORD: Final = r"^(emoji[0-9a-f]+|[ａ-ｚ].*|[0-9]+|[a-z0-9]{1,2}|.)$"
"""What stands in the word index and says nothing as a key word: emoji, stems, numbers, and what is very short."""
_SAMPLED: Final = 1_000
"""About how many messages of a month have their words counted."""
_RAREST: Final = 250
"""Of so many messages one has to have a word at least, and two in any case, for it to tell something of a month."""
_KEYWORDS: Final = 12
_LARGEST: Final = 2**128 - 1


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits of a search by chat, by the name of their sender, by kind, and by hour (naive, of the zone asked for)."""

    chats: Counter[UUID] = field(default_factory=Counter)
    senders: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    hours: Counter[datetime] = field(default_factory=Counter)

    def add(self, other: "Hits") -> None:
        """Counts others with these."""
        self.chats.update(other.chats)
        self.senders.update(other.senders)
        self.kinds.update(other.kinds)
        self.hours.update(other.hours)


class Statistics:
    """What is counted of one chat; what has to be, and in which steps, is decided in `counting`."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def stale(self, chat: UUID, zone: str, *, is_anew: bool = False) -> list[Stale]:
        """The months of a chat that were not counted, or whose messages have changed since; the oldest first.

        `is_anew`: all of them.
        """
        values = {"chat": chat, "zone": zone, "is_anew": is_anew}
        return await self._gateway.fetch_all(_SQL["stale"], values, args_row(Stale))

    async def stale_chats(self, zone: str) -> list[tuple[UUID, int]]:
        """The chats that have such months, with the messages of these."""
        return await self._gateway.fetch_all(_SQL["stale_chats"], {"zone": zone}, tuple_row)

    async def prepare(self, months: Sequence[date]) -> None:
        """Makes the partitions of months that are not there yet."""
        if not await self._gateway.fetch_all(_SQL["missing"], {"months": list(months)}, tuple_row):
            return

        async def unit(connection: Connection) -> None:
            # A partition's foreign key takes a lock on the chats: not in the middle of an import's batch.
            await connection.execute(_STAGING["lock"])
            for name, month in await (await connection.execute(_SQL["missing"], {"months": list(months)})).fetchall():
                span = month_span(month.year, month.month)
                names = {"table": sql.Identifier("backscroll", name)}
                bounds = {"since": sql.Literal(span.first), "until": sql.Literal(span.after)}
                await connection.execute(_SQL["partition"].format(**names, **bounds), prepare=False)

        await self._gateway.transact(unit)

    async def count(self, job: UUID, chat: UUID, zone: str, months: Sequence[Stale]) -> None:
        """Counts some months of a chat, in one transaction, which also tells the job."""
        values: dict[str, object] = {
            "job": job,
            "chat": chat,
            "zone": zone,
            "months": [stale.month for stale in months],
        }
        known = [stale for stale in months if stale.messages]
        counted = values | {
            "months": [stale.month for stale in known],
            "sampled": [UUID(int=_LARGEST * min(_SAMPLED, n) // n) for _, n in known],
            "fewest": [max(2, min(_SAMPLED, n) // _RAREST) for _, n in known],
            "edges": [float(edge) for edge in REPLY_EDGES],
            "link": _LINK,
            "emoji": EMOJI,
            "no_word": _NO_WORD,
        }

        async def unit(connection: Connection) -> None:
            await connection.execute(_SQL["forget"], values)
            if known:
                await connection.execute(_SQL["count"], counted)
            await connection.execute(_JOBS["tell"], {"id": job, "done": sum(stale.messages for stale in months)})

        await self._gateway.transact(unit)

    async def weigh(self, chat: UUID, zone: str) -> None:
        """Chooses the key words of each month anew: they hang on what the other months say."""
        await self._gateway.execute(_SQL["weigh"], {"chat": chat, "zone": zone, "most": _KEYWORDS})

    async def months(self, chat: UUID, zone: str, person: UUID = EVERYBODY) -> list[Month]:
        """What was counted of a chat, or of one person there, in the months with messages, the oldest first."""
        values = {"chat": chat, "zone": zone, "person": person}
        return await self._gateway.fetch_all(_SQL["months"], values, kwargs_row(_month))

    async def reply_times(self, chat: UUID, zone: str, people: Sequence[UUID]) -> Mapping[UUID, Mapping[int, int]]:
        """How soon people answered others: for each, stretches of `REPLY_EDGES` with their answers."""
        values = {"chat": chat, "zone": zone, "people": list(people)}
        found: dict[UUID, dict[int, int]] = {person: {} for person in people}
        for person, reply, answers in await self._gateway.fetch_all(_SQL["reply_times"], values, tuple_row):
            found[person][reply] = answers
        return found

    async def answers(self, chat: UUID, zone: str, people: Sequence[UUID]) -> list[tuple[UUID, UUID, int]]:
        """Whom these people answered: who, whom and how often, the most frequent first."""
        values = {"chat": chat, "zone": zone, "people": list(people)}
        return await self._gateway.fetch_all(_SQL["answers"], values, tuple_row)

    async def hits(self, quarter: Quarter, condition: Condition, zone: str) -> Hits:
        """The hits of a search in a quarter. Values are part of the plan, as in any step of a search."""
        clause = Clause(quarter.since, quarter.until, {"zone": zone})
        names = {"quarter": sql.Identifier("backscroll", quarter.name), "condition": clause.of(condition)}
        hits = Hits()
        rows = await self._gateway.fetch_by_values(_SQL["hits"].format(**names), clause.parameters, tuple_row)
        for chat, sender, kind, hour, n in rows:
            if kind is not None:
                hits.kinds[kind] += n
            elif hour is not None:
                hits.hours[hour] += n
            elif chat is not None:
                hits.chats[chat] += n
                hits.senders.update({sender: n} if sender is not None else {})
        return hits


def _month(keywords: list[tuple[str, int, float]], **columns: Any) -> Month:
    return Month(keywords=tuple(Keyword(*keyword) for keyword in keywords), **columns)
