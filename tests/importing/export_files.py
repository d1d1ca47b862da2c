"""Exports for tests: written to a directory, read to the end, sorted by kind of record."""

from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

import pytest

from backscroll.importing.export import Export, open_export
from backscroll.importing.format import Choices, Format, Reading
from backscroll.importing.records import Chat, Entry, Person, Record, Rejected, Topic

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@dataclass
class Read:
    """Everything that a format yielded, in order and by kind."""

    reading: Reading
    positions: list[int] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def _of(self, kind: type) -> list:
        return [record for record in self.records if isinstance(record, kind)]

    @property
    def chats(self) -> list[Chat]:
        return self._of(Chat)

    @property
    def people(self) -> list[Person]:
        return self._of(Person)

    @property
    def topics(self) -> list[Topic]:
        return self._of(Topic)

    @property
    def entries(self) -> list[Entry]:
        return self._of(Entry)

    @property
    def rejected(self) -> list[Rejected]:
        return self._of(Rejected)


def choices(zone: str = "UTC", **others: object) -> Choices:
    return Choices(ZoneInfo(zone), zone, **others)


def read(one: Format, place: Path | Export, zone: str = "UTC", **others: object) -> Read:
    """Reads an export to its end and checks what holds for every format: order of records, positions, times."""
    export = place if isinstance(place, Export) else open_export(place)
    result = Read(one.read(export, choices(zone, **others)))
    for position, record in result.reading.records:
        result.positions.append(position)
        result.records.append(record)
    _check_contract(result)
    return result


def _check_contract(result: Read) -> None:
    assert result.positions == sorted(result.positions)
    assert all(0 <= position <= result.reading.total for position in result.positions)
    known: set[tuple[str, ...]] = set()
    for record in result.records:
        if isinstance(record, Chat):
            assert (record.external_id,) not in known, "a chat is told once"
            known.add((record.external_id,))
        elif isinstance(record, Person | Topic):
            assert (record.chat,) in known
            key = (record.chat, type(record).__name__, record.external_id)
            assert key not in known, "people and threads are told once"
            known.add(key)
        elif isinstance(record, Entry):
            assert (record.chat,) in known
            assert record.sent_at.utcoffset() is not None
            assert record.sent_at.utcoffset().total_seconds() == 0
            assert record.external_id is not None or record.clock is not None
            assert (record.person is None) == (record.kind == "system")
            for person in filter(None, [record.person, *(r.person for r in record.reactions)]):
                assert (record.chat, "Person", person) in known
            assert record.thread is None or (record.chat, "Topic", record.thread) in known


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def real(*parts: str) -> Path:
    """Real conversations from outside the project; the test is skipped, visibly, where they are absent."""
    place = DATA.joinpath(*parts)
    if not place.exists():
        pytest.skip(f"no real data at {place}")
    return place
