"""Paging: every message once, in one order, at any depth, by the index."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backscroll.archive.opening import Archive
from backscroll.archive.queries import queries
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.importing.records import Chat, Entry, Person, Reacted, Topic
from backscroll.model.conversation import Place
from backscroll.model.message import NEWEST, OLDEST, Attachment, Cursor, Kind
from tests.making import START, chat, chat_id, store


async def test_a_message_comes_back_with_all_that_hangs_on_it(archive: Archive) -> None:
    await store(
        archive,
        [
            Chat("c", "Chat"),
            Person("c", "ana", "Ana", is_owner=True),
            Person("c", "bo", "Bo"),
            Topic("c", "t", "Keys", root="1"),
            Entry("c", START, "ana", "Has anyone seen the keys?", external_id="1", thread="t"),
            Entry(
                "c",
                START + timedelta(minutes=1),
                "bo",
                "under the plant",
                kind=Kind.IMAGE,
                external_id="2",
                thread="t",
                parent="1",
                is_edited=True,
                attachments=(Attachment("plant.jpg", "image/jpeg", 1234, None, None),),
                reactions=(
                    *(Reacted("👍", "ana"), Reacted("👍", "bo"), Reacted("❤️", "ana"), Reacted("❤️", None, 7)),
                    Reacted("🎉", None, 3),
                ),
            ),
            Entry("c", START + timedelta(minutes=2), None, "Bo left", kind=Kind.SYSTEM, external_id="3"),
        ],
    )
    first, second, third = await archive.messages.before(chat_id("c"), limit=10)
    assert (first.sender, first.is_owner, first.text) == ("Ana", True, "Has anyone seen the keys?")
    assert second.quote is not None
    assert (second.quote.sender, second.quote.text, second.quote.cursor) == ("Ana", first.text, first.cursor)
    assert second.attachments == (Attachment("plant.jpg", "image/jpeg", 1234, None, None),)
    assert [(r.emoji, r.count, r.senders) for r in second.reactions] == [
        ("👍", 2, ("Ana", "Bo")),
        ("❤️", 7, ("Ana",)),
        ("🎉", 3, ()),
    ]
    assert (second.kind, second.is_edited) == (Kind.IMAGE, True)
    assert (third.sender, third.kind) == (None, Kind.SYSTEM)
    thread = (await archive.threads.page(chat_id("c"), limit=10))[0]
    assert (thread.title, thread.message_count, thread.root) == ("Keys", 2, first.cursor)
    inside = await archive.messages.before(chat_id("c"), limit=10, thread=thread.id)
    assert [m.text for m in inside] == [first.text, second.text]


async def test_messages_of_one_minute_keep_the_order_of_their_source(archive: Archive) -> None:
    texts = [f"line {i}" for i in range(300)]
    await store(archive, chat("c", texts, step=timedelta(0)))
    page = await archive.messages.before(chat_id("c"), limit=500)
    assert [m.text for m in page] == texts
    assert {m.clock for m in page} == {START}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_walking_either_way_meets_every_message_once(archive: Archive, data: st.DataObject) -> None:
    name = f"c{(await archive.conversations.totals())[0]}"
    minutes = sorted(data.draw(st.lists(st.integers(0, 400_000), min_size=1, max_size=60)))
    records = [Chat(name, name), Person(name, "a", "A")]
    entries = [
        Entry(name, START + timedelta(minutes=m // 3), "a", str(i), external_id=str(i)) for i, m in enumerate(minutes)
    ]
    await store(archive, [*records, *entries])
    size = data.draw(st.integers(1, 20))
    expected = [str(i) for i in range(len(minutes))]

    forward: list[str] = []
    cursor = OLDEST
    while page := await archive.messages.after(chat_id(name), cursor, limit=size):
        forward += [m.text for m in page]
        cursor = page[-1].cursor
    backward: list[str] = []
    cursor = NEWEST
    while page := await archive.messages.before(chat_id(name), cursor, limit=size):
        backward = [m.text for m in page] + backward
        cursor = page[0].cursor
    assert forward == expected
    assert backward == expected


async def test_the_position_of_a_message_is_what_counting_gives(archive: Archive) -> None:
    await store(archive, chat("c", map(str, range(500)), step=timedelta(hours=7)))
    page = await archive.messages.after(chat_id("c"), limit=500)
    for k in (0, 1, 250, 498, 499):
        assert await archive.messages.position(chat_id("c"), page[k].cursor) == k + 1


async def test_a_message_is_found_by_id_prefix_and_cursor(archive: Archive) -> None:
    await store(archive, chat("c", ["one", "two"]))
    one, two = await archive.messages.after(chat_id("c"), limit=2)
    for name in (str(one.id), str(one.id)[:13], str(one.cursor)):
        assert await archive.messages.find(name) == Place(chat_id("c"), one.cursor)
        assert await archive.messages.find(name, chat_id("c")) == Place(chat_id("c"), one.cursor)
    for wrong in ("", "zz", "ffffffff-0000", str(two.id)[:3]):
        with pytest.raises(AppError):
            await archive.messages.find(wrong)


async def test_impossible_dates_are_kept_too(archive: Archive) -> None:
    records = [Chat("c", "C"), Person("c", "a", "A")]
    years = (1, 1970, 1989, 1990, 2024, 2099, 2100, 9999)
    entries = [Entry("c", datetime(y, 1, 2, tzinfo=UTC), "a", str(y), external_id=str(y)) for y in years]
    await store(archive, [*records, *entries])
    assert [m.text for m in await archive.messages.after(chat_id("c"), limit=20)] == [str(y) for y in years]


PAGES = ("page_before", "page_after", "page_from", "thread_before", "thread_after", "thread_from")
PLANNED = [("messages", name) for name in (*PAGES, "at", "chain", "position")] + [("threads", "page")]


@pytest.mark.parametrize(("area", "name"), PLANNED)
async def test_hot_queries_use_the_index_and_never_sort_or_scan(
    archive: Archive, server: EmbeddedServer, area: str, name: str
) -> None:
    random = Random(1)
    # The planner is asked about a chat large enough that reading it whole would be the worse way.
    texts = [f"w{random.randrange(1000)}" for _ in range(20_000)]
    await store(archive, chat("c", texts, step=timedelta(minutes=7)))
    await archive.staging.tidying.settle()
    middle = await archive.messages.before(chat_id("c"), Cursor(START + timedelta(days=50), OLDEST.id), limit=1)
    parameters: dict[str, Any] = {
        "conversation": chat_id("c"),
        "sent_at": middle[0].sent_at,
        "last_message_at": middle[0].sent_at,
        "id": middle[0].id,
        "limit": 50,
        "thread": middle[0].id,
        "conversations": [chat_id("c")],
        "sent_ats": [middle[0].sent_at],
        "ids": [middle[0].id],
        "since": middle[0].sent_at,
        "last": middle[0].sent_at,
    }
    with psycopg.connect(server.dsn, dbname=_database(archive)) as connection:
        query = queries(area)[name]
        plan = connection.execute(b"EXPLAIN (FORMAT JSON) " + query.as_bytes(connection), parameters).fetchone()
    nodes = list(_nodes(plan[0][0]["Plan"]))
    scans = [n for n in nodes if n.get("Relation Name", "").startswith("messages")]
    assert scans
    assert {n["Node Type"] for n in scans} <= {"Index Scan", "Index Only Scan"}
    if name in PAGES[:3]:
        # Only what gathers a message's parts may be sorted, never the page.
        assert not [n for n in _nodes(plan[0][0]["Plan"], parts=False) if n["Node Type"] == "Sort"]


def _database(archive: Archive) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(archive.messages._gateway._dsn)["dbname"])


def _nodes(plan: dict[str, Any], *, parts: bool = True) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        if parts or child["Parent Relationship"] != "SubPlan":
            yield from _nodes(child, parts=parts)
