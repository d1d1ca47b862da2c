"""Our search beside SQLite FTS5 and tantivy: the same messages, the same queries, and the same 50 found."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from backscroll.archive.opening import Archive
from backscroll.searching.finding import CANDIDATES, PHRASES_SHARE, Finding, Found, Order
from backscroll.searching.language import parse
from tests.benchmarks.askings import Asking, adverse, classes, mix
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.machine import described
from tests.benchmarks.rivals import Rival, rivals
from tests.benchmarks.serving import opened, served
from tests.benchmarks.timing import Samples, figures, ratio, table

OURS: Final = "Backscroll"
_ROUNDS: Final = 7
_RANKED: Final = 60
"""Queries that are ranked: FTS5 takes seconds for some of them."""


def measure(home: Path, size: int, seed: int) -> None:
    """Prints four tables, in Markdown, each when it is there: classes, what is hard for an index without positions,
    random queries, and the best."""
    with served(home) as dsn:
        asyncio.run(_compare(dsn, size, seed, rivals(dsn, home / "rivals")))


async def _compare(dsn: str, size: int, seed: int, others: Sequence[Rival]) -> None:
    corpus = Corpus(size)
    random = dict(enumerate(mix(seed=seed)))
    ranked = dict(list(random.items())[:_RANKED])
    async with opened(dsn) as archive:
        beside = _Beside(archive, others)
        for _, asked in ranked.values():  # on every connection the statements are planned once
            await beside.find(asked, "newest")
            await beside.find(asked, "rank")
        print(f"{size:,} messages · {described(dsn)}", flush=True)
        for table_of in (
            partial(beside.of_classes, classes(corpus)),
            partial(beside.of_adverse, adverse(corpus)),
            partial(beside.of_mix, random, "newest"),
            partial(beside.of_mix, ranked, "rank"),
        ):
            print(f"\n{await table_of()}", flush=True)


class _Beside:
    """Asks all of them; milliseconds throughout."""

    def __init__(self, archive: Archive, others: Sequence[Rival]) -> None:
        self._archive = archive
        self._finding = Finding(archive)
        self._others = others
        self._names = [OURS, *(rival.name for rival in others)]

    async def of_classes(self, askings: Mapping[str, Asking]) -> str:
        """p50 / p95 / max of each class, and whether the pages are equal."""
        rows, ours = [], []
        for name, asked in askings.items():
            agree = await self._agree(asked, "newest")
            samples = await self._times([asked] * _ROUNDS, "newest")
            mine = samples[OURS].p50
            ours.append(mine)
            times = [figures(samples[who]) for who in self._names]
            shares = [ratio(mine, samples[who].p50) for who in self._names[1:]]
            rows.append([name, await self._hits(asked), *times, *shares, agree])
        head = ("newest 50", "hits", *self._names, *(f": {who}" for who in self._names[1:]), "same 50")
        return f"{table(head, rows)}\n\nMedian class: {median(ours):.1f} ms; longest: {max(ours):.1f} ms."

    async def of_adverse(self, askings: Mapping[str, Asking]) -> str:
        """How long until a person sees that it goes on, and until it stops when nobody wants it any more."""
        rows = []
        for name, asked in askings.items():
            agree = await self._agree(asked, "newest")
            samples = await self._times([asked] * _ROUNDS, "newest")
            silence = [await self._silence(asked) for _ in range(_ROUNDS)]
            stopped = [await self._stopped(asked, after) for after in (0.005, 0.02, 0.05)]
            times = [figures(samples[who]) for who in self._names]
            rows.append([name, await self._hits(asked), *times, f"{max(silence):.0f}", f"{max(stopped):.1f}", agree])
        head = ("hard ones, newest 50", "hits", *self._names, "longest silence", "cancelled within", "same 50")
        return table(head, rows)

    async def of_mix(self, askings: Mapping[int, tuple[str, Asking]], order: Order) -> str:
        """p50, p95, p99 and max of random queries, all and by shape."""
        differing = 0
        for _, asked in askings.values():
            differing += await self._agree(asked, order) != "yes"
        samples = await self._times([asked for _, asked in askings.values()], order)
        shapes: dict[str, dict[str, Samples]] = {}
        for place, (shape, _) in enumerate(askings.values()):
            for who in self._names:
                shapes.setdefault(shape, {}).setdefault(who, Samples()).taken.append(samples[who].taken[place])
        rows = [
            [f"{percent}", *(f"{samples[who].percentile(percent):.1f}" for who in self._names)]
            for percent in (50, 95, 99)
        ]
        rows.append(["max", *(f"{samples[who].longest:.1f}" for who in self._names)])
        rows += [[f"95, {name}", *(f"{by[who].p95:.1f}" for who in self._names)] for name, by in shapes.items()]
        said = (
            f"Pages that differ: {differing}."
            if order == "newest"
            else f"The best of the newest {CANDIDATES:,} hits (a phrase: {CANDIDATES // PHRASES_SHARE:,}); others: all."
        )
        ours = samples[OURS].p95
        shares = ", ".join(f"{ratio(ours, samples[who].p95)} of {who}'s" for who in self._names[1:])
        head = (f"{len(askings)} random queries, {order}: percentile", *self._names)
        return f"{table(head, rows)}\n\np95 is {shares}. {said}"

    async def _agree(self, asked: Asking, order: Order) -> str:
        """Whether all find the same; everybody has answered once then, and is warm."""
        found = await self.find(asked, order)
        mine = [str(hit.message.id) for hit in found.hits]
        return "yes" if all(self._page(rival, asked, order) == mine for rival in self._others) else "NO"

    async def _times(self, askings: Sequence[Asking], order: Order) -> dict[str, Samples]:
        """How long each took for each asking. One answers all of them before the next begins: in turns, each would find
        the processor's caches full of the others' gigabytes."""
        samples = {who: Samples() for who in self._names}
        for asked in askings:
            began = perf_counter()
            await self.find(asked, order)
            samples[OURS].taken.append((perf_counter() - began) * 1000)
        for rival in self._others:
            for asked in askings:
                began = perf_counter()
                self._page(rival, asked, order)
                samples[rival.name].taken.append((perf_counter() - began) * 1000)
        return samples

    @staticmethod
    def _page(rival: Rival, asked: Asking, order: Order) -> list[str]:
        return rival.newest(asked) if order == "newest" else rival.best(asked)

    async def find(self, asked: Asking, order: Order) -> Found:
        """The last of what our search finds."""
        async for found in self._finding.find(parse(asked.text), order=order):
            last = found
        return last

    async def _hits(self, asked: Asking) -> str:
        counted = await self._finding.count(parse(asked.text))
        return f"{counted.n}{'+' if counted.is_capped else ''}"

    async def _silence(self, asked: Asking) -> float:
        """The longest time between two signs of life."""
        began = perf_counter()
        signs = [began, *[perf_counter() async for _ in self._finding.find(parse(asked.text))]]
        return max(later - sooner for sooner, later in pairwise(signs)) * 1000

    async def _stopped(self, asked: Asking, after: float) -> float:
        """How long a search goes on after it was cancelled, on the server too."""
        task = asyncio.ensure_future(self.find(asked, "newest"))
        await asyncio.sleep(after)
        began = perf_counter()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return (perf_counter() - began) * 1000
