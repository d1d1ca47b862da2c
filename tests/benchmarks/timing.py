"""How long things take beside one another: samples taken in turns, their percentiles, and Markdown tables of them."""

import gc
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter
from typing import Any

Call = Callable[[], Awaitable[Any]]


@dataclass(slots=True)
class Samples:
    """Durations of one thing, in milliseconds."""

    taken: list[float] = field(default_factory=list)

    def percentile(self, percent: int) -> float:
        """The duration that this percentage of the samples does not exceed."""
        return quantiles(self.taken, n=100, method="inclusive")[percent - 1]

    @property
    def p50(self) -> float:
        """The median."""
        return self.percentile(50)

    @property
    def p95(self) -> float:
        """19 of 20 were not longer."""
        return self.percentile(95)

    @property
    def longest(self) -> float:
        """The longest of all."""
        return max(self.taken)


async def in_turns(rounds: Sequence[dict[str, Call]]) -> dict[str, Samples]:
    """Times the calls of every round one after another, each round beginning with another one, so that noise hits all.

    Every round is run once before, untimed: what is measured is warm.
    """
    samples: dict[str, Samples] = {name: Samples() for name in rounds[0]}
    for calls in rounds:
        for call in calls.values():
            await call()
    gc.collect()
    gc.freeze()
    for number, calls in enumerate(rounds):
        names = list(calls)
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            began = perf_counter()
            await calls[name]()
            samples[name].taken.append((perf_counter() - began) * 1000)
    gc.unfreeze()
    return samples


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is words, the others are figures."""
    ruler = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ruler, *rows))


def figures(samples: Samples) -> str:
    """`p50 / p95 / max`, in milliseconds."""
    return f"{samples.p50:.2f} / {samples.p95:.2f} / {samples.longest:.1f}"


def ratio(a: float, b: float) -> str:
    """How many times b is in a."""
    return f"{a / b:.2f}"
