"""Lists of notes: pages of 100,000 annotations, in both orders and narrowed, beside the same SQL, bare."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg import AsyncClientCursor, AsyncConnection

from backscroll.archive.annotations import Annotations
from backscroll.archive.noted import page_of
from backscroll.archive.queries import queries
from backscroll.model.note_listing import NoteListing, NoteOrder
from backscroll.model.notes import Annotation
from backscroll.searching.noting import listing_of, read_line
from tests.benchmarks.machine import described
from tests.benchmarks.serving import fresh_database, opened, served
from tests.benchmarks.timing import Call, figures, in_turns, ratio, table
from tests.making import chat, store
from tests.many_notes import write_notes

MANY: Final = 100_000
_PAGE: Final = 100
_SAMPLES: Final = 100
_SQL: Final = queries("annotations")
_LINES: Final = ("rare", "remark", "in:two", "tag:draft", "code:theme", "by:ana", "rare by:ana in:two")


def measure(home: Path) -> str:
    """The table, in Markdown; the notes are written into an archive beside the home's own and dropped afterwards."""
    with served(home) as dsn, fresh_database(dsn, "benchmark_notes") as fresh:
        return f"{MANY:,} annotations · {described(dsn)}\n\n" + asyncio.run(_measure(fresh))


async def _measure(dsn: str) -> str:
    async with opened(dsn) as archive, await AsyncConnection.connect(dsn, autocommit=True) as bare:
        for name in ("one", "two", "three"):
            await store(archive, chat(name, map(str, range(5_000))))
        with psycopg.connect(dsn, autocommit=True) as connection:
            write_notes(connection, MANY)
            connection.execute("VACUUM ANALYZE backscroll.annotations")
        lists = [(f"{order}, {place}", listing, after) for order in NoteOrder for listing in [NoteListing(order)]
                 for place, after in await _places(archive.annotations, listing)]  # fmt: skip
        lists += [(line, await listing_of(archive, read_line(line)), None) for line in _LINES]
        rows = []
        for name, listing, after in lists:
            calls: dict[str, Call] = {
                "archive": partial(archive.annotations.listed, listing, limit=_PAGE, after=after),
                "bare": partial(_bare, bare, listing, after),
            }
            await _check(name, calls)
            found = await in_turns([calls] * _SAMPLES)
            ours, reference = found["archive"], found["bare"]
            ratios = ratio(ours.p50, reference.p50), ratio(ours.p95, reference.p95)
            rows.append((f"`{name}`", figures(ours), figures(reference), *ratios))
        return table(
            (f"page of {_PAGE}", "archive, ms: p50 / p95 / max", "bare psycopg", "ratio p50", "ratio p95"), rows
        )


async def _places(area: Annotations, listing: NoteListing) -> list[tuple[str, Annotation | None]]:
    """Where a page may begin: at the beginning, in the middle, and near the end."""
    places: list[tuple[str, Annotation | None]] = [("first page", None)]
    last: Annotation | None = None
    for place, count in (("middle", MANY // 2), ("last pages", MANY // 2 - 200)):
        last = (await area.listed(listing, limit=count, after=last))[-1]
        places.append((place, last))
    return places


async def _bare(bare: AsyncConnection[Any], listing: NoteListing, after: Annotation | None) -> list[Any]:
    query = _SQL["newest" if listing.order is NoteOrder.NEWEST else "by_place"]
    cursor = await AsyncClientCursor(bare).execute(query, page_of(listing, _PAGE, after))
    return await cursor.fetchall()


async def _check(name: str, calls: dict[str, Call]) -> None:
    """Both sides have to give the same notes, or their times mean nothing."""
    ours, bare = await calls["archive"](), await calls["bare"]()
    ids: list[UUID] = [note.id for note in ours]
    if not ids or ids != [row[0] for row in bare]:
        raise SystemExit(f"{name}: the archive's notes are not those of the bare SQL.")
