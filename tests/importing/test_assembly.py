"""From records to rows: what is not a message but has to be told, and messages that an export has twice."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from backscroll.archive.batch import RemarkRow
from backscroll.archive.opening import Archive
from backscroll.importing.assembly import Assembly
from backscroll.importing.records import Chat, Entry, Remark
from tests.making import START, chat_id, store


def test_a_remark_goes_with_the_batch_that_it_was_read_in():
    assembly = Assembly("whatsapp")
    assembly.add(Remark("year", "The headers name no year; \0 2024 is taken from the file's name.", "chat.txt"))
    batch = assembly.take()
    assert batch.remarks == [
        RemarkRow("chat.txt", "year", "The headers name no year; \u2400 2024 is taken from the file's name.")
    ]
    assert not batch.rejected
    assert not assembly.take().remarks


SAID = Entry("c", START, "ana", "said", external_id="1")
EDITED = replace(SAID, text="edited", is_edited=True)
LATER = replace(EDITED, text="later", edited_at=START + timedelta(hours=2))
SOONER = replace(EDITED, text="sooner", edited_at=START + timedelta(hours=1))
DELETED = replace(SAID, text="", is_deleted=True)


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        (SAID, replace(SAID, text="said anew"), "said anew"),
        (SAID, EDITED, "edited"),
        (EDITED, SAID, "edited"),
        (SOONER, LATER, "later"),
        (LATER, SOONER, "later"),
        (LATER, DELETED, ""),
        (DELETED, LATER, ""),
        (DELETED, DELETED, ""),
    ],
)
async def test_the_later_state_stays_in_a_batch_as_between_batches(
    archive: Archive, first: Entry, second: Entry, stays: str
) -> None:
    assert (await store(archive, [Chat("c", "C"), first, second])).duplicates == 1
    assert [message.text for message in await archive.messages.after(chat_id("c"), limit=3)] == [stays]
    parted = [replace(first, chat="d"), replace(second, chat="d")]
    for entry in parted:
        await store(archive, [Chat("d", "D"), entry])
    assert [message.text for message in await archive.messages.after(chat_id("d"), limit=3)] == [stays]


async def test_what_is_met_again_without_an_id_of_its_own_is_another_message(archive: Archive) -> None:
    nameless = replace(SAID, external_id=None)
    assert (await store(archive, [Chat("c", "C"), nameless, nameless])).messages == 2
