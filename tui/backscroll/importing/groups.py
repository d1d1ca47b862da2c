"""What is read together: the exports of one source at one path make one run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from backscroll.archive.batch import SourceRow
from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.format import Choices, Format, Reading
from backscroll.importing.records import Record
from backscroll.importing.tally import Tally
from backscroll.importing.zone import AskedZone
from backscroll.model import ids
from backscroll.model.import_report import Reported, Unrecognised


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

    @property
    def name(self) -> str:
        """The name of the file or folder, without its path."""
        return self.path.resolve().name

    @property
    def identity(self) -> str:
        """The source's stable name."""
        return self.readings[0].identity

    @property
    def total(self) -> int:
        """Bytes that will be read."""
        return sum(reading.total for reading in self.readings)

    def source(self) -> SourceRow:
        """The source as the archive keeps it."""
        first = self.readings[0]
        zone = self.choices.time_zone_name
        identity = ids.source_id(first.identity)
        return SourceRow(identity, first.identity, self.format.name, first.source_name, zone, first.date_order)

    def records(self) -> Iterator[tuple[int, Record]]:
        """The records of all readings, one after another, each with the bytes read so far of all. Raises AppError."""
        return chain.from_iterable(self._positioned())

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


def survey(paths: Sequence[Path], choices: Choices, format_name: str | None) -> list[Group]:
    """Opens everything that is recognised at the paths, and reads nothing yet of what it holds. Raises AppError."""
    groups: dict[tuple[Path, str], Group] = {}
    for path in paths:
        exports, left = find_exports(path, format_name)
        unrecognised = tuple(Unrecognised(str(one), "no format knows it") for one in left)
        for export_format, export in exports:
            zone = AskedZone(choices.time_zone)
            reading = export_format.read(export, replace(choices, time_zone=zone))
            key = (path, reading.identity)
            if key not in groups:
                groups[key], unrecognised = Group(path, export_format, choices, unrecognised), ()
            group = groups[key]
            group.readings.append(reading)
            group.zones.append(zone)
    return list(groups.values())


def _shifted(reading: Reading, before: int) -> Iterator[tuple[int, Record]]:
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
