"""No step of a search reads a quarter whole where an index leads to the hits, and a search that nobody wants ends."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, timedelta
from random import Random
from typing import Any

import psycopg
import pytest
from psycopg import AsyncClientCursor, sql
from psycopg.conninfo import conninfo_to_dict

from backscroll.archive.gateway import Gateway, Query
from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record
from backscroll.model.conversation import Place
from backscroll.model.message import Kind
from backscroll.searching import walking
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.searching.spreading import Spreading
from backscroll.settings import Settings
from tests.conftest import copied
from tests.making import START, chat_id, store
from tests.noting import annotate, bookmark


def _records(draw: Random) -> Iterator[Record]:
    """40,000 messages of two chats in five quarters; what is rare is so in every quarter."""
    for chat in ("large", "small"):
        yield Chat(chat, chat.title())
        yield from (Person(chat, name, name.title(), is_owner=name == "owner") for name in ("ana", "bo", "owner"))
        for i in range(36_000 if chat == "large" else 4_000):
            is_rare = i % 400 == 7
            text = " ".join(f"w{min(int(draw.paretovariate(0.4)), 5000)}" for _ in range(6))
            yield Entry(
                chat,
                START + timedelta(minutes=15 * i if chat == "large" else 135 * i),
                "bo" if is_rare else "owner" if i % 3 else "ana",
                f"{text} https://example.org/{i}" if is_rare else text,
                Kind.IMAGE if i % 400 == 8 else Kind.TEXT,
                external_id=str(i),
                parent=str(i - 1) if is_rare else None,
                is_edited=is_rare,
                reactions=(Reacted("👍", "ana"),) if is_rare else (),
            )


@pytest.fixture(scope="module")
async def filled(server: EmbeddedServer, template: str) -> AsyncIterator[Archive]:
    with copied(server, template, "plans") as dsn:
        async with open_archive(Settings(dsn=dsn, pooled=False)) as archive:
            await store(archive, _records(Random(3)))
            for message in (await archive.messages.before(chat_id("small"), limit=4000))[::400]:
                place = Place(chat_id("small"), message.cursor)
                await bookmark(archive, place)
                await annotate(archive, place, "x", tags=["draft"], category="theme")
            await archive.staging.tidying.settle()
            yield archive


class Explaining(Gateway):
    """A gateway that asks for the plan of every search step, and runs it as well."""

    plans: list[dict[str, Any]]
    general: list[str]  # the queries that are planned once for all values

    async def fetch_all(self, query: Query, parameters: Any, row: Any) -> list[Any]:
        self.general.append(query.as_string() if isinstance(query, sql.Composable) else str(query))
        await self._explain(query, parameters)
        return await super().fetch_all(query, parameters, row)

    async def fetch_numbered(self, query: bytes, values: Any, row: Any) -> list[Any]:
        # psycopg puts values only where names stand.
        named = re.sub(rb"\$(\d+)", rb"%(v\1)s", query.replace(b"%", b"%%")).decode()
        await self._explain(sql.SQL(named), {f"v{number}": value for number, value in enumerate(values, 1)})
        return await super().fetch_numbered(query, values, row)

    async def fetch_by_values(
        self, query: Query, parameters: Any, row: Any, *, patience: float | None = None
    ) -> list[Any]:
        await self._explain(query, parameters)
        return await super().fetch_by_values(query, parameters, row, patience=patience)

    async def _explain(self, query: Query, parameters: Any) -> None:
        async with self._pool.connection() as connection:
            explained = sql.SQL("EXPLAIN (FORMAT JSON) {}").format(query)
            row = await (await AsyncClientCursor(connection).execute(explained, parameters)).fetchone()
        self.plans.append(row[0][0]["Plan"])


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


HOT = [
    *("w77", "w9", "absent", "w77 w99", "w77 OR w99", "w77 -w1", '"w1 w2"', "w7*"),
    *("w77 from:ana", "w77 in:large", "w77 in:small", "w1 on:2024-06", "w77 from:bo OR w99 has:link"),
    *(
        "from:bo",
        "in:small",
        "in:small from:bo",
        "with:ana in:small",
        "on:2024-06-05",
        "has:link",
        "has:image",
        "has:file",
    ),
    *("type:poll", "type:image", "is:edited", "is:deleted", "is:forwarded", "is:reply", "has:reply", "has:reaction"),
    *("has:bookmark", "has:note", "tag:draft", "code:theme", "has:code", "note:x"),
    *("from:bo -w1", "has:link is:edited", "(from:bo OR type:image) -w1"),
]


@asynccontextmanager
async def explaining(archive: Archive, area: object, patch: pytest.MonkeyPatch) -> AsyncIterator[Explaining]:
    """While the block runs, an area of the archive asks through such a gateway."""
    gateway = Explaining(archive.messages._gateway._dsn, pooled=False)
    gateway.plans, gateway.general = [], []
    await gateway.open()
    try:
        patch.setattr(area, "_gateway", gateway)
        yield gateway
    finally:
        await gateway.close()


def _read_whole(gateway: Explaining) -> list[dict[str, Any]]:
    quarters = {"messages_2024q2", "messages_2024q3", "messages_2024q4", "messages_2025q1"}  # others are nearly empty
    read = [n for plan in gateway.plans for n in _nodes(plan) if n.get("Relation Name") in quarters]
    assert read
    return [n for n in read if n["Node Type"] == "Seq Scan"]


async def test_what_no_index_leads_to_is_planned_for_its_words(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In general `-word` looks rare: the word index would be asked for nearly all messages of a quarter.
    async with explaining(filled, filled.search, monkeypatch) as gateway:
        async for found in Finding(filled).find(parse("-w1")):
            assert found.hits or not found.complete
    assert gateway.general
    assert not any("search @@" in query for query in gateway.general)
    assert not any("Bitmap" in node["Node Type"] for plan in gateway.plans for node in _nodes(plan))


@pytest.mark.parametrize("text", HOT)
async def test_no_hot_query_reads_a_quarter_whole(filled: Archive, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "WALKED_WHOLE", 1_000)
    monkeypatch.setattr(walking, "WALK", 200)
    async with explaining(filled, filled.search, monkeypatch) as gateway:
        async for _ in Finding(filled).find(parse(text, UTC), limit=10_000):
            pass
    whole = _read_whole(gateway)
    assert not whole, whole[0]


@pytest.mark.parametrize("text", HOT)
async def test_no_hot_query_reads_a_quarter_whole_to_count_its_facets(
    filled: Archive, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with explaining(filled, filled.facets, monkeypatch) as gateway:
        async for _ in Spreading(filled, Finding(filled), UTC).spread(parse(text, UTC)):
            pass
    whole = _read_whole(gateway)
    assert not whole, whole[0]


@pytest.mark.parametrize("text", ["w1", "w1 OR w2", "in:large", "from:owner", "-w77"])
async def test_the_newest_of_many_hits_are_counted_by_a_walk_that_ends_with_them(
    filled: Archive, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with explaining(filled, filled.facets, monkeypatch) as gateway:
        async for spread in Spreading(filled, Finding(filled), UTC).spread(parse(text, UTC), cap=100):
            last = spread
    assert (last.hits, last.is_capped) == (100, True)
    (limit,) = [n for n in _nodes(gateway.plans[-1]) if n["Node Type"] == "Limit"]
    assert {n["Node Type"] for n in _nodes(limit)} <= {"Limit", "Index Scan", "Incremental Sort"}


async def test_a_search_that_is_cancelled_ends_on_the_server_and_leaves_the_pool_as_it_was(
    filled: Archive, server: EmbeddedServer
) -> None:
    search = Finding(filled)

    async def find() -> None:
        # Each alternative makes the expression slower; the server would be busy with it for minutes.
        async for _ in search.find(parse(r"/(w.*)*(w.*)*(w.*)*(.*9)*z{9}$/ in:large", UTC)):
            pass

    name = conninfo_to_dict(filled.messages._gateway._dsn)["dbname"]
    active = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state = 'active' AND query LIKE '%%z{9}%%'"
    with psycopg.connect(server.dsn, autocommit=True, dbname="postgres") as watcher:
        for _ in range(3):
            task = asyncio.ensure_future(find())
            while watcher.execute(active, [name]).fetchone() == (0,):
                assert not task.done(), task.exception()
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert watcher.execute(active, [name]).fetchone() == (0,)
        stats = filled.messages._gateway._pool.get_stats()
        assert stats["pool_available"] == stats["pool_size"]
    async for found in search.find(parse("w1", UTC), limit=5):
        last = found
    assert len(last.hits) == 5
