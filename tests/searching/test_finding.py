"""Search finds exactly what a look at every message finds, in every order, page after page."""

from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from random import Random

import pytest

from backscroll.archive import search as asked
from backscroll.archive.opening import Archive
from backscroll.archive.search import BUDGET
from backscroll.errors import AppError, QueryError
from backscroll.model.message import Cursor
from backscroll.model.query import Order, Query
from backscroll.searching import finding, walking
from backscroll.searching.finding import Count, Finding, Found
from backscroll.searching.language import parse
from tests.making import START, chat_id
from tests.searching.world import WORDS, World

PIECES = [
    *WORDS,
    *("key*", "naive", "駅", "東京", "example.org", "a_b", "absent", '"keys plant"', '"plant see"', "k*"),
    *("planting", "häusern", "hauses", '"plant"', "Keys", "lang:none", "lang:swedish", "lang:en", "lang:german"),
    *("from:ana", "from:bo", "from:berg", 'from:"Zoë"', "from:kim", "from:deploy", "from:nobody", "from:田中"),
    *("to:bo", "to:ana", "with:zoe", "with:kim", "in:family", "in:work", "in:gart", 'in:"Bo Berg"', "in:nowhere"),
    *("thread:summer", "source:test", "tag:draft", 'tag:"Later on"', "code:theme", "has:code -code:side"),
    *("note:odd", 'note:"odd remark"', "note:remark -note:2", "note:absent", "note:ke*", "note:x"),
    *("code:mood", "code:Mood/Joy", 'code:"Joy" -code:themes'),
    *("before:2024-09", "after:2024-12", "on:2024-07", "weekday:sat..mon", "hour:22..5", "weekday:wed hour:9"),
    *("date:2024-05..2024-10", "has:link", "has:image", "has:video", "has:audio", "has:file", "has:reaction"),
    *("has:reply", "has:note", "has:bookmark", "is:edited", "is:deleted", "is:forwarded", "is:system", "is:unread"),
    *("is:mine", "is:reply", "type:poll", "type:text", "type:document", "/ke+y/", r"/^see .*plant/"),
]


def queries(count: int, seed: int) -> list[str]:
    """Queries of every shape: pieces in a row, excluded, grouped and alternated."""
    draw = Random(seed)

    def piece(depth: int) -> str:
        roll = draw.random()
        if roll < 0.15 and depth < 3:
            return f"({query(depth + 1)})"
        return "-" + piece(depth + 1) if roll < 0.3 else draw.choice(PIECES)

    def query(depth: int) -> str:
        parts = [piece(depth) for _ in range(draw.choice([1, 1, 2, 2, 3]))]
        return (" OR " if draw.random() < 0.25 else " ").join(parts)

    return PIECES + [query(0) for _ in range(count - len(PIECES))]


async def last(steps: AsyncIterator[Found]) -> Found:
    async for found in steps:
        result = found
    return result


async def paged(search: Finding, query: Query, order: Order, limit: int) -> list[str]:
    """The ids of all pages, each page asked for after the one before."""
    found_ids: list[str] = []
    cursor = None
    while True:
        found = await last(search.find(query, order=order, limit=limit, after=cursor))
        found_ids += [str(hit.message.id) for hit in found.hits]
        cursor = found.cursor
        if cursor is None:
            assert found.complete
            return found_ids


# How large an archive is decides the way: chats are read whole; a short walk comes first, and may go on; the indexes
# are asked at once. With the last ones the time is always up before a second quarter is asked.
SIZES = ((20_000, 4_000, BUDGET), (0, 60, BUDGET), (0, 1, BUDGET), (0, 1, timedelta(0)))


async def test_200_queries_find_what_a_look_at_every_message_finds(
    searched: Archive, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "LONGEST_WALK", 120)
    search = Finding(searched)
    found_some = 0
    for number, text in enumerate(queries(200, seed=7)):
        whole, walk, budget = SIZES[number % 4]
        monkeypatch.setattr(walking, "WALKED_WHOLE", whole)
        monkeypatch.setattr(walking, "WALK", walk)
        monkeypatch.setattr(asked, "BUDGET", budget)
        query = parse(text, UTC)
        wanted = [str(m.id) for m in world.finding(query.root)]
        found_some += bool(wanted)
        assert await paged(search, query, "newest", 40 + number * 13 % 400) == wanted, text
        assert await paged(search, query, "oldest", 40 + number * 31 % 400) == wanted[::-1], text
        if number % 5 == 0:
            ranked = await last(search.find(query, order="rank", limit=10_000))
            assert {str(hit.message.id) for hit in ranked.hits} == set(wanted), text
            assert await search.count(query, cap=100) == Count(min(len(wanted), 100), len(wanted) > 100), text
    assert found_some > 120


async def test_one_chat_some_chats_and_one_thread_are_searched_alone(searched: Archive, world: World) -> None:
    search, query = Finding(searched), parse("keys -from:bo OR has:link", UTC)
    thread = next(m.thread_id for m in world.messages if m.thread_id and m.conversation_id == chat_id("work"))
    scopes = [
        query.inside(chat_id("work")),
        query.inside(chat_id("work"), chat_id("family")),
        query.inside(chat_id("work"), thread=thread),
    ]
    for scoped in scopes:
        wanted = [str(m.id) for m in world.finding(scoped.root)]
        assert wanted
        assert await paged(search, scoped, "newest", 7) == wanted
    found = await last(search.find(query, chat=chat_id("work"), limit=10_000))
    assert [str(hit.message.id) for hit in found.hits] == [str(m.id) for m in world.finding(scopes[0].root)]


