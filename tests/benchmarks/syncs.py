"""Mirroring a live source, and looking again where nothing is new, beside a raw copy of the same rows."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import psycopg
from psycopg import sql

from backscroll.archive.live import LiveDatabase
from backscroll.model.instants import moment_at
from backscroll.syncing.recognising import find
from backscroll.syncing.session import Session, syncing
from tests.benchmarks import yardstick
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.machine import described
from tests.benchmarks.serving import fresh_database, opened, served
from tests.benchmarks.timing import table
from tests.syncing.world import DDL

_ARCHIVE, _SOURCE = "benchmark_syncs", "benchmark_syncs_source"
_COPY = "COPY messages (message_id, group_id, sender_id, sender_name, message_text, timestamp) FROM STDIN"
_LOOKS = 5


def measure(home: Path, size: int, rounds: int) -> str:
    """The table, in Markdown; every round has an empty archive, and all have one source, beside the home's own."""
    rows = home / "syncs.rows"
    with served(home) as dsn, _source(dsn, size) as source:
        mirrored, raw, idle, quick = [], [], [], []
        for number in range(rounds):
            with fresh_database(dsn, _ARCHIVE) as fresh:
                # The yardstick goes first and last in turns; its rows come from the first mirror.
                early = _raw(source, fresh, rows) if number % 2 else None
                first, again, looks = asyncio.run(_mirror(source, fresh, size))
                if not number:
                    yardstick.save_rows(fresh, rows)
                raw.append(early if early is not None else _raw(source, fresh, rows))
            mirrored.append(first)
            idle += again
            quick += looks
        rows.unlink()
        head = f"A source of {size:,} messages, {rounds} rounds · {described(dsn)}"
    return f"{head}\n\n{_table(size, median(mirrored), median(raw), median(idle), median(quick))}"


def _table(size: int, mirrored: float, raw: float, idle: float, quick: float) -> str:
    return table(
        ("work", "seconds", "messages a second", "ratio"),
        [
            ("COPY out of the source, COPY in, to_tsvector, the same indexes", f"{raw:.1f}", f"{size / raw:,.0f}", "1"),
            ("mirror all of it", f"{mirrored:.1f}", f"{size / mirrored:,.0f}", f"{raw / mirrored:.2f}"),
            ("compare all where nothing is new", f"{idle:.2f}", f"{size / idle:,.0f}", ""),
            ("a quick look that brings one new message", f"{quick:.2f}", "", ""),
        ],
    )


@contextmanager
def _source(dsn: str, size: int) -> Iterator[str]:
    """The DSN of a source that holds the corpus; gone when the block ends."""
    name = sql.Identifier(_SOURCE)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            made = psycopg.conninfo.make_conninfo(dsn, dbname=_SOURCE)
            _fill(made, Corpus(size))
            yield made
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _fill(dsn: str, corpus: Corpus) -> None:
    names = {row.id.bytes: row.name for row in corpus.participant_rows()}
    chats = {row.id.bytes: row.external_id for row in corpus.conversation_rows()}
    with psycopg.connect(dsn) as connection:
        connection.execute((DDL / "group_summaries.sql").read_text("utf-8").encode())
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for quarter in corpus.quarters:
                for m in corpus.messages(quarter):
                    who = names[m.sender_id or b""]
                    copy.write_row((m.id.hex(), chats[m.conversation_id], who, who, m.body, moment_at(m.sent_at)))
        connection.execute("ANALYZE")


async def _mirror(source: str, dsn: str, size: int) -> tuple[float, list[float], list[float]]:
    """Seconds of the first sync, of some where nothing is new, and of quick looks at a new message each."""
    async with opened(dsn) as archive:
        database = LiveDatabase(source)
        database.open()
        try:
            async with syncing(archive, database, find(database)) as session:
                began = perf_counter()
                found = (await session.whole_pass()).stored.messages
                first = perf_counter() - began
                if found != size:
                    raise SystemExit(f"Wrong counts: {found:,} messages of {size:,}.")
                again = [await _timed(session) for _ in range(_LOOKS)]
                return first, again, [await _one_new(session, source) for _ in range(_LOOKS)]
        finally:
            database.close()


async def _timed(session: Session) -> float:
    began = perf_counter()
    brought = await session.whole_pass()
    if brought.stored.messages or brought.stored.updated or brought.deleted:
        raise SystemExit(f"Nothing was new, and yet it brought {brought}.")
    return perf_counter() - began


async def _one_new(session: Session, source: str) -> float:
    """The message goes again, so that every round has the same source."""
    copied = "SELECT 'new', group_id, sender_id, sender_name, 'new', timestamp FROM messages ORDER BY id DESC LIMIT 1"
    columns = "message_id, group_id, sender_id, sender_name, message_text, timestamp"
    with psycopg.connect(source) as connection:
        connection.execute(f"INSERT INTO messages ({columns}) {copied}")
    began = perf_counter()
    brought = await session.quick_pass()
    seconds = perf_counter() - began
    with psycopg.connect(source) as connection:
        connection.execute("DELETE FROM messages WHERE message_id = 'new'")
    await session.whole_pass()
    if brought.stored.messages != 1:
        raise SystemExit(f"One message was new, and it brought {brought}.")
    return seconds


def _raw(source: str, dsn: str, rows: Path) -> float:
    """Seconds of a copy out of the source, and of what makes the same rows searchable."""
    began = perf_counter()
    with psycopg.connect(source) as connection, connection.cursor() as cursor:
        query = "COPY (SELECT * FROM messages ORDER BY timestamp, id) TO STDOUT (FORMAT BINARY)"
        with cursor.copy(query) as copy:
            for _ in copy:
                pass
    return perf_counter() - began + yardstick.total(yardstick.run(dsn, rows))
