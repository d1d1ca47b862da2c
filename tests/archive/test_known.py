"""What an archive has need not be prepared for it again; what differs is handed on."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from backscroll.archive.batch import Batch, Stored
from backscroll.archive.opening import Archive
from backscroll.importing.assembly import Assembly
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record
from backscroll.model.message import Attachment
from tests.making import IDENTITY, START, store

PICTURE = Attachment("a.jpg", "image/jpeg", 1, None, None)
TALK: list[Record] = [
    Chat("c", "C"),
    Person("c", "ana", "Ana"),
    *(Entry("c", START + timedelta(days=i), "ana", f"m{i}", external_id=str(i)) for i in range(5)),
]


async def left_of(archive: Archive, records: Iterable[Record]) -> Batch:
    assembly = Assembly(IDENTITY)
    for record in records:
        assembly.add(record)
    batch = assembly.take()
    await archive.known.drop(batch)
    return batch


def texts(batch: Batch) -> list[str]:
    return [message.body for message in batch.messages.values()]


async def test_nothing_is_known_to_an_empty_archive(archive: Archive) -> None:
    batch = await left_of(archive, TALK)
    assert texts(batch) == ["m0", "m1", "m2", "m3", "m4"]
    assert batch.duplicates == 0
    assert not (await left_of(archive, [])).messages


async def test_what_is_new_is_left(archive: Archive) -> None:
    await store(archive, TALK[:4])
    batch = await left_of(archive, TALK)
    assert (texts(batch), batch.duplicates) == (["m2", "m3", "m4"], 2)


@pytest.mark.parametrize("change", [{"text": "other"}, {"is_edited": True}, {"is_deleted": True}])
async def test_what_its_source_changed_is_left(archive: Archive, change: dict[str, object]) -> None:
    await store(archive, TALK)
    assert isinstance(TALK[3], Entry)
    batch = await left_of(archive, [*TALK[:3], replace(TALK[3], **change), *TALK[4:]])  # type: ignore[arg-type]
    assert [message.external_id for message in batch.messages.values()] == ["1"]
    assert batch.duplicates == 4


async def test_what_has_reactions_is_left_and_files_go_with_what_is_known(archive: Archive) -> None:
    answered = Entry("c", START, "ana", "x", external_id="x", reactions=(Reacted("👍", "ana"),))
    shown = Entry("c", START, "ana", "y", external_id="y", attachments=(PICTURE,))
    first = await left_of(archive, [*TALK, answered, shown])
    assert (len(first.reactions), len(first.attachments)) == (1, 1)
    await store(archive, [*TALK, answered, shown])
    again = await left_of(archive, [*TALK, answered, shown])
    assert (texts(again), len(again.reactions), len(again.attachments)) == (["x"], 1, 0)


async def test_what_stands_at_another_time_is_left_to_be_counted(archive: Archive) -> None:
    nameless = [
        Chat("w", "W"),
        *(Entry("w", START, "ana", f"m{i}", clock=START.replace(tzinfo=None)) for i in range(3)),
    ]
    await store(archive, nameless)
    moved = [replace(r, sent_at=r.sent_at + timedelta(hours=14)) if isinstance(r, Entry) else r for r in nameless]
    batch = await left_of(archive, moved)
    assert (texts(batch), batch.duplicates) == (["m0", "m1", "m2"], 0)
    assert await store(archive, moved) == Stored(duplicates=3, conflicts=3)
