"""What is read together: the exports of one source at one path make one run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from backscroll.archive.batch import SourceRow
from backscroll.errors import AppError
from backscroll.importing.agreement import opened
from backscroll.importing.detection import find_exports
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, DateOrder, Format, Reading
from backscroll.importing.records import Record, Rejected
from backscroll.importing.tally import Tally
from backscroll.importing.zone import AskedZone
from backscroll.model import ids
from backscroll.model.import_report import Reported, Unrecognised
from backscroll.model.storable import storable

DAMAGED: Final = ("bad_zip", "cannot_read")
"""Codes of errors that one export of a directory may have without keeping the others out."""


class Text(NamedTuple):
    """A text that a group reads, as a member of an export, and how it is read (see `Reading.read_as`)."""

    export: Export
    member: str
    read_as: str


@dataclass(slots=True)
class Group:
    """Readings of one source from one path.

    `unrecognised` are files at the path that no format knows; the first group of a path has them.
    """

    path: Path
    format: Format
    choices: Choices
    unrecognised: tuple[Unrecognised, ...] = ()
    readings: list[Reading] = field(default_factory=list)
    zones: list[AskedZone] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the file or folder, without its path."""
        return storable(self.path.resolve().name)

    @property
    def format_name(self) -> str:
        """The word for its format."""
        return self.format.name

    @property
    def time_zone_name(self) -> str:
        """The zone in which its wall-clock times are read."""
        return self.choices.time_zone_name

    @property
    def identity(self) -> str:
        """The source's stable name."""
        return self.readings[0].identity

    @property
    def total(self) -> int:
        """Bytes that will be read."""
        return sum(reading.total for reading in self.readings)

    @property
    def text(self) -> Text | None:
        """The one text that is read, where its format says how."""
        if len(self.readings) > 1 or len(self.exports[0].members) > 1 or self.readings[0].read_as is None:
            return None
        return Text(self.exports[0], self.exports[0].members[0], self.readings[0].read_as)

    def source(self) -> SourceRow:
        """The source as the archive keeps it."""
        first = self.readings[0]
        zone = self.choices.time_zone_name
        identity = ids.source_id(first.identity)
        return SourceRow(identity, first.identity, self.format.name, first.source_name, zone, first.date_order)

    def records(self) -> Iterator[tuple[int, Record]]:
        """The records of all readings, one after another, each with the bytes read so far of all. Raises AppError."""
        return chain.from_iterable(self._positioned())

    def tally(self) -> Tally:
        """What counts its records."""
        return Tally(self.identity)

    def _positioned(self) -> Iterator[Iterator[tuple[int, Record]]]:
        before = 0
        for reading in self.readings:
            yield _shifted(reading, before)
            before += reading.total

    def reported(self, tally: Tally | None = None) -> Reported:
        """What is to be told of it so far; a zone that no export asked for was not assumed."""
        return Reported(
            tally.reports() if tally else (),
            tuple(tally.remarks) if tally else (),
            self.unrecognised,
            self.choices.zone_from if any(zone.was_asked for zone in self.zones) else "file",
            self.readings[0].date_order_from,
        )


@dataclass(frozen=True, slots=True)
class _Refused:
    """An export in a directory that turned out to be damaged."""

    path: Path
    export: Export
    error: AppError


@dataclass(frozen=True, slots=True)
class _Opened:
    """An export at a path, opened."""

    path: Path
    format: Format
    export: Export
    zone: AskedZone
    reading: Reading


def survey(paths: Sequence[Path], choices: Choices, format_name: str | None) -> list[Group]:
    """Opens everything that is recognised at the paths, and reads nothing yet of what it holds. Raises AppError."""
    found: list[tuple[Path, Format, Export]] = []
    unrecognised: dict[Path, tuple[Unrecognised, ...]] = {}
    for path in paths:
        exports, left = find_exports(path, format_name)
        found += ((path, export_format, export) for export_format, export in exports)
        unrecognised[path] = tuple(left)
    groups: dict[tuple[Path, str], Group] = {}
    results = _opened(found, choices)
    for one in results:
        if isinstance(one, _Refused):
            unrecognised[one.path] += (
                Unrecognised(str(one.export.path), one.error.title.removeprefix(f"{one.export.name} ")),
            )
    for one in results:
        if isinstance(one, _Opened):
            key = (one.path, one.reading.identity)
            if key not in groups:
                groups[key] = Group(one.path, one.format, choices, _storable(unrecognised.pop(one.path, ())))
            groups[key].readings.append(one.reading)
            groups[key].zones.append(one.zone)
            groups[key].exports.append(one.export)
    refused = [one.error for one in results if isinstance(one, _Refused)]
    if refused and not groups:
        raise refused[0]
    return list(groups.values())


def _storable(left: Sequence[Unrecognised]) -> tuple[Unrecognised, ...]:
    return tuple(Unrecognised(storable(one.path), storable(one.reason)) for one in left)


def _opened(found: Sequence[tuple[Path, Format, Export]], choices: Choices) -> list[_Opened | _Refused]:
    """The exports in their order, those of one format opened together."""
    results: dict[int, _Opened | _Refused] = {}
    for name in dict.fromkeys(export_format.name for _, export_format, _ in found):
        places = [place for place, (_, export_format, _) in enumerate(found) if export_format.name == name]
        openers = [partial(_open, *found[place], choices) for place in places]
        results |= zip(places, opened(openers, _order_of), strict=True)
    return [results[place] for place in range(len(found))]


def _order_of(one: _Opened | _Refused) -> DateOrder | None:
    return one.reading.date_order if isinstance(one, _Opened) else None


def _open(
    path: Path, export_format: Format, export: Export, choices: Choices, likely: DateOrder | None
) -> _Opened | _Refused:
    zone = AskedZone(choices.time_zone)
    try:
        reading = export_format.read(export, replace(choices, time_zone=zone, likely_date_order=likely))
    except AppError as error:
        if error.code not in DAMAGED or not path.is_dir():
            raise
        return _Refused(path, export, error)
    if path.is_dir():
        reading = replace(reading, records=_going_on(reading.records, export.name))
    return _Opened(path, export_format, export, zone, reading)


def _going_on(records: Iterator[tuple[int, Record]], name: str) -> Iterator[tuple[int, Record]]:
    """The records up to where the export turns out to be damaged, which is then told: others of the folder follow."""
    position = 0
    try:
        for position, record in records:
            yield position, record
    except AppError as error:
        if error.code not in DAMAGED:
            raise
        yield position, Rejected("", f"{error.title}: what follows in it is missing", name)


def _shifted(reading: Reading, before: int) -> Iterator[tuple[int, Record]]:
    if not before:  # the first export is most often the only one
        yield from _checked(reading)
        return
    for position, record in _checked(reading):
        yield before + position, record


def _checked(reading: Reading) -> Iterator[tuple[int, Record]]:
    try:
        yield from reading.records
    except OSError as error:
        raise AppError(
            "An export could not be read to its end",
            f"{error.strerror}. What was read before is stored; importing again goes on from there.",
            code="unreadable",
        ) from error
