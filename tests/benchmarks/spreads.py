"""Facets and the bars over time: when the first counts are there and when all, beside a bare GROUP BY of every hit."""

from collections.abc import Mapping
from statistics import median
from time import perf_counter
from typing import Final

import psycopg

from backscroll.archive.opening import Archive
from backscroll.searching.expressions import expression
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.searching.spreading import Spread, Spreading
from backscroll.settings import zone_named
from tests.benchmarks.askings import Asking
from tests.benchmarks.timing import Samples, table

_ROUNDS: Final = 5
_BARE: Final = """
    SELECT count(*) FROM (
        SELECT m.conversation_id, m.sender_id, m.kind, date_trunc('day', m.sent_at) AS day, count(*) AS hits
        FROM backscroll.messages AS m WHERE {tests}
        GROUP BY GROUPING SETS ((m.conversation_id, m.sender_id), (m.kind), (4))
    ) AS g"""


async def spreads(dsn: str, archive: Archive, askings: Mapping[str, Asking]) -> str:
    """The table, in Markdown: milliseconds, and how many hits were counted."""
    spreading = Spreading(archive, Finding(archive), zone_named("UTC"))
    firsts, lasts, rows = Samples(), Samples(), []
    with psycopg.connect(dsn, autocommit=True) as connection:
        for name, asked in askings.items():
            taken = [await _spread(spreading, asked) for _ in range(_ROUNDS + 1)][1:]
            first, last = (median(times) for times in zip(*((f, c) for f, c, _ in taken), strict=True))
            firsts.taken.append(first)
            lasts.taken.append(last)
            spread = taken[-1][2]
            counted = f"{spread.hits:,}{'+' if spread.is_capped else ''}"
            rows.append([name, counted, f"{first:.1f}", f"{last:.1f}", f"{_bare(connection, asked):.1f}"])
    head = ("facets of", "counted", "first counts, ms", "all", "bare GROUP BY of every hit")
    told = (
        f"First counts: p50 {firsts.p50:.0f}, p95 {firsts.p95:.0f}, max {firsts.longest:.0f} ms; "
        f"all: p50 {lasts.p50:.0f}, p95 {lasts.p95:.0f}, max {lasts.longest:.0f} ms."
    )
    return f"{table(head, rows)}\n\n{told}"


async def _spread(spreading: Spreading, asked: Asking) -> tuple[float, float, Spread]:
    """Milliseconds until the first counts and until the last, and these."""
    began, first = perf_counter(), None
    async for spread in spreading.spread(parse(asked.text)):
        first = first or perf_counter() - began
        last = spread
    return (first or 0) * 1000, (perf_counter() - began) * 1000, last


def _bare(connection: psycopg.Connection, asked: Asking) -> float:
    """Milliseconds of the same counts of every hit, in one statement; the better of two runs."""
    words = expression(asked.tree) if asked.tree else None
    given = {
        "m.search @@ to_tsquery('pg_catalog.simple', %(words)s)": words,
        "m.conversation_id = ANY (%(chats)s)": list(asked.chats),
        "m.sender_id = ANY (%(senders)s)": list(asked.senders),
        "m.sent_at >= %(since)s": asked.since,
        "m.sent_at < %(until)s": asked.until,
    }
    query = _BARE.format(tests=" AND ".join(test for test, value in given.items() if value))
    values = dict(zip(("words", "chats", "senders", "since", "until"), given.values(), strict=True))
    taken = []
    for _ in range(2):
        began = perf_counter()
        # Values stand in the statement itself: so the planner looks at them.
        psycopg.ClientCursor(connection).execute(query, values).fetchall()
        taken.append((perf_counter() - began) * 1000)
    return min(taken)
