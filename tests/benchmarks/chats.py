"""The chat list at 20,000 chats: every order, titles and some chats, beside the same SQL through bare psycopg."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import AsyncConnection

from backscroll.archive.conversations import Conversations, _filters, _key
from backscroll.archive.queries import queries
from backscroll.model.conversation import ChatOrder, Conversation, Listing
from tests.benchmarks.machine import described
from tests.benchmarks.serving import fresh_database, opened, served
from tests.benchmarks.timing import Call, figures, in_turns, ratio, table
from tests.many_chats import write_chats

_SQL = queries("conversations")
_DATABASE = "benchmark_chats"
_PAGE = 100
_SAMPLES = 60
# Planned once for all values, as the gateway does on the embedded server.
_OPTIONS = "-c plan_cache_mode=force_generic_plan"
Bare = AsyncConnection[Any]


def measure(home: Path) -> str:
    """The table, in Markdown; the chats are written into an archive beside the home's own and dropped afterwards."""
    with served(home) as dsn, fresh_database(dsn, _DATABASE) as fresh:
        return f"20,000 chats, 1,049,399 messages · {described(dsn)}\n\n" + asyncio.run(_measure(fresh))


async def _measure(dsn: str) -> str:
    async with (
        opened(dsn) as archive,
        await AsyncConnection.connect(dsn, autocommit=True, prepare_threshold=2, options=_OPTIONS) as bare,
    ):
        with psycopg.connect(dsn, autocommit=True) as connection:
            write_chats(connection, with_messages=True)
            connection.execute("VACUUM ANALYZE")
        chats = archive.conversations
        rows = []
        for name, calls in [*await _pages(chats, bare), *await _others(chats, bare)]:
            await _check(name, calls)
            found = await in_turns([calls] * _SAMPLES)
            ours, reference = found["archive"], found["bare"]
            ratios = ratio(ours.p50, reference.p50), ratio(ours.p95, reference.p95)
            rows.append((name, figures(ours), figures(reference), *ratios))
        return table(("work", "archive, ms: p50 / p95 / max", "bare psycopg", "ratio p50", "ratio p95"), rows)


async def _pages(chats: Conversations, bare: Bare) -> list[tuple[str, dict[str, Call]]]:
    steps: list[tuple[str, dict[str, Call]]] = []
    for order in ChatOrder:
        listing = Listing(order)
        middle = (await chats.page(listing, limit=9_000))[-1]
        for place, after in (("first", None), ("middle", middle)):
            calls: dict[str, Call] = {
                "archive": partial(chats.page, listing, limit=_PAGE, after=after),
                "bare": partial(_page, bare, listing, after),
            }
            steps.append((f"{order}, {place} {_PAGE}", calls))
    return steps


async def _page(bare: Bare, listing: Listing, after: Conversation | None) -> Sequence[Any]:
    """The page as tuples, the pinned ones before the first as the archive has them."""
    head = [] if after else await _fetch(bare, "pinned", {**_filters(listing), "order": listing.order.value})
    parameters = {**_filters(listing), **_key(listing.order, after), "limit": _PAGE - len(head)}
    return head + await _fetch(bare, listing.order.value, parameters)


async def _others(chats: Conversations, bare: Bare) -> list[tuple[str, dict[str, Call]]]:
    ids = [chat.id for chat in (await chats.page(limit=18_000))[::360]]
    return [
        ("titles of all", {"archive": chats.titles, "bare": partial(_fetch, bare, "titles", {})}),
        ("some 50", {"archive": partial(chats.some, ids), "bare": partial(_fetch, bare, "some", {"ids": ids})}),
    ]


async def _fetch(bare: Bare, name: str, parameters: dict[str, object]) -> list[Any]:
    return await (await bare.execute(_SQL[name], parameters)).fetchall()


async def _check(name: str, calls: dict[str, Call]) -> None:
    """Both sides have to give the same chats, or their times mean nothing."""
    ours, bare = await calls["archive"](), await calls["bare"]()
    if [c.id if isinstance(c, Conversation) else c[0] for c in ours] != [row[0] for row in bare]:
        raise SystemExit(f"{name}: the archive's chats are not those of the bare SQL.")
