"""How reading grows with the archive: the same figures in homes of several sizes, as ratios to the smallest."""

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

_Figures = dict[str, float]


def measure(homes: Mapping[str, Path], effort: Effort, tell: Callable[[str], None]) -> str:
    """One table of loaded homes, by the name of their size; the smallest is what the others are compared with.

    Each home's own tables, with their references, are told on the way.
    """
    names = sorted(homes, key=lambda name: SIZES[name])
    found, machine = {}, ""
    for name in names:
        with served(homes[name]) as dsn:
            machine = described(dsn)
            paged = asyncio.run(pages.sample(dsn, SIZES[name]))
            used = reading.read(homes[name], dsn, SIZES[name], effort)
        tell(f"## {SIZES[name]:,} messages\n\n{paged.tables()}\n\n{used.tables()}\n")
        found[name] = _figures(paged, used)
    first = found[names[0]]
    rows = [
        (
            what,
            f"{figure:.1f}",
            *(f"{found[name][what]:.1f} ({ratio(found[name][what], figure)})" for name in names[1:]),
        )
        for what, figure in first.items()
    ]
    chats = "p95 in ms where nothing else is said; in brackets the ratio to the smallest."
    return f"{machine}\n\n{chats}\n\n{table(('work', *names), rows)}"


def _figures(paged: Paged, used: Reading) -> _Figures:
    figures = {f"page of 50, {place}, {way}": ours.p95 for (place, way), (ours, _) in paged.pages.items()}
    figures["jump to a moment"] = paged.others[pages.JUMP][0].p95
    figures["start to the first frame, median"] = used.starts.frame.p50
    figures["start to the first messages, median"] = used.starts.messages.p50
    figures |= {f"{key}, key to frame": pressed.p95 for key, (pressed, _) in used.keys.items()}
    figures["memory after the first page, MiB"] = used.memory.first / 2**20
    figures["memory after the actions, MiB"] = used.memory.after / 2**20
    return figures
