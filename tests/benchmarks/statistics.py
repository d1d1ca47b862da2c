"""Statistics: the largest chat counted for the first time, asked again, and after an import; all chats as one job."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from backscroll.archive.opening import Archive
from backscroll.counting.chat import chat_statistics
from backscroll.counting.refreshing import refresh, refresh_all
from tests.benchmarks.machine import described
from tests.benchmarks.serving import opened, served
from tests.benchmarks.timing import Call, figures, in_turns, ratio, table

_ZONE: Final = "Europe/Berlin"
_ROUNDS: Final = 3
_SAMPLES: Final = 50
# The one look at a chat's messages that no counting can do without: by month, person and hour.
_SCAN: Final = """
    SELECT count(*) FROM (
        SELECT date_trunc('month', m.sent_at AT TIME ZONE %(zone)s) AS month, m.sender_id,
               date_trunc('hour', m.sent_at AT TIME ZONE %(zone)s) AS hour, m.kind, count(*), sum(length(m.body))
        FROM backscroll.messages AS m
        WHERE m.conversation_id = %(chat)s
        GROUP BY 1, 2, 3, 4
    ) AS g"""
_LARGEST: Final = (
    "SELECT c.id, c.message_count FROM backscroll.conversations AS c ORDER BY c.message_count DESC LIMIT 1"
)


def measure(home: Path) -> str:
    """The table, in Markdown. What was counted before is forgotten; what is counted stays in the home's archive."""
    with served(home) as dsn:
        return f"{described(dsn)}\n\n" + asyncio.run(_measure(dsn))


async def _measure(dsn: str) -> str:
    async with opened(dsn) as archive, await AsyncConnection.connect(dsn, autocommit=True) as bare:
        await bare.execute("TRUNCATE backscroll.month_statistics, backscroll.statistics_jobs")
        row = await (await bare.execute(_LARGEST)).fetchone()
        chat, size = row or (UUID(int=0), 0)
        await refresh(archive, chat, _ZONE)  # partitions and caches
        first, scan = [], []
        for _ in range(_ROUNDS):
            scan.append(await _seconds(lambda: bare.execute(_SCAN, {"zone": _ZONE, "chat": chat})))
            first.append(await _seconds(lambda: refresh(archive, chat, _ZONE, is_anew=True)))
        reference = min(scan)
        again = await _again(archive, chat)
        await bare.execute("TRUNCATE backscroll.month_statistics")
        whole, peak = await _with_peak(dsn, archive)
        rows = [
            (f"one GROUP BY scan of {size:,} messages", f"{reference * 1000:,.0f} ms", "1"),
            ("the same chat counted for the first time", f"{min(first) * 1000:,.0f} ms", ratio(min(first), reference)),
            ("asked again: p50 / p95 / max", f"{again} ms", ""),
            (f"all {whole[0]:,} chats as one job", f"{whole[1]:,.1f} s", ""),
            ("largest memory of the program meanwhile", f"{peak:,.0f} MB", ""),
        ]
        return table(("work", "takes", "of the scan"), rows)


async def _seconds(work: Callable[[], Awaitable[Any]]) -> float:
    began = perf_counter()
    await work()
    return perf_counter() - began


async def _again(archive: Archive, chat: UUID) -> str:
    calls: dict[str, Call] = {"again": lambda: chat_statistics(archive, chat, _ZONE)}
    return figures((await in_turns([calls] * _SAMPLES))["again"])


async def _with_peak(dsn: str, archive: Archive) -> tuple[tuple[int, float], float]:
    """Counts all chats; gives how many, how long, and the largest resident memory of this program, in megabytes."""
    import resource

    began = perf_counter()
    chats = await refresh_all(archive, _ZONE)
    taken = perf_counter() - began
    with psycopg.connect(dsn) as connection:
        left = connection.execute("SELECT count(*) FROM backscroll.statistics_jobs WHERE state <> 'done'").fetchone()
    if left != (0,):
        raise SystemExit("A job did not come to its end.")
    return (chats, taken), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
