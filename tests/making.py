"""Makes conversations for tests, through the same assembly and staging as an import."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from backscroll.archive.batch import SourceRow, Stored
from backscroll.archive.opening import Archive
from backscroll.importing.assembly import Assembly
from backscroll.importing.records import Chat, Entry, Person, Record
from backscroll.importing.wording import Wording
from backscroll.model import ids

IDENTITY = "test"
START = datetime(2024, 3, 12, 9, 0, tzinfo=UTC)


def chat_id(external_id: str) -> UUID:
    """The id that a made chat gets."""
    return ids.conversation_id(IDENTITY, external_id)


async def store(archive: Archive, records: Iterable[Record]) -> Stored:
    """Stores records as one batch of one run."""
    assembly = Assembly(IDENTITY)
    for record in records:
        assembly.add(record)
    run = ids.new_id()
    await archive.import_runs.begin(run, format_name="test", file_name="test", time_zone="UTC")
    source = SourceRow(ids.source_id(IDENTITY), IDENTITY, "test", "Test", "UTC", None)
    batch = assembly.take()
    wording = Wording(await archive.languages.known(source.id))
    wording.hear(batch)
    wording.word(batch)
    return await archive.staging.store(run, source, batch)


def chat(
    name: str, texts: Iterable[str], *, step: timedelta = timedelta(minutes=1), start: datetime = START
) -> list[Record]:
    """A chat of two people who take turns; each message has the id `m0`, `m1`, ..."""
    records: list[Record] = [Chat(name, name.title()), Person(name, "ana", "Ana"), Person(name, "bo", "Bo")]
    for i, text in enumerate(texts):
        person = "ana" if i % 2 == 0 else "bo"
        records.append(Entry(name, start + i * step, person, text, external_id=f"m{i}"))
    return records