async def test_near_finds_what_was_said_around_a_message(searched: Archive, world: World) -> None:
    chat = [m for m in world.messages if m.conversation_id == chat_id("family")]
    found = await last(Finding(searched).find(parse(f"near:{chat[100].id}", UTC), limit=1000))
    assert [hit.message for hit in found.hits] == chat[75:126]


async def test_a_message_that_is_not_there_is_told_with_its_place(searched: Archive) -> None:
    for text, place in (("keys near:deadbeef", (5, 18)), ("near:ffffffff x", (0, 13))):
        with pytest.raises(QueryError) as raised:
            await last(Finding(searched).find(parse(text, UTC)))
        assert (raised.value.start, raised.value.end) == place
        assert "There is no message" in raised.value.title


async def test_a_typing_mistake_in_a_name_is_forgiven_and_told(searched: Archive, world: World) -> None:
    found = await last(Finding(searched).find(parse("from:marja", UTC), limit=1000))
    assert {hit.message.sender for hit in found.hits} == {"Ana Maria"}
    assert found.remarks == ("No person here is called marja; Ana Maria is looked for.",)
    exact = await last(Finding(searched).find(parse('from:"marja"', UTC)))
    assert (exact.hits, exact.complete, exact.remarks) == ([], True, ("No person here is called marja.",))
    mine = await last(Finding(searched).find(parse("from:me", UTC)))
    assert mine.remarks == ("No person here is called me. is:mine finds what you wrote.",)


async def test_the_best_come_first_among_as_many_as_are_scored(searched: Archive) -> None:
    search = Finding(searched)
    best = await last(search.find(parse("keys plant OR plants", UTC), order="rank", limit=5))
    assert all("plant" in hit.message.text for hit in best.hits)
    few = await last(search.find(parse("keys", UTC), order="rank", limit=1000, candidates=10))
    assert len(few.hits) == 10
    assert not few.complete
    assert few.searched_to is not None
    with pytest.raises(AppError):
        await last(search.find(parse("keys", UTC), order="rank", after=Cursor(START, chat_id("x"))))


async def test_hits_arrive_as_they_are_found(searched: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "WALK", 50)
    monkeypatch.setattr(walking, "BUDGET", timedelta(0))
    monkeypatch.setattr(finding, "BETWEEN", 0.0)
    for text in ("шум", "-шум -see"):
        counts: list[int] = []
        edges = []
        async for found in Finding(searched).find(parse(text, UTC), limit=1000):
            counts.append(len(found.hits))
            edges.append(found.searched_to)
        assert len(counts) > 3
        walked = [e for e in edges if e]
        assert walked == sorted(walked, reverse=True)


async def test_a_bad_regular_expression_is_told_with_its_place(searched: Archive) -> None:
    for text, place in (("keys /(a/", (5, 9)), (r"/a{9999}/ x", (0, 9)), ("/[/", (0, 3))):
        with pytest.raises(QueryError) as raised:
            await last(Finding(searched).find(parse(text, UTC)))
        assert raised.value.code == "bad_query"
        assert (raised.value.start, raised.value.end) == place


async def test_a_regular_expression_ends_when_its_time_is_up_and_goes_on_from_there(
    searched: Archive, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "WALK", 100)
    monkeypatch.setattr(walking, "PATIENCE", 0.0)
    await _goes_on(searched, world, "/zz|ke+y/")
    await _goes_on(searched, world, "keys /ke+y/")
    assert await Finding(searched).count(parse("/zz|ke+y/", UTC)) == Count(0, is_capped=True)


async def _goes_on(searched: Archive, world: World, text: str) -> None:
    query, found_ids, cursor, pages = parse(text, UTC), [], None, 0
    while True:
        found = await last(Finding(searched).find(query, limit=1000, after=cursor))
        found_ids += [hit.message.id for hit in found.hits]
        pages += 1
        cursor = found.cursor
        if cursor is None:
            break
        assert "The time is up; the search can go on from here." in found.remarks
        assert not found.complete
    assert pages > 3
    assert found_ids == [m.id for m in world.finding(query.root)]


async def test_a_regular_expression_that_takes_too_long_is_told(
    searched: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "STEP_PATIENCE", 0.001)
    with pytest.raises(AppError) as raised:
        await last(Finding(searched).find(parse(r"/(e.*)*(k.*)*(s.*)*(.*9)*z{30}/ in:work", UTC)))
    assert raised.value.code == "slow_query"


def test_a_cursor_is_text_and_back() -> None:
    cursor = Cursor(START, chat_id("x"))
    assert Cursor.parse(str(cursor)) == cursor
    for wrong in ("", "x", "2024-01-01_zz", f"2024-01-01T00:00:00_{chat_id('x')}"):
        with pytest.raises(ValueError):
            Cursor.parse(wrong)
