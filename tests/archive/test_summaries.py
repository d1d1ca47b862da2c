"""Summaries are stored with all that is known of them, one of each stretch and way, and know what came since."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from backscroll.archive.opening import Archive
from backscroll.importing.records import Entry
from backscroll.model.ids import new_id
from backscroll.model.message import Cursor
from backscroll.model.summary import Cost, Link, Method, Scope, Status, Stretch, Summary
from tests.making import START, chat, chat_id, store

C = chat_id("c")
NOON = datetime(2024, 3, 12, 12, tzinfo=UTC)


async def summary_of(archive: Archive, stretch: Stretch, count: int, method: Method = Method.EXTRACTIVE) -> Summary:
    newest = (await archive.messages.before(C, limit=1))[0].cursor
    return Summary(new_id(), stretch, "Ana: keys", count, ("Ana", "Bo"), method, NOON, newest=newest)


async def test_a_summary_comes_back_as_it_was_stored(archive: Archive) -> None:
    await store(archive, chat("c", ["one", "two"]))
    stretch = Stretch(C, Scope.SEARCH, query="50% keys")
    made = await summary_of(archive, stretch, 2, Method.MODEL)
    assert made.newest
    links = (Link(0, 3, made.newest), Link(0, 3, Cursor(made.newest.sent_at, new_id())), Link(5, 9, made.newest))
    cost = Cost(1200, 80, 0.0125)
    made = replace(made, links=links, cost=cost, model="m-1", is_masked=True, status=Status.PARTIAL, text="a\0b" * 9)
    await archive.summaries.add(made)
    await archive.summaries.add(made)
    assert await archive.summaries.of_chat(C) == [replace(made, text="a\u2400b" * 9)]
    await archive.summaries.remove(made)
    assert await archive.summaries.of_chat(C) == []


async def test_a_newer_summary_takes_the_place_of_one_made_of_the_same_in_the_same_way(archive: Archive) -> None:
    await store(archive, chat("c", ["one", "two"]))
    whole, day = Stretch(C), Stretch(C, Scope.DAY, since=START, until=START + timedelta(days=1))
    written = await summary_of(archive, whole, 2, Method.WRITTEN)
    stays = [written, await summary_of(archive, day, 2), await summary_of(archive, whole, 2, Method.MODEL)]
    for summary in (*stays, await summary_of(archive, whole, 1), newer := await summary_of(archive, whole, 2)):
        await archive.summaries.add(summary)
    await archive.summaries.add(await summary_of(archive, whole, 2, Method.WRITTEN))
    found = await archive.summaries.of_chat(C)
    assert {one.id for one in [*stays, newer]} < {one.id for one in found}
    assert len(found) == 5


async def test_each_stretch_counts_what_it_has_now(archive: Archive) -> None:
    step = timedelta(hours=7)
    await store(archive, chat("c", [f"m{n}" for n in range(60)], step=step))
    ends = [None, START - timedelta(days=3), START + timedelta(hours=30), START + 20 * step, START + timedelta(days=90)]
    times = [START + n * step for n in range(60)]
    stretches = [Stretch(C, Scope.STRETCH, since=a, until=b) for a in ends for b in ends if not (a and b and a >= b)]
    for stretch in stretches:
        await archive.summaries.add(await summary_of(archive, stretch, 10))
    for summary in await archive.summaries.of_chat(C):
        since, until = summary.stretch.since, summary.stretch.until
        assert summary.present == sum((not since or at >= since) and (not until or at < until) for at in times)
        assert summary.change == summary.present - 10
    one = await summary_of(archive, Stretch(C, Scope.DAY, since=START, until=START + timedelta(days=1)), 4)
    await archive.summaries.add(one)
    late = Entry("c", START + timedelta(minutes=1), "ana", "said in between, imported later", external_id="late")
    await store(archive, [*chat("c", []), late])
    (found,) = [summary for summary in await archive.summaries.of_chat(C) if summary.id == one.id]
    assert found.change == 1
