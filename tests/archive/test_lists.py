"""The lists of chats and threads: every one once, in one order, whatever they hold."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.importing.records import Chat, Entry, Person, Topic
from backscroll.model.conversation import UNREAD_CAP, Listing
from tests.making import START, chat, chat_id, store


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=st.integers(1, 7))
async def test_pages_of_chats_meet_each_once_the_empty_ones_last(archive: Archive, page: int) -> None:
    if not await archive.conversations.titles():
        for i in range(12):
            records = [Chat(f"c{i}", f"Chat {i}"), Person(f"c{i}", "a", "A")]
            entries = [Entry(f"c{i}", START + timedelta(days=i // 2), "a", "hi", external_id="1")] if i < 8 else []
            await store(archive, [*records, *entries])
    met = []
    last = None
    while found := await archive.conversations.page(limit=page, after=last):
        met += found
        last = found[-1]
    assert len({c.id for c in met}) == len(met) == 12
    assert [c.last_message_at is None for c in met] == [False] * 8 + [True] * 4
    times = [c.last_message_at for c in met if c.last_message_at]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 9, 10])
async def test_pages_of_threads_meet_each_once_the_empty_ones_last(archive: Archive, size: int) -> None:
    records = [Chat("c", "C"), Person("c", "a", "A")]
    for i in range(9):
        records.append(Topic("c", f"t{i}", f"Thread {i}"))
        if i % 3:
            moment = START + timedelta(days=i)
            records.append(Entry("c", moment, "a", "hi", external_id=f"m{i}", thread=f"t{i}"))
    await store(archive, records)
    met = []
    last = None
    while found := await archive.threads.page(chat_id("c"), limit=size, after=last):
        met += found
        last = found[-1]
    assert [t.title for t in met][:6] == [f"Thread {i}" for i in (8, 7, 5, 4, 2, 1)]
    assert [t.last_message_at is None for t in met] == [False] * 6 + [True] * 3
    assert len({t.id for t in met}) == len(met) == 9
    assert (await archive.conversations.get(chat_id("c"))).thread_count == 9


async def test_unread_counts_from_where_one_has_read_and_never_goes_back(archive: Archive) -> None:
    await store(archive, chat("c", map(str, range(1500)), step=timedelta(hours=1)))
    assert (await archive.conversations.get(chat_id("c"))).unread == UNREAD_CAP
    page = await archive.messages.after(chat_id("c"), limit=1500)
    for read, unread in ((1400, 99), (1300, 99), (1450, 49), (1499, 0)):
        await archive.conversations.mark_read(chat_id("c"), page[read].cursor)
        assert (await archive.conversations.get(chat_id("c"))).unread == unread
    assert await archive.conversations.read_mark(chat_id("c")) == page[1499].cursor


async def test_a_chat_is_named_by_title_id_or_the_beginning_of_it(archive: Archive) -> None:
    await store(archive, [Chat("a", "Home"), Chat("b", "Home"), Chat("c", "home office")])
    for name in (str(chat_id("a")), str(chat_id("a"))[:9], str(chat_id("a")).upper()):
        assert (await archive.conversations.resolve(name)).id == chat_id("a")
    assert (await archive.conversations.resolve("HOME OFFICE")).id == chat_id("c")
    for name, code in (
        ("Home", "ambiguous_chat"),
        ("nowhere", "no_such_chat"),
        ("", "no_such_chat"),
        ("%", "no_such_chat"),
    ):
        try:
            await archive.conversations.resolve(name)
        except AppError as error:
            assert error.code == code
        else:
            raise AssertionError(name)


async def test_titles_are_matched_by_a_part_whatever_its_case(archive: Archive) -> None:
    await store(archive, [Chat("a", "Über uns"), Chat("b", "100% fun"), Chat("c", "_under_")])
    for part, title in (("ÜBER", "Über uns"), ("0%", "100% fun"), ("_u", "_under_")):
        assert [c.title for c in await archive.conversations.page(Listing(match=part), limit=9)] == [title]
