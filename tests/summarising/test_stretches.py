"""Stretches are what people mean by them, and summaries of many are made once and again where something came."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from backscroll.archive.opening import Archive
from backscroll.dates import day_of
from backscroll.errors import AppError
from backscroll.importing.records import Entry, Topic
from backscroll.model.summary import Method, Scope, Stretch, Summary
from backscroll.summarising.bulk import Bulk
from backscroll.summarising.extracting import extract
from backscroll.summarising.freshness import stored
from backscroll.summarising.gathering import expected, pages
from backscroll.summarising.stretches import around, each, unread
from backscroll.summarising.wording import about, change_told, made_of
from tests.making import START, chat, chat_id, store

C = chat_id("c")
TOKYO = ZoneInfo("Asia/Tokyo")


async def texts(archive: Archive, stretch: Stretch) -> list[str]:
    return [message.text for page in [page async for page in pages(archive, stretch, UTC)] for message in page]


async def fill(archive: Archive, count: int = 60) -> None:
    await store(
        archive, chat("c", [f"keys {n}" if n % 4 else f"word {n}" for n in range(count)], step=timedelta(hours=5))
    )


@pytest.mark.parametrize("by", [Scope.DAY, Scope.WEEK])
async def test_days_and_weeks_of_a_zone_hold_every_message_once(archive: Archive, by: Scope) -> None:
    await fill(archive)
    times = [START + n * timedelta(hours=5) for n in range(60)]
    found: Counter[str] = Counter()
    for stretch in await each(archive, C, by, TOKYO):
        inside = await texts(archive, stretch)
        assert len(inside) == await expected(archive, stretch)
        assert stretch.since is not None
        assert stretch.until is not None
        assert day_of(stretch.until, TOKYO) - day_of(stretch.since, TOKYO) == timedelta(
            days=1 if by is Scope.DAY else 7
        )
        found.update(inside)
    assert sorted(found.values()) == [1] * len(times)
    message = (await archive.messages.before(C, limit=1))[0]
    assert around(message, by, TOKYO) in await each(archive, C, by, TOKYO)


async def test_bounds_cut_days_which_are_none_then(archive: Archive) -> None:
    await fill(archive)
    bounds = Stretch(C, Scope.STRETCH, since=START + timedelta(hours=2), until=START + timedelta(days=2))
    found = [one for one in await each(archive, C, Scope.DAY, UTC, bounds) if await texts(archive, one)]
    assert [one.scope for one in found] == [Scope.STRETCH, Scope.DAY, Scope.STRETCH]
    assert (found[0].since, found[-1].until) == (bounds.since, bounds.until)


async def test_what_is_unread_begins_behind_the_read_mark(archive: Archive) -> None:
    await fill(archive, 5)
    assert await texts(archive, await unread(archive, C)) == ["word 0", "keys 1", "keys 2", "keys 3", "word 4"]
    await archive.conversations.mark_read(C, (await archive.messages.after(C, limit=3))[-1].cursor)
    assert await texts(archive, await unread(archive, C)) == ["keys 3", "word 4"]
    await archive.conversations.mark_read(C)
    with pytest.raises(AppError, match="Nothing is unread"):
        await unread(archive, C)


async def test_a_thread_is_its_messages_and_knows_what_came(archive: Archive) -> None:
    def said(number: int) -> Entry:
        thread = "cat" if number % 3 else None
        at = START + timedelta(minutes=number)
        return Entry("c", at, "ana", f"word {number}", external_id=f"t{number}", thread=thread)

    topic = Topic("c", "cat", "Who feeds [the] cat?")
    await store(archive, [*chat("c", []), topic, *(said(number) for number in range(6))])
    (thread,) = await archive.threads.page(C, limit=5)
    stretch = Stretch(C, Scope.THREAD, thread.id)
    assert await texts(archive, stretch) == ["word 1", "word 2", "word 4", "word 5"]
    summary = await extract(archive, stretch, UTC, lambda *_: None)
    assert summary is not None
    await archive.summaries.add(summary)
    await store(archive, [*chat("c", []), topic, said(7), said(8), said(9)])
    (found,) = await stored(archive, C, UTC)
    assert (found.change, about(found.stretch, UTC, found.thread)) == (2, "Thread: Who feeds [the] cat?")


async def test_hits_are_those_of_the_chat_and_are_counted_again(archive: Archive) -> None:
    await fill(archive, 8)
    await store(archive, chat("other", ["keys elsewhere"]))
    stretch = Stretch(C, Scope.SEARCH, query="keys")
    assert await texts(archive, stretch) == [f"keys {n}" for n in (1, 2, 3, 5, 6, 7)]
    summary = await extract(archive, stretch, UTC, lambda *_: None)
    assert summary
    await archive.summaries.add(summary)
    await store(
        archive, [*chat("c", []), Entry("c", datetime(2025, 1, 1, tzinfo=UTC), "bo", "more keys", external_id="x")]
    )
    (found,) = await stored(archive, C, UTC)
    assert (found.change, change_told(found), about(found.stretch, UTC)) == (1, "1 message came since", "Search: keys")
    assert made_of(found) == "6 messages, extractive"


async def test_of_many_only_those_are_made_again_where_something_came(archive: Archive) -> None:
    await fill(archive)
    made: list[Summary] = []
    make = partial(extract, archive, zone=TOKYO, tell=lambda *_: None)
    bulk = Bulk(archive, Method.EXTRACTIVE, TOKYO)
    told: list[tuple[int, int]] = []
    stretches = await each(archive, C, Scope.WEEK, TOKYO)
    assert await bulk.left(stretches) == stretches
    count = await bulk.run(stretches, make, lambda *done: told.append(done), made.append)
    assert (count, sum(one.message_count for one in made)) == (len(made), 60)
    assert told[-1] == (len(stretches), len(stretches))
    empty = len(stretches) - count
    assert len(await bulk.left(stretches)) == empty
    await store(archive, [*chat("c", []), Entry("c", START + timedelta(minutes=7), "bo", "late", external_id="x")])
    left = await bulk.left(stretches)
    assert len(left) == empty + 1
    assert await bulk.run(left, make, lambda *_: None, made.append) == 1
    assert made[-1].message_count == made[0].message_count + 1
    assert len(await stored(archive, C, TOKYO)) == count
