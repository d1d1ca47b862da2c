"""Loads a corpus into the archive of a home, once: one transaction a quarter, two at a time, with the importer's SQL.

A load that was broken off goes on with the quarters that are missing.
"""

import asyncio
import os
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

import psycopg
from psycopg import sql

from backscroll.archive.batch import Batch
from backscroll.archive.packing import packed
from backscroll.archive.queries import queries
from backscroll.importing.lexicon import Lexicon
from backscroll.model import ids
from tests.benchmarks.corpus import Corpus, Quarter
from tests.benchmarks.serving import opened, served

_SQL = queries("staging")
_FILLING = queries("filling")


def load(home: Path, size: int) -> None:
    """Makes sure that the home's archive holds the corpus of that size and nothing else; says how far it is."""
    corpus = Corpus(size)
    with served(home) as dsn:
        missing = _missing(dsn, corpus)
        if missing:
            _load_quarters(dsn, corpus, missing)
        if missing or not _is_finished(dsn):
            _finish(dsn)


def _load_quarters(dsn: str, corpus: Corpus, missing: list[Quarter]) -> None:
    asyncio.run(_store_lists(dsn, corpus))
    began, done = monotonic(), 0
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1), get_context("spawn")) as pool:
        jobs: list[Future[int]] = [pool.submit(_load_quarter, dsn, corpus.size, q.index) for q in reversed(missing)]
        for job in as_completed(jobs):
            done += job.result()
            pace = done / (monotonic() - began)
            print(f"  loaded {done:,} of {corpus.size:,} messages, {pace:,.0f} a second", flush=True)


def _missing(dsn: str, corpus: Corpus) -> list[Quarter]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        asked = "SELECT identity FROM backscroll.sources WHERE identity <> %s"
        others = connection.execute(asked, [corpus.identity]).fetchone()
        if others:
            raise SystemExit(f"This home holds {others[0]}; name another --home.")
        return [q for q in corpus.quarters if not _is_there(connection, q)]


def _is_there(connection: psycopg.Connection, quarter: Quarter) -> bool:
    found = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [f"backscroll.{_name(quarter)}"]).fetchone()
    return bool(found and found[0])


def _name(quarter: Quarter) -> str:
    return f"messages_{quarter.begins.year}q{(quarter.begins.month + 2) // 3}"


async def _store_lists(dsn: str, corpus: Corpus) -> None:
    batch = Batch(
        conversations={row.id: row for row in corpus.conversation_rows()},
        participants={row.id: row for row in corpus.participant_rows()},
    )
    async with opened(dsn) as archive:
        run = ids.new_id()
        await archive.import_runs.begin(run, format_name="corpus", file_name=corpus.identity, time_zone="UTC")
        await archive.staging.store(run, corpus.source, batch)
        await archive.import_runs.finish(run, "done")


@cache
def _corpus(size: int) -> Corpus:
    return Corpus(size)


def _load_quarter(dsn: str, size: int, index: int) -> int:
    """Runs in a process of its own, which keeps its plan of the corpus."""
    corpus = _corpus(size)
    quarter = corpus.quarters[index]
    table = sql.Identifier("backscroll", _name(quarter))
    bounds = {"since": sql.Literal(quarter.begins), "until": sql.Literal(quarter.ends)}
    names = {"table": table, "quarter": table, "run": sql.NULL, **bounds}
    with psycopg.connect(dsn, autocommit=True) as connection:
        with connection.transaction():
            count, words = _stage(connection, corpus, quarter)
            for step in ("create", "fill_wording", "attach", "finish", "comment"):
                connection.execute(_FILLING[step].format(**names))
            connection.execute(_SQL["lock"])
            connection.execute(_SQL["count_all"], {"run": None})
            connection.execute(_SQL["add_words"], {"words": " ".join(words)})
        connection.execute(sql.SQL("ANALYZE {}").format(table))
    return count


def _stage(connection: psycopg.Connection, corpus: Corpus, quarter: Quarter) -> tuple[int, list[str]]:
    connection.execute(_SQL["create_staged"])
    rows, lexicon = list(corpus.messages(quarter)), Lexicon()
    with connection.cursor() as cursor, cursor.copy(_SQL["copy_messages"]) as copy:
        for block in packed(rows):
            copy.write(block)
    for row in rows:
        lexicon.look_up(row.body, None)
    connection.execute(_SQL["analyse"])
    return len(rows), lexicon.take_words()


def _is_finished(dsn: str) -> bool:
    with psycopg.connect(dsn, autocommit=True) as connection:
        return connection.execute("SELECT FROM backscroll.read_marks LIMIT 1").fetchone() is not None


def _finish(dsn: str) -> None:
    """Marks a quarter of the chats as read up to somewhere, so that unread messages have to be counted."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("""
            INSERT INTO backscroll.read_marks (conversation_id, user_id, message_sent_at, message_id)
            SELECT c.id, u.id, m.sent_at, m.id
            FROM backscroll.users AS u,
                 (SELECT *, row_number() OVER (ORDER BY id) AS n FROM backscroll.conversations) AS c
            CROSS JOIN LATERAL (
                SELECT m.sent_at, m.id FROM backscroll.messages AS m WHERE m.conversation_id = c.id
                ORDER BY m.sent_at DESC, m.id DESC OFFSET least(c.n % 997, c.message_count / 2) LIMIT 1) AS m
            WHERE u.role = current_user AND c.n % 4 = 0
            ON CONFLICT (conversation_id, user_id) DO NOTHING""")
        connection.execute(queries("tidying")["analyse_lists"])
        # Only now: beside an open transaction VACUUM would not mark the pages as visible to all.
        connection.execute("VACUUM backscroll.messages, backscroll.conversations, backscroll.participants")
        connection.execute("ANALYZE backscroll.read_marks")
        connection.execute("CHECKPOINT")
