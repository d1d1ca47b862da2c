"""Messages come into the quarters of their times, whether these are new or were there."""

from datetime import UTC, datetime, timedelta

import psycopg

from backscroll.archive.batch import Batch, MessageRow
from backscroll.archive.filling import quarters_of
from backscroll.archive.opening import Archive, open_archive
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.instants import microseconds
from backscroll.settings import Settings
from tests.making import chat, store

EDGE = datetime(2024, 4, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def entry(moment: datetime, text: str) -> Entry:
    return Entry("c", moment, "ana", text, external_id=text)


def quarters(*moments: datetime) -> list[str] | None:
    batch = Batch()
    for moment in moments:
        key = microseconds(moment).to_bytes(16, signed=True)
        batch.messages[key] = MessageRow(
            bytes(16), microseconds(moment), key, None, None, None, "text", 0, False, False, None, None, ""
        )
    found = quarters_of(batch)
    return None if found is None else [one.quarter for one in found]


def test_a_quarter_ends_where_the_next_begins() -> None:
    assert quarters(EDGE) == ["messages_2024q2"]
    assert quarters(EDGE - INSTANT, EDGE) == ["messages_2024q1", "messages_2024q2"]
    assert quarters(datetime(1990, 1, 1, tzinfo=UTC)) == ["messages_1990q1"]
    assert quarters(datetime(2100, 1, 1, tzinfo=UTC) - INSTANT) == ["messages_2099q4"]


def test_what_lies_in_an_open_end_has_no_quarter() -> None:
    assert quarters(EDGE, datetime(1990, 1, 1, tzinfo=UTC) - INSTANT) is None
    assert quarters(EDGE, datetime(2100, 1, 1, tzinfo=UTC)) is None
    assert quarters(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)) is None


async def test_new_and_old_quarters_hold_the_same_of_the_same(database: str) -> None:
    """First all quarters are new, then all are there, then one is new and one is there."""
    from backscroll.archive.migrations import migrate

    migrate(database)
    moments = [EDGE - INSTANT, EDGE, EDGE - 2 * INSTANT, EDGE + INSTANT, EDGE - 3 * INSTANT, EDGE.replace(month=7)]
    async with open_archive(Settings(dsn=database)) as archive:
        for first in (0, 2, 4):
            pair = enumerate(moments[first : first + 2], first)
            entries = [entry(moment, f"m{number} fäll-in {number}.0") for number, moment in pair]
            assert (await store(archive, [Chat("c", "C"), Person("c", "ana", "Ana"), *entries])).messages == 2
    with psycopg.connect(database) as connection:
        rows = connection.execute("""
            SELECT p.relname, left(m.body, 2), m.run_number IS NOT NULL,
                   m.search = backscroll.search_vector(m.body, m.search_text, NULL)
            FROM backscroll.messages AS m JOIN pg_class AS p ON p.oid = m.tableoid ORDER BY m.sent_at""").fetchall()
        left = connection.execute("""
            SELECT count(*) FROM pg_class WHERE relnamespace = 'backscroll'::regnamespace AND relkind = 'r'
            AND relname ~ '^messages_' AND NOT relispartition""").fetchone()
    names = ["2024q1", "2024q1", "2024q1", "2024q2", "2024q2", "2024q3"]
    texts = ["m4", "m2", "m0", "m1", "m3", "m5"]
    assert rows == [(f"messages_{q}", text, True, True) for q, text in zip(names, texts, strict=True)]
    assert left == (0,)


async def test_an_import_leaves_its_quarters_vacuumed_and_analyzed(archive: Archive) -> None:
    await store(archive, chat("c", [f"m{number}" for number in range(200)], start=EDGE, step=timedelta(hours=1)))
    await archive.staging.tidying.settle()
    assert tidied(archive) == {"messages_2024q2": (True, 200, True)}


async def test_quarters_that_the_import_has_left_behind_are_tidied_up_while_it_goes_on(archive: Archive) -> None:
    for month in (1, 4, 7, 10):
        texts = [f"m{month} {number}" for number in range(50)]
        await store(archive, chat(f"c{month}", texts, start=EDGE.replace(month=month), step=timedelta(hours=1)))
    await archive.staging.tidying.left_behind()
    assert [quarter for quarter, (_, _, is_analyzed) in tidied(archive).items() if is_analyzed] == [
        "messages_2024q1",
        "messages_2024q2",
    ]
    await store(archive, chat("c", ["one more"], start=EDGE + timedelta(days=60)))
    await archive.staging.tidying.settle()
    assert tidied(archive) == {f"messages_2024q{n}": (True, 51 if n == 2 else 50, True) for n in range(1, 5)}


def tidied(archive: Archive) -> dict[str, tuple[bool, int, bool]]:
    """By quarters: whether pages are known to be seen by all, how many messages were counted, and whether the planner
    has figures."""
    with psycopg.connect(archive.messages._gateway._dsn) as connection:
        rows = connection.execute("""
            SELECT c.relname, c.relallvisible > 0, c.reltuples::int,
                   EXISTS (SELECT FROM pg_stats AS s WHERE s.tablename = c.relname)
            FROM pg_class AS c JOIN pg_inherits AS i ON i.inhrelid = c.oid
            WHERE i.inhparent = 'backscroll.messages'::regclass AND c.relname ~ 'q' ORDER BY 1""").fetchall()
    return {name: (is_seen, count, is_analyzed) for name, is_seen, count, is_analyzed in rows}
