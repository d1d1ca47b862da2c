"""Jumps through time: to the first message of a day, month or year, in any zone, and never past or twice."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from backscroll.archive.opening import Archive
from backscroll.dates import EVER, Span, day_of, month_span, start_of
from backscroll.importing.records import Chat, Entry, Person, Record
from backscroll.model.conversation import Place
from backscroll.model.message import Message
from backscroll.reading.jumps import Landing, Period, Side, into, period_of, step
from tests.making import chat_id, store

C = chat_id("c")
CHANGES = [
    datetime(2018, 11, 4, 2, 59, 59, tzinfo=UTC),  # São Paulo: no midnight
    datetime(2018, 11, 4, 3, 0, tzinfo=UTC),
    datetime(2019, 2, 17, 1, 30, tzinfo=UTC),  # São Paulo: 23:30 for the first time
    datetime(2019, 2, 17, 2, 30, tzinfo=UTC),  # and for the second
    datetime(2019, 3, 30, 23, 30, tzinfo=UTC),  # Berlin: the night of the change
    datetime(2019, 3, 31, 22, 30, tzinfo=UTC),
]
TWICE = [datetime(2005, 10, 30, 2, 30, 30, tzinfo=UTC) + timedelta(minutes=20 * i) for i in range(6)]
"""St John's put its clocks back at one minute past midnight, into the day before."""


def conversation(random: Random) -> list[Record]:
    """Messages over three years: several of one moment, busy days, empty days, empty months, an empty year."""
    moments = [*CHANGES, *TWICE]
    for year, month in [(2017, 3), (2017, 4), (2017, 12), (2019, 1), (2019, 2), (2019, 10)]:
        for day in random.sample(range(1, 29), 5):
            start = datetime(year, month, day, tzinfo=UTC) + timedelta(minutes=random.randrange(24 * 60))
            moments += [start] * random.randrange(1, 5)
            moments += [start + timedelta(minutes=random.randrange(600)) for _ in range(random.randrange(4))]
    records: list[Record] = [Chat("c", "C"), Person("c", "ana", "Ana")]
    return records + [Entry("c", at, "ana", str(i), external_id=str(i)) for i, at in enumerate(sorted(moments))]


@pytest.fixture
async def messages(archive: Archive) -> list[Message]:
    await store(archive, conversation(Random(3)))
    return await archive.messages.after(C, limit=1000)


def starts_of(messages: list[Message], period: Period, zone: ZoneInfo) -> list[Message]:
    """The first message of each period that has any."""
    found: dict[Span, Message] = {}
    for message in messages:
        found.setdefault(period_of(day_of(message.sent_at, zone), period), message)
    return list(found.values())


@pytest.mark.parametrize(
    "zone", [ZoneInfo(n) for n in ("UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Tokyo")], ids=str
)
async def test_a_step_leads_to_the_first_message_of_the_next_or_previous_period(
    archive: Archive, messages: list[Message], zone: ZoneInfo
) -> None:
    for period in Period:
        starts = starts_of(messages, period, zone)
        for message in [*Random(5).sample(messages, 40), messages[0], messages[-1]]:
            place = Place(C, message.cursor)
            later = [m for m in starts if m.cursor > message.cursor]
            earlier = [m for m in starts if m.cursor < message.cursor]
            assert await step(archive.messages, place, period, 1, zone) == (later[0] if later else None)
            assert await step(archive.messages, place, period, -1, zone) == (earlier[-1] if earlier else None)


async def test_steps_go_on_to_the_end_even_where_a_day_comes_twice(archive: Archive, messages: list[Message]) -> None:
    zone = ZoneInfo("America/St_Johns")
    days = [day_of(m.sent_at, zone) for m in messages]
    assert days != sorted(days), "the clocks of this zone go back over midnight"
    for way in (1, -1):
        at: Message | None = messages[0 if way > 0 else -1]
        met = []
        while at is not None:
            met.append(at)
            assert len(met) <= len(messages)
            at = await step(archive.messages, Place(C, at.cursor), Period.DAY, way, zone)
        cursors = [m.cursor for m in met]
        assert cursors == sorted(set(cursors), reverse=way < 0)
        assert {day_of(m.sent_at, zone) for m in met} >= set(days) - {day_of(m, zone) for m in TWICE}


async def test_a_date_leads_to_its_first_message_or_the_next_or_the_last(
    archive: Archive, messages: list[Message]
) -> None:
    zone = ZoneInfo("America/Sao_Paulo")

    async def at(span: Span) -> Landing:
        landing = await into(archive.messages, C, span, zone)
        assert landing is not None
        return landing

    for span in [month_span(2018, 11), month_span(2017, 3), month_span(2019, 1, 12), month_span(2017, 1, 3), EVER]:
        first = next(m for m in messages if start_of(span.first, zone) <= m.sent_at)
        assert await at(span) == Landing(first, Side.INSIDE)
    for span in [month_span(2018, 1), month_span(2017, 7, 3), Span(date(2018, 11, 2), date(2018, 11, 3))]:
        first = next(m for m in messages if start_of(span.first, zone) <= m.sent_at)
        assert await at(span) == Landing(first, Side.AFTER)
    assert await at(month_span(2023, 1)) == Landing(messages[-1], Side.BEFORE)
    assert await at(Span(date(2018, 11, 3), date(2018, 11, 4))) == Landing(
        next(m for m in messages if m.sent_at == CHANGES[0]), Side.INSIDE
    )
    assert await at(Span(date(2018, 11, 4), date(2018, 11, 5))) == Landing(
        next(m for m in messages if m.sent_at == CHANGES[1]), Side.INSIDE
    )


async def test_a_chat_without_messages_has_nowhere_to_go(archive: Archive) -> None:
    await store(archive, [Chat("c", "C")])
    assert await into(archive.messages, C, EVER, None) is None
