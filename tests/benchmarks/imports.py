"""Importing a WhatsApp text, importing it again and longer, beside a raw load of the same rows."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

from backscroll.importing.batching import Reader
from backscroll.importing.format import Choices
from backscroll.importing.groups import survey
from backscroll.importing.pipeline import ImportReport, import_paths
from backscroll.importing.wording import Wording
from tests.benchmarks import yardstick
from tests.benchmarks.machine import described
from tests.benchmarks.serving import fresh_database, opened, served
from tests.benchmarks.steps import Steps, watched
from tests.benchmarks.timing import table
from tests.benchmarks.whatsapp import exported, lengthened

_CHOICES = Choices(ZoneInfo("Europe/Berlin"), "Europe/Berlin")
_DATABASE = "benchmark_imports"
_WORDS = "find their words and stems"


@dataclass(slots=True)
class _Round:
    """Seconds of one round."""

    first: float
    again: float
    longer: float
    steps: Steps
    steps_again: Steps
    raw: dict[str, float] = field(default_factory=dict)


def measure(home: Path, size: int, rounds: int) -> str:
    """The tables, in Markdown; every round has an empty archive beside the home's own."""
    export = exported(home / "exports", size)
    longer = lengthened(export, size)
    rows = export.with_suffix(".rows")
    with served(home) as dsn:
        parsing = _parse(export)
        found = []
        for number in range(rounds):
            with fresh_database(dsn, _DATABASE) as fresh:
                # The yardstick goes first and last in turns; its rows come from the first import.
                early = yardstick.run(fresh, rows) if number % 2 else None
                one = asyncio.run(_import_thrice(fresh, export, longer, size))
                if not number:
                    yardstick.save_rows(fresh, rows)
                one.raw = early or yardstick.run(fresh, rows)
                found.append(one)
        rows.unlink()
        return (
            f"WhatsApp text of {size:,} messages, {export.stat().st_size / 2**20:.0f} MiB, {rounds} rounds · "
            f"{described(dsn)}\n\n{_summary(size, parsing, found)}\n\n{_details(size, parsing, found)}"
        )


def _parse(export: Path) -> dict[str, float]:
    """Seconds of reading alone, without a database."""
    seconds: dict[str, float] = {}
    began = perf_counter()
    (group,) = survey([export], _CHOICES, None)
    seconds["survey the file"] = perf_counter() - began
    began = perf_counter()
    for _ in group.records():
        pass
    seconds["parse it into records"] = perf_counter() - began
    (group,) = survey([export], _CHOICES, None)
    reader, wording, worded = Reader(group), Wording(), 0.0
    began = perf_counter()
    while (batch := reader.next_batch()) is not None:
        began_wording = perf_counter()
        wording.hear(batch)
        wording.word(batch)
        worded += perf_counter() - began_wording
    seconds["make rows of them: ids, figures"] = perf_counter() - began - worded - seconds["parse it into records"]
    seconds[_WORDS] = worded
    return seconds


async def _import_thrice(dsn: str, export: Path, longer: Path, size: int) -> _Round:
    async with opened(dsn) as archive:
        watched_first, steps = watched(archive)
        first = await import_paths(watched_first, [export], _CHOICES)
        watched_again, steps_again = watched(archive)
        again = await import_paths(watched_again, [export], _CHOICES)
        third = await import_paths(archive, [longer], _CHOICES)
        _check([first, again, third], size, (await archive.conversations.totals())[1])
    return _Round(first.seconds, again.seconds, third.seconds, steps, steps_again)


def _check(reports: Sequence[ImportReport], size: int, held: int) -> None:
    found = [(report.stored.messages, report.stored.duplicates) for report in reports]
    if (*found, held) != ((size, 0), (0, size), (size // 100, size), size + size // 100):
        raise SystemExit(f"Wrong counts: {found}; the archive holds {held:,}.")


def _summary(size: int, parsing: Mapping[str, float], rounds: list[_Round]) -> str:
    first, again = median(r.first for r in rounds), median(r.again for r in rounds)
    raw = median(yardstick.total(r.raw) for r in rounds)
    rate = median(yardstick.total(r.raw) / r.first for r in rounds)
    repeated = median(r.again / r.first for r in rounds)
    longer, grown = median(r.longer for r in rounds), median(r.longer / r.first for r in rounds)
    return table(
        ("work", "seconds", "messages a second", "ratio", "of"),
        [
            ("raw COPY, to_tsvector, the same indexes after", f"{raw:.1f}", f"{size / raw:,.0f}", "1", ""),
            ("import of the text", f"{first:.1f}", f"{size / first:,.0f}", f"{rate:.2f}", "the raw rate"),
            (
                "import of the same text again, 0 new",
                f"{again:.1f}",
                f"{size / again:,.0f}",
                f"{repeated:.2f}",
                "the first import's time",
            ),
            (
                "import of an export that is 1 % longer",
                f"{longer:.1f}",
                f"{size / longer:,.0f}",
                f"{grown:.2f}",
                "the first import's time",
            ),
            (
                "normalising texts, part of an import",
                f"{parsing[_WORDS]:.1f}",
                f"{size / parsing[_WORDS]:,.0f}",
                f"{parsing[_WORDS] / first:.2f}",
                "the first import's time",
            ),
        ],
    )


def _details(size: int, parsing: Mapping[str, float], rounds: list[_Round]) -> str:
    """Reading runs beside storing, so the parts of an import are more than its whole."""
    lines: list[tuple[str, ...]] = []

    def part(heading: str, seconds: Mapping[str, float]) -> None:
        lines.extend(
            (f"{heading}: {name}", f"{value:.2f}", f"{size / value:,.0f}")
            for name, value in seconds.items()
            if value >= 0.005 * sum(seconds.values())
        )

    part("reading, alone", parsing)
    part("storing", _longest_first([r.steps for r in rounds]))
    part("storing again", _longest_first([r.steps_again for r in rounds]))
    part("raw", {name: median(r.raw[name] for r in rounds) for name in rounds[0].raw})
    return table(("step", "seconds", "messages a second"), lines)


def _longest_first(rounds: list[Steps]) -> dict[str, float]:
    medians = {name: median(steps[name] for steps in rounds) for name in rounds[0]}
    return dict(sorted(medians.items(), key=lambda step: -step[1]))
