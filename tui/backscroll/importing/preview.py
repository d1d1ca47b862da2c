"""A look at exports before an import: what each is, how much it may hold, and a few messages as they would be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias, get_args

from backscroll.errors import AppError, UndecidedDatesError
from backscroll.importing.decoding import decoded_head
from backscroll.importing.detection import find_exports
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, DateOrder, Format, Reading
from backscroll.importing.formats.delimited.columns import SEPARATORS, sample
from backscroll.importing.formats.delimited.reader import HEAD, SUFFIXES
from backscroll.importing.tally import SAMPLES, Tally
from backscroll.importing.zone import AskedZone
from backscroll.model.import_report import Sample, Unrecognised, ZoneFrom

EXPORTS_MAX: Final = 50
"""Exports that are looked into; of a tree that holds more, the others are only named."""
_RECORDS: Final = 2_000
"""Records that are read of each: they tell how long a message is."""
_ROWS: Final = 4

Readings: TypeAlias = dict[DateOrder, tuple[Sample, ...]]


@dataclass(frozen=True, slots=True)
class Preview:
    """One export. `messages` is an estimate unless `is_whole`. Where a person has to choose how dates are read,
    `orders` has all readings, and `lines` are those that leave it open (see `UndecidedDatesError`). `problem` says why
    it cannot be read; then the rest is empty.
    """

    name: str
    format: Format
    size: int
    chats: tuple[str, ...] = ()
    messages: int = 0
    is_whole: bool = False
    samples: tuple[Sample, ...] = ()
    zone_from: ZoneFrom | None = None
    date_order: DateOrder | None = None
    date_order_from: str | None = None
    orders: Readings | None = None
    lines: tuple[str, ...] = ()
    problem: AppError | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """All that was found at some paths; `more` exports were not looked into."""

    previews: tuple[Preview, ...]
    unrecognised: tuple[Unrecognised, ...]
    more: int = 0


def look_at(paths: Sequence[Path], choices: Choices, format_name: str | None = None) -> Look:
    """Looks at everything at the paths, and reads no more of it than is needed. Blocks. Raises AppError where a path
    holds nothing that is recognised.
    """
    found: list[tuple[Format, Export]] = []
    unrecognised: list[Unrecognised] = []
    for path in paths:
        exports, left = find_exports(path, format_name)
        found += exports
        unrecognised += left
    looked = found[:EXPORTS_MAX]
    previews = [_preview(one, export, choices) for one, export in looked]
    for place, (one, export) in enumerate(looked):
        if previews[place].orders is not None:  # as in an import, the others of its format may tell
            orders = {preview.date_order for preview in previews if preview.format is one and preview.date_order}
            if len(orders) == 1:
                previews[place] = _preview(one, export, replace(choices, likely_date_order=orders.pop()))
    return Look(tuple(previews), tuple(unrecognised), max(len(found) - EXPORTS_MAX, 0))


def _preview(known: Format, export: Export, choices: Choices) -> Preview:
    size = sum(export.sizes.values())
    try:
        return _read(known, export, choices)
    except UndecidedDatesError as error:
        return Preview(export.name, known, size, orders=_both_ways(known, export, choices), lines=error.readings)
    except AppError as error:
        return Preview(export.name, known, size, problem=error)


def _read(known: Format, export: Export, choices: Choices) -> Preview:
    zone = AskedZone(choices.time_zone)
    reading = known.read(export, replace(choices, time_zone=zone))
    tally = Tally(reading.identity)
    position, is_whole = _read_on(reading, tally)
    chats = tally.reports()
    messages = sum(chat.messages for chat in chats)
    estimate = messages if is_whole or not position else _rounded(messages * reading.total / position)
    return Preview(
        export.name,
        known,
        reading.total,
        tuple(chat.title for chat in chats),
        estimate,
        is_whole,
        tuple(islice((sample for chat in chats for sample in chat.samples), SAMPLES)),
        choices.zone_from if zone.was_asked else "file",
        reading.date_order,
        reading.date_order_from,
    )


def _rounded(number: float) -> int:
    """To two digits: an estimate should not look like a count."""
    return round(float(f"{number:.1e}"))


def _read_on(reading: Reading, tally: Tally) -> tuple[int, bool]:
    """Reads the first records; gives the bytes that these took, and whether they were all."""
    position = 0
    for read, record in islice(reading.records, _RECORDS):
        position = read
        tally.see(record)
    return position, next(reading.records, None) is None


def _both_ways(known: Format, export: Export, choices: Choices) -> Readings:
    """The first messages in each order in which the dates can be read."""
    readings: Readings = {}
    for order in get_args(DateOrder):
        try:
            readings[order] = _read(known, export, replace(choices, date_order=order)).samples
        except AppError:  # no date fits that order
            continue
    return readings


def first_rows(path: Path) -> list[list[str]]:
    """The first rows of a file that looks like a table whose columns nobody named; none where it does not. Blocks."""
    if not path.is_file() or path.suffix.lower() not in SUFFIXES:
        return []
    try:
        with path.open("rb") as stream:
            head = decoded_head(stream.read(HEAD))
    except OSError:
        return []
    tables = [sample(head, separator, _ROWS) for separator in SEPARATORS]
    best = max(tables, key=lambda rows: min((len(row) for row in rows), default=0))
    return best if best and min(map(len, best)) > 1 else []
