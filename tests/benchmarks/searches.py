"""Searches of every shape on the corpus: the newest 50, counted, the best, and facets, as the program does them."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from backscroll.archive.opening import Archive
from backscroll.model.message import Cursor
from backscroll.model.query import Order, Query
from backscroll.searching.finding import CANDIDATES_TYPING, Finding
from backscroll.searching.language import parse
from tests.benchmarks import askings
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.machine import described
from tests.benchmarks.serving import opened, served
from tests.benchmarks.spreads import spreads
from tests.benchmarks.timing import table
from tests.benchmarks.words import ERA_WORD, LONE_WORD, vocabulary

_ROUNDS = 3


def classes(corpus: Corpus) -> dict[str, str]:
    """Queries by what is special about them; w[r] is the word of rank r."""

    def w(rank: int) -> str:
        return vocabulary()[rank - 1]

    big, rare = corpus.chats[0], corpus.chats[0].people
    quiet = min(zip(rare, corpus.chats[0].weights, strict=False), key=lambda p: p[1])[0][1]
    small = corpus.chats[600].title
    return {
        "word: rare": w(100_000),
        "word: mid": w(1_000),
        "word: top": w(1),
        "word: of an era": ERA_WORD,
        "word: absent": "zzzqqq",
        "word: of one chat": LONE_WORD,
        "AND mid": f"{w(900)} {w(1_000)}",
        "AND, never together": "antiak antibo",
        "OR": f"{w(1_000)} OR {w(5_000)}",
        "NOT": f"{w(1_000)} -{w(1)}",
        "NOT alone": f"-{w(1)}",
        "phrase: rare": '"golden ticket"',
        "phrase: top": f'"{w(1)} {w(2)}"',
        **{f"prefix of {n}": w(30_000)[:n] + "*" for n in range(1, 7)},
        "top word, from: busy": f'{w(1)} from:"Robin Owner"',
        "mid word, from: rare": f'{w(1_000)} from:"{quiet}"',
        "mid word, in: largest": f'{w(1_000)} in:"{big.title}"',
        "rare word, in: largest": f'{w(30_000)} in:"{big.title}"',
        "top word, in: small": f'{w(1)} in:"{small}"',
        "mid word, in a year": f"{w(1_000)} on:2019",
        "words and filters, OR": f'{w(900)} from:"Robin Owner" OR {w(1_000)} has:link',
        "from: busy": 'from:"Robin Owner"',
        "from: rare": f'from:"{quiet}"',
        "in: largest": f'in:"{big.title}"',
        "in: small": f'in:"{small}"',
        "with: rare": f'with:"{quiet}"',
        "to: rare": f'to:"{quiet}"',
        "on: a day": "on:2019-05-05",
        "has:link": "has:link",
        "-has:link": "-has:link",
        "type:image (none)": "type:image",
        "is:edited (none)": "is:edited",
        "has:reaction (none)": "has:reaction",
        "has:reply (none)": "has:reply",
        "has:bookmark (none)": "has:bookmark",
        "is:unread": "is:unread",
        "is:mine": "is:mine",
        "regex, frequent": "/ti.ket/",
        "regex, absent": "/zz[0-9]+qq/",
        "regex in: largest, absent": f'/zz[0-9]+qq/ in:"{big.title}"',
    }


def measure(home: Path, size: int) -> str:
    """Two tables, in Markdown."""
    with served(home) as dsn:
        return f"{size:,} messages · {described(dsn)}\n\n{asyncio.run(_measure(dsn, size))}"


async def _measure(dsn: str, size: int) -> str:
    corpus = Corpus(size)
    async with opened(dsn) as archive:
        rows = [await _row(archive, name, text) for name, text in classes(corpus).items()]
        head = ("query", "hits", "first hit, ms", "newest 50", "oldest 50", "page 2", "best 50", "count")
        return f"{table(head, rows)}\n\n{await spreads(dsn, archive, askings.classes(corpus))}"


async def _row(archive: Archive, name: str, text: str) -> list[str]:
    search, query = Finding(archive), parse(text)
    counted = await search.count(query)
    newest = [await _steps(search, query) for _ in range(_ROUNDS + 1)][1:]
    *_, last = [found async for found in search.find(query)]

    async def run(order: Order, after: Cursor | None = None) -> None:
        async for _ in search.find(query, order=order, after=after, candidates=CANDIDATES_TYPING):
            pass

    return [
        name,
        f"{counted.n}{'+' if counted.is_capped else ''}",
        f"{median(first for first, _ in newest):.1f}",
        f"{median(whole for _, whole in newest):.1f}",
        await _timed(lambda: run("oldest")),
        await _timed(lambda: run("newest", last.cursor)) if last.cursor else "–",
        await _timed(lambda: run("rank")),
        await _timed(lambda: search.count(query)),
    ]


async def _steps(search: Finding, query: Query) -> tuple[float, float]:
    """Milliseconds until the first hit is there (or the end, where there is none), and until the page is."""
    began = perf_counter()
    first = None
    async for found in search.find(query):
        if found.hits and first is None:
            first = perf_counter() - began
    whole = perf_counter() - began
    return (whole if first is None else first) * 1000, whole * 1000


async def _timed(work: Callable[[], Awaitable[object]]) -> str:
    await work()
    taken = []
    for _ in range(_ROUNDS):
        began = perf_counter()
        await work()
        taken.append(perf_counter() - began)
    return f"{median(taken) * 1000:.1f}"
