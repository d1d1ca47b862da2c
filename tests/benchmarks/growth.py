"""How reading grows with the archive: the same figures in homes of several sizes, beside their references."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks import pages, reading
from tests.benchmarks.corpus import SIZES
from tests.benchmarks.machine import described
from tests.benchmarks.pages import Paged
from tests.benchmarks.reading import Effort, Reading
from tests.benchmarks.serving import served
from tests.benchmarks.timing import ratio, table

_Figures = dict[str, tuple[float, float | None]]  # each beside its reference


def measure(homes: Mapping[str, Path], effort: Effort, tell: Callable[[str], None]) -> str:
    """One table of loaded homes, by the name of their size. Each home's own tables are told on the way."""
    names = sorted(homes, key=lambda name: SIZES[name])
    found, machine = {}, ""
    for name in names:
        with served(homes[name]) as dsn:
            machine = described(dsn)
            paged = asyncio.run(pages.sample(dsn, SIZES[name]))
            used = reading.read(homes[name], dsn, SIZES[name], effort)
        tell(f"## {SIZES[name]:,} messages\n\n{paged.tables()}\n\n{used.tables()}\n")
        found[name] = _figures(paged, used)
    rows = [(what, *(_cell(*found[name][what]) for name in names)) for what in found[names[0]]]
    said = "ms, and how many times the reference's in the same home: the machine is not as fast at all times."
    return f"{machine}\n\n{said}\n\n{table(('work', *names), rows)}"


def _cell(figure: float, reference: float | None) -> str:
    return f"{figure:.1f}" if reference is None else f"{figure:.1f} ({ratio(figure, reference)})"


def _figures(paged: Paged, used: Reading) -> _Figures:
    starts = used.starts
    pairs = {f"page of 50, {place}, {way}": pair for (place, way), pair in paged.pages.items()}
    pairs |= paged.others | {f"{key}, key to frame": pair for key, pair in used.keys.items()}
    figures: _Figures = {f"{what}, p95": (ours.p95, reference.p95) for what, (ours, reference) in pairs.items()}
    figures["start to the first frame, median"] = (starts.frame.p50, starts.blank.p50)
    figures["start to the first messages, median"] = (starts.messages.p50, starts.blank.p50)
    figures["memory after the first page, MiB"] = (used.memory.first / 2**20, None)
    figures["memory after the actions, MiB; of the first page's"] = (
        used.memory.after / 2**20,
        used.memory.first / 2**20,
    )
    return figures
