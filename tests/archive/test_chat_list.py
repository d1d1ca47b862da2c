"""The chat list: each chat once over the pages of every order, pinned ones first, by the index at any size."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unicodedata import combining, normalize
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from backscroll.archive.conversations import _filters, _key
from backscroll.archive.opening import Archive
from backscroll.archive.queries import queries
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.conversation import (
    ChatOrder,
    Conversation,
    ConversationKind,
    Listing,
    Place,
    Shelf,
)
from backscroll.model.message import Message
from tests.conftest import copied
from tests.making import START, chat, chat_id, store
from tests.many_chats import write_chats
from tests.noting import bookmark

KINDS = list(ConversationKind)
TITLES = ["Ärger", "arger", "Zoo", "älter", "", "Été", "ete", "10 downing", "Ørsted", "Yoga", "été", "été!"]


async def made(archive: Archive) -> None:
    """Twelve chats of every shelf and kind, with ties in each order; four have no message."""
    if await archive.conversations.titles():
        return
    for i, title in enumerate(TITLES):
        size = 0 if i < 4 else i % 3 + 1
        records = [Chat(f"c{i}", title, KINDS[i % 3]), Person(f"c{i}", "a", "A")]
        records += [
            Entry(f"c{i}", START + timedelta(days=i // 3 + n), "a", "hi", external_id=str(n)) for n in range(size)
        ]
        await store(archive, records)
        chats = archive.conversations
        await chats.set_pinned(chat_id(f"c{i}"), i % 4 == 0)
        if i == 6:
            await chats.mark_read(chat_id(f"c{i}"))
        if i == 7:
            await bookmark(archive, await place(archive, i))
    for i, shelf in ((5, Shelf.ARCHIVED), (8, Shelf.ARCHIVED), (9, Shelf.HIDDEN)):
        await archive.conversations.set_shelf(chat_id(f"c{i}"), shelf)


async def place(archive: Archive, i: int) -> Place:
    message = (await archive.messages.before(chat_id(f"c{i}"), limit=1))[0]
    return Place(message.conversation_id, message.cursor)


LISTINGS = st.builds(
    Listing,
    order=st.sampled_from(ChatOrder),
    kind=st.none() | st.sampled_from(ConversationKind),
    shelf=st.sampled_from(Shelf),
    is_bookmarked=st.booleans(),
    is_unread=st.booleans(),
    match=st.none() | st.sampled_from(["E", "é", "o", "r", "%"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(listing=LISTINGS | st.builds(Listing, order=st.sampled_from(ChatOrder)), size=st.integers(1, 13))
async def test_pages_of_any_size_are_the_whole_list_and_nothing_twice(
    archive: Archive, listing: Listing, size: int
) -> None:
    await made(archive)
    area = archive.conversations
    whole = await area.page(listing, limit=100)
    met: list[Conversation] = []
    while page := await area.page(listing, limit=size, after=met[-1] if met else None):
        assert len(page) <= size
        met += page
    assert met == whole
    every = [await area.get(chat_id(f"c{i}")) for i in range(len(TITLES))]
    assert {c.id for c in whole} == {c.id for c in every if fits(c, listing)}
    pinned = [c.is_pinned for c in whole]
    if listing.shelf is Shelf.LISTED:
        assert pinned == sorted(pinned, reverse=True)
    for part in (True, False) if listing.shelf is Shelf.LISTED else (None,):
        keys = [key(c, listing.order) for c in whole if part in {None, c.is_pinned}]
        assert keys == sorted(keys)


def fits(chat: Conversation, listing: Listing) -> bool:
    return (
        chat.shelf is listing.shelf
        and listing.kind in {None, chat.kind}
        and (not listing.is_unread or chat.unread > 0)
        and (not listing.is_bookmarked or chat.id == chat_id("c7"))
        and (listing.match is None or folded(listing.match) in folded(chat.title))
    )


def folded(title: str) -> str:
    return "".join(c for c in normalize("NFKD", title.lower()) if not combining(c))


def key(chat: Conversation, order: ChatOrder) -> tuple[Any, ...]:
    """What the order says, ascending: ids are its last word."""
    recent = (-chat.last_message_at.timestamp() if chat.last_message_at else 0.0, -chat.id.int)
    keys: dict[ChatOrder, tuple[Any, ...]] = {
        ChatOrder.RECENT: recent,
        ChatOrder.NAME: (folded(chat.title).encode(), chat.id.int),
        ChatOrder.SIZE: (-chat.message_count, -chat.id.int),
        ChatOrder.UNREAD: (-chat.unread, *recent),
    }
    return keys[order]


async def test_more_pinned_chats_than_fit_go_on_with_the_next_page(archive: Archive) -> None:
    await store(archive, [Chat(str(i), f"Chat {i}") for i in range(5)])
    for i in (1, 3, 4):
        await archive.conversations.set_pinned(chat_id(str(i)), True)
    by_name = Listing(order=ChatOrder.NAME)
    first = await archive.conversations.page(by_name, limit=2)
    assert [c.title for c in first] == ["Chat 1", "Chat 3"]
    second = await archive.conversations.page(by_name, limit=2, after=first[-1])
    assert [(c.title, c.is_pinned) for c in second] == [("Chat 4", True), ("Chat 0", False)]


async def test_a_shelf_and_a_pin_are_kept_apart_and_hidden_chats_have_no_title_in_the_switcher(
    archive: Archive,
) -> None:
    await store(archive, [Chat("a", "A"), Chat("b", "B")])
    chats = archive.conversations
    await chats.set_pinned(chat_id("a"), True)
    await chats.set_shelf(chat_id("a"), Shelf.HIDDEN)
    assert [c.title for c in await chats.page(limit=9)] == ["B"]
    assert [c.title for c in await chats.page(Listing(shelf=Shelf.HIDDEN), limit=9)] == ["A"]
    assert await chats.titles() == [(chat_id("b"), "B")]
    assert await chats.titles_of([chat_id("a")]) == {chat_id("a"): "A"}
    await chats.set_shelf(chat_id("a"), Shelf.LISTED)
    assert [(c.title, c.is_pinned) for c in await chats.page(limit=9)] == [("A", True), ("B", False)]
    await chats.set_pinned(chat_id("a"), False)
    assert (await chats.get(chat_id("a"))).is_pinned is False


async def test_some_chats_come_in_the_order_asked_for_without_those_that_are_not_there(archive: Archive) -> None:
    await store(archive, [Chat(name, name) for name in "abcd"])
    wanted = [chat_id("d"), chat_id("nowhere"), chat_id("a"), chat_id("c")]
    assert [c.title for c in await archive.conversations.some(wanted)] == ["d", "a", "c"]
    assert await archive.conversations.some([]) == []


async def test_sources_are_counted_and_a_list_is_of_one(archive: Archive) -> None:
    await store(archive, [Chat(name, name) for name in "ab"])
    (source,) = await archive.conversations.sources()
    assert (source.name, source.format, source.chats) == ("Test", "test", 2)
    assert len(await archive.conversations.page(Listing(source=source.id), limit=9)) == 2
    assert await archive.conversations.page(Listing(source=chat_id("a")), limit=9) == []


async def test_a_chat_is_unread_from_the_message_that_one_names(archive: Archive) -> None:
    await store(archive, chat("c", map(str, range(50)), step=timedelta(hours=5)))
    chats, page = archive.conversations, await archive.messages.after(chat_id("c"), limit=50)
    await chats.mark_read(chat_id("c"))
    assert (await chats.get(chat_id("c"))).unread == 0
    for first in (40, 12, 49, 1):
        await chats.mark_unread(chat_id("c"), page[first].cursor)
        assert (await chats.get(chat_id("c"))).unread == 50 - first
        assert await chats.read_mark(chat_id("c")) == page[first - 1].cursor
    for whole in (page[0].cursor, None):
        await chats.mark_read(chat_id("c"), page[30].cursor)
        await chats.mark_unread(chat_id("c"), whole)
        assert (await chats.get(chat_id("c"))).unread == 50
        mark = await chats.read_mark(chat_id("c"))
        assert mark is not None
        assert mark < page[0].cursor


async def test_an_empty_chat_is_marked_in_vain(archive: Archive) -> None:
    await store(archive, [Chat("c", "C")])
    await archive.conversations.mark_unread(chat_id("c"))
    await archive.conversations.mark_read(chat_id("c"))
    assert await archive.conversations.read_mark(chat_id("c")) is None


async def test_where_a_chat_was_left_is_remembered_until_it_is_left_at_its_end(archive: Archive) -> None:
    await store(archive, chat("c", map(str, range(9))))
    message: Message = (await archive.messages.after(chat_id("c"), limit=5))[-1]
    chats = archive.conversations
    assert await chats.left(chat_id("c")) is None
    await chats.set_pinned(chat_id("c"), True)
    await chats.leave(chat_id("c"), message.cursor)
    assert await chats.left(chat_id("c")) == message.cursor
    await chats.leave(chat_id("c"))
    assert await chats.left(chat_id("c")) is None
    assert (await chats.get(chat_id("c"))).is_pinned


@pytest.fixture(scope="module")
def many(server: EmbeddedServer, template: str) -> Iterator[psycopg.Connection]:
    """A connection to an archive of 20,000 chats that plans once for all values, as the gateway does."""
    with copied(server, template, "many chats") as dsn:
        options = "-c plan_cache_mode=force_generic_plan"
        with psycopg.connect(dsn, autocommit=True, prepare_threshold=None, options=options) as connection:
            connection.execute(queries("archive")["add_user"], {"id": UUID(int=1), "name": "ana"})
            write_chats(connection, with_messages=False)
            yield connection


INDEXES = {"recent": "conversations_recent", "name": "conversations_by_title", "size": "conversations_by_size"}


@pytest.mark.parametrize("planned", ["force_generic_plan", "force_custom_plan"])
@pytest.mark.parametrize("order", INDEXES)
def test_a_page_walks_its_index_and_counts_unread_messages_only_of_its_rows(
    many: psycopg.Connection, order: str, planned: str
) -> None:
    many.execute("SELECT set_config('plan_cache_mode', %s, false)", [planned])
    parameters = {**_filters(Listing()), **_key(ChatOrder(order), None), "limit": 100}
    plan = explained(many, order, parameters)
    assert not [n for n in nodes(plan) if n["Node Type"] == "Sort"]
    walked = [n for n in nodes(plan) if n.get("Relation Name") == "conversations"]
    assert [(n["Node Type"], n["Index Name"]) for n in walked] == [("Index Scan", INDEXES[order])]
    assert walked[0]["Actual Rows"] < 200
    counted = [n for n in nodes(plan) if n.get("Relation Name") == "conversation_days"]
    assert 0 < counted[0]["Actual Loops"] <= 100


def test_unread_messages_are_counted_once_a_chat_for_their_order(many: psycopg.Connection) -> None:
    parameters = {**_filters(Listing()), **_key(ChatOrder.UNREAD, None), "limit": 100}
    counted = [n for n in nodes(explained(many, "unread", parameters)) if n.get("Relation Name") == "conversation_days"]
    assert len(counted) == 1


def test_pinned_chats_and_some_chats_are_found_by_their_ids(many: psycopg.Connection) -> None:
    ids = [row[0] for row in many.execute("SELECT id FROM backscroll.conversations LIMIT 50").fetchall()]
    for name, parameters in (("pinned", {**_filters(Listing()), "order": "recent"}), ("some", {"ids": ids})):
        found = [n for n in nodes(explained(many, name, parameters)) if n.get("Relation Name") == "conversations"]
        assert [n["Node Type"] for n in found] == ["Index Scan"]


def explained(connection: psycopg.Connection, name: str, parameters: dict[str, object]) -> dict[str, Any]:
    """What happened by the plan for all values; a plain EXPLAIN would be planned for these."""
    text = queries("conversations")[name].as_string()
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", text)))
    connection.execute("DEALLOCATE ALL")
    connection.execute("PREPARE planned_once AS " + re.sub(r"%\((\w+)\)s", lambda m: f"${names.index(m[1]) + 1}", text))
    values = sql.SQL(", ").join(sql.Literal(parameters[name]) for name in names)
    asked = sql.SQL("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE planned_once ({})").format(values)
    found = connection.execute(asked).fetchone()
    assert found is not None
    plan: dict[str, Any] = found[0][0]["Plan"]
    return plan


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)
