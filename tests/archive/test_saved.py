"""What a person wants to ask again: saved searches by their names, and the newest queries, each once."""

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.saved import REMEMBERED
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.settings import Settings
from tests.conftest import copied
from tests.making import chat, chat_id, store


async def test_a_saved_search_keeps_its_query_order_and_chat(archive: Archive) -> None:
    await store(archive, chat("family", ["keys"]))
    await archive.saved.add(" Lost things ", "keys OR wallet", order="oldest", conversation=chat_id("family"))
    (kept,) = await archive.saved.all()
    assert (kept.name, kept.query, kept.order) == ("Lost things", "keys OR wallet", "oldest")
    assert (kept.conversation_id, kept.conversation, kept.thread_id) == (chat_id("family"), "Family", None)
    assert await archive.saved.named("Lost things") == kept


async def test_a_search_saved_by_a_name_that_is_taken_replaces_it(archive: Archive) -> None:
    first = await archive.saved.add("a", "one", conversation=chat_id("family"))
    assert await archive.saved.add("a", "two") == first
    (kept,) = await archive.saved.all()
    assert (kept.query, kept.conversation_id) == ("two", None)


async def test_the_last_used_search_stands_first(archive: Archive) -> None:
    for name in ("a", "b", "c"):
        await archive.saved.add(name, name)
    await archive.saved.use(await archive.saved.named("a"))
    assert [kept.name for kept in await archive.saved.all()] == ["a", "c", "b"]


async def test_a_search_is_removed_by_its_name_and_then_unknown(archive: Archive) -> None:
    await archive.saved.add("a", "one")
    assert await archive.saved.remove("a")
    assert not await archive.saved.remove("a")
    with pytest.raises(AppError) as raised:
        await archive.saved.named("a")
    assert raised.value.code == "no_such_search"
    assert raised.value.hint


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
async def test_a_search_without_a_proper_name_is_refused(archive: Archive, name: str) -> None:
    with pytest.raises(AppError) as raised:
        await archive.saved.add(name, "one")
    assert raised.value.code == "bad_name"


async def test_the_history_holds_each_query_once_the_last_asked_first(archive: Archive) -> None:
    for query in ("one", "two", " one ", "three", "two"):
        await archive.saved.remember(query)
    assert await archive.saved.history() == ["two", "three", "one"]
    await archive.saved.forget("three")
    assert await archive.saved.history() == ["two", "one"]


async def test_the_history_drops_what_is_older_than_the_newest_200(archive: Archive) -> None:
    for i in range(REMEMBERED + 5):
        await archive.saved.remember(f"query {i}")
    newest = [f"query {i}" for i in reversed(range(5, REMEMBERED + 5))]
    assert await archive.saved.history() == newest
    await archive.saved.remember(newest[-1])
    assert await archive.saved.history() == [newest[-1], *newest[:-1]]


async def test_the_longest_query_is_remembered(archive: Archive) -> None:
    longest = "駅x" * 1000
    await archive.saved.remember(longest)
    await archive.saved.remember(longest)
    assert await archive.saved.history() == [longest]


async def test_everybody_has_searches_and_a_history_of_their_own(server: EmbeddedServer, template: str) -> None:
    with copied(server, template, "everybody") as dsn, psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE ROLE reviewer")
        try:
            connection.execute("GRANT USAGE ON SCHEMA backscroll TO reviewer")
            connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA backscroll TO reviewer")
            owner = Settings(dsn=dsn)
            other = Settings(dsn=make_conninfo(dsn, options="-c role=reviewer"))
            async with open_archive(owner) as mine, open_archive(other) as theirs:
                await mine.saved.add("a", "one")
                await mine.saved.remember("one")
                await theirs.saved.add("a", "two")
                await theirs.saved.remember("two")
                assert not await theirs.saved.remove("b")
                assert [kept.query for kept in await mine.saved.all()] == ["one"]
                assert await mine.saved.history() == ["one"]
                assert await theirs.saved.history() == ["two"]
        finally:
            connection.execute("DROP OWNED BY reviewer")
            connection.execute("DROP ROLE reviewer")
