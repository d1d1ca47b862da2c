"""Reading: pages, the chat list, jumps and positions through the archive, beside the same SQL through bare psycopg."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, sql

from backscroll.archive.opening import Archive
from backscroll.archive.queries import queries
from backscroll.model.message import NEWEST, Cursor
from backscroll.reading.window import Window
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.machine import described
from tests.benchmarks.serving import opened, served
from tests.benchmarks.timing import Call, Samples, figures, in_turns, ratio, table

_MESSAGES = queries("messages")
_CONVERSATIONS = queries("conversations")
Pair = tuple[Samples, Samples]  # the archive's and the reference's
Pages = dict[tuple[str, str], Pair]  # by place and way
PAGE = 50
_SAMPLES = 300
_ID = 2  # its place among the columns of a page

_PLACES = """
SELECT m.sent_at, m.id FROM backscroll.messages AS m WHERE m.conversation_id = %s
ORDER BY m.sent_at, m.id OFFSET %s LIMIT %s"""
_COUNT = sql.SQL("""
SELECT count(*) FROM backscroll.messages AS m
WHERE m.conversation_id = %(conversation)s::uuid AND (m.sent_at, m.id) <= (%(sent_at)s::timestamptz, %(id)s::uuid)
  AND m.sent_at <= %(sent_at)s::timestamptz""")


@dataclass(frozen=True, slots=True)
class _Bench:
    """What is measured: the archive, a bare connection, and the chat in which it happens."""

    archive: Archive
    bare: AsyncConnection[Any]
    chat: UUID
    size: int

    async def fetch(self, query: sql.SQL, parameters: dict[str, object]) -> list[Any]:
        """The reference: the rows as tuples."""
        return await (await self.bare.execute(query, parameters)).fetchall()

    async def cursors(self, offset: int, count: int, step: int = 1) -> list[Cursor]:
        """Places of the chat in the order of history."""
        rows = await (await self.bare.execute(_PLACES, [self.chat, offset, count])).fetchall()
        return [Cursor(*row) for row in rows][::step]

    def key(self, cursor: Cursor, limit: int) -> dict[str, object]:
        """The parameters of a page."""
        return {"conversation": self.chat, "sent_at": cursor.sent_at, "id": cursor.id, "limit": limit}


@dataclass(frozen=True, slots=True)
class Paged:
    """What was found in one archive: in its largest chat of `size` messages, and of other work by its name."""

    size: int
    pages: Pages
    others: dict[str, Pair]

    def tables(self) -> str:
        """Both in Markdown."""
        pages = [_row(f"{place}, {way}", *pair) for (place, way), pair in self.pages.items()]
        others = [_row(name, *pair) for name, pair in self.others.items()]
        head = ("archive, ms: p50 / p95 / max", "reference", "ratio p50", "ratio p95")
        ends = ", ".join(f"{way} {self._ends(way)}" for way in ("back", "forward"))
        paged = table(("page of 50; same SQL, bare psycopg", *head), pages)
        return (
            f"Chat of {self.size:,} messages.\n\n{paged}\n\nOldest / newest, median: {ends}.\n\n"
            f"{table(('work', *head), others)}"
        )

    def _ends(self, way: str) -> str:
        return ratio(self.pages["oldest", way][0].p50, self.pages["newest", way][0].p50)


# Planned once for all values, as the gateway does on the embedded server.
_OPTIONS = "-c plan_cache_mode=force_generic_plan"


def measure(home: Path, size: int) -> str:
    """The tables for a loaded home, in Markdown."""
    with served(home) as dsn:
        return f"Corpus of {size:,} messages · {described(dsn)}\n\n{asyncio.run(sample(dsn, size)).tables()}"


async def sample(dsn: str, size: int) -> Paged:
    """What is found in a loaded archive of so many messages."""
    async with _bench(dsn, size) as bench:
        return Paged(bench.size, await _pages(bench), await _others(bench))


@asynccontextmanager
async def _bench(dsn: str, size: int) -> AsyncIterator[_Bench]:
    chat = Corpus(size).chats[0]
    # Prepared alike: the gateway's threshold is 2.
    async with (
        opened(dsn) as archive,
        await AsyncConnection.connect(dsn, autocommit=True, prepare_threshold=2, options=_OPTIONS) as bare,
    ):
        yield _Bench(archive, bare, chat.id, chat.size)


async def _pages(bench: _Bench) -> Pages:
    """Scrolls through a stretch at each end and in the middle, page by page, as a reader does."""
    stretch = min(_SAMPLES * PAGE, bench.size // 3)
    pages: Pages = {}
    for place, offset in (
        ("newest", bench.size - stretch - PAGE),
        ("middle", (bench.size - stretch) // 2),
        ("oldest", PAGE),
    ):
        cursors = await bench.cursors(offset, stretch, PAGE)
        cursors *= max(1, _SAMPLES // len(cursors))
        for way, name, call in (
            ("back", "page_before", bench.archive.messages.before),
            ("forward", "page_after", bench.archive.messages.after),
        ):
            rounds: list[dict[str, Call]] = [
                {
                    "archive": partial(call, bench.chat, cursor, limit=PAGE),
                    "bare": partial(bench.fetch, _MESSAGES[name], bench.key(cursor, PAGE)),
                }
                for cursor in cursors
            ]
            await _check(rounds)
            found = await in_turns(rounds)
            pages[place, way] = found["archive"], found["bare"]
    return pages


async def _check(rounds: Sequence[dict[str, Call]]) -> None:
    """Both sides have to give the same messages, or their times mean nothing."""
    for calls in rounds[::20]:
        ours = {message.id for message in await calls["archive"]()}
        bare = {row[_ID] for row in await calls["bare"]()}
        if ours != bare or len(ours) < PAGE:
            raise SystemExit("The archive's page is not the page of the bare SQL.")


async def _anywhere(bench: _Bench) -> list[Cursor]:
    """60 places of the chat."""
    draw = Random(7)
    offsets = sorted(draw.randrange(bench.size) for _ in range(60))
    cursors = [(await bench.cursors(offset, 1))[0] for offset in offsets]
    draw.shuffle(cursors)
    return cursors


async def _others(bench: _Bench) -> dict[str, Pair]:
    cursors = await _anywhere(bench)
    return {
        "chat list, first 50; same SQL, bare": await _chat_list(bench, 50, 200),
        "chat list, all 2,000; same SQL, bare": await _chat_list(bench, 2_000, 60),
        "jump to a moment, 25 + 25 around; same SQL, bare": await _jumps(bench, cursors * 4),
        "position k of n; COUNT": await _positions(bench, cursors),
    }


async def _chat_list(bench: _Bench, limit: int, samples: int) -> Pair:
    parameters: dict[str, object] = {
        "recent_at": NEWEST.sent_at,
        "id": NEWEST.id,
        "limit": limit,
        "shelf": "listed",
        "kind": None,
        "source": None,
        "match": None,
        "is_bookmarked": False,
        "is_unread": False,
    }
    found = await in_turns(
        [
            {
                "archive": partial(bench.archive.conversations.page, limit=limit),
                "bare": partial(bench.fetch, _CONVERSATIONS["recent"], parameters),
            }
        ]
        * samples
    )
    return found["archive"], found["bare"]


async def _jumps(bench: _Bench, cursors: Sequence[Cursor]) -> Pair:
    half = PAGE // 2

    async def archive(cursor: Cursor) -> None:
        await Window(bench.archive.messages, bench.chat, page=PAGE).open_around(cursor)

    async def bare(cursor: Cursor) -> None:
        await bench.fetch(_MESSAGES["page_before"], bench.key(cursor, half))
        await bench.fetch(_MESSAGES["page_from"], bench.key(cursor, half))

    found = await in_turns([{"archive": partial(archive, c), "bare": partial(bare, c)} for c in cursors])
    return found["archive"], found["bare"]


async def _positions(bench: _Bench, cursors: Sequence[Cursor]) -> Pair:
    found = await in_turns(
        [
            {
                "archive": partial(bench.archive.messages.position, bench.chat, cursor),
                "count": partial(bench.fetch, _COUNT, bench.key(cursor, 1)),
            }
            for cursor in cursors
        ]
    )
    return found["archive"], found["count"]


def _row(name: str, ours: Samples, reference: Samples) -> tuple[str, ...]:
    return name, figures(ours), figures(reference), ratio(ours.p50, reference.p50), ratio(ours.p95, reference.p95)
