"""The codebook in the archive: what is counted, what a merge does to annotations, and what the history tells."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.code_writes import (
    ChangeCode,
    MakeCode,
    MergeCode,
    MoveCode,
    Part,
    RestoreCode,
    RetireCode,
    SplitCode,
)
from backscroll.model.conversation import Place
from backscroll.model.ids import new_id
from backscroll.model.writes import Outcome, Write
from tests.making import chat, chat_id, store
from tests.noting import annotate, apply

FEELING, JOY, PLAN = UUID(int=1), UUID(int=2), UUID(int=3)


async def coded(archive: Archive, *codes: list[UUID]) -> list[UUID]:
    """Annotations of as many messages, each with its codes."""
    await archive.codes.take([MakeCode(FEELING, "Feeling"), MakeCode(JOY, "Joy", FEELING), MakeCode(PLAN, "Plan")])
    await store(archive, chat("c", map(str, range(len(codes)))))
    page = await archive.messages.after(chat_id("c"), limit=len(codes))
    places = [Place(message.conversation_id, message.cursor) for message in page]
    return [await annotate(archive, place, "", codes=given) for place, given in zip(places, codes, strict=True)]


async def borne(archive: Archive) -> dict[UUID, tuple[UUID, ...]]:
    return {note.id: note.codes for note in await archive.annotations.page(limit=100)}


async def test_uses_are_counted_by_themselves_and_with_those_below_each_annotation_once(archive: Archive) -> None:
    await coded(archive, [FEELING, JOY], [JOY], [PLAN], [])
    book = await archive.codes.book()
    figures = {code.name: (book.uses(code.id).own, book.uses(code.id).whole) for _, code in book.walk()}
    assert figures == {"Feeling": (1, 2), "Joy": (2, 2), "Plan": (1, 1)}


async def test_a_message_has_the_codes_of_its_annotations_and_a_name_leads_to_a_code_and_those_below(
    archive: Archive,
) -> None:
    await coded(archive, [FEELING, JOY], [PLAN], [])
    page = await archive.messages.after(chat_id("c"), limit=3)
    assert [set(message.codes) for message in page] == [{FEELING, JOY}, {PLAN}, set()]
    assert set(await archive.names.code_ids(["Feeling"])) == {FEELING, JOY}
    assert await archive.names.code_ids(["Feeling/Joy"]) == [JOY]
    await archive.codes.take([MergeCode(PLAN, JOY)])
    assert await archive.names.code_ids(["Plan"]) == []
    assert set(await archive.names.listed("codes")) == {"Feeling", "Joy", "Feeling/Joy"}
    (found,) = [c for c in await archive.names.code_ids(["Joy"]) if c == PLAN]  # what still bears it is found, too
    assert found == PLAN


async def test_a_merge_gives_annotations_to_the_other_code_and_restoring_takes_them_back(archive: Archive) -> None:
    ids = await coded(archive, [JOY], [JOY, PLAN], [PLAN], [FEELING, JOY])
    before = await borne(archive)
    await archive.codes.take([MergeCode(JOY, PLAN)])
    merged = await borne(archive)
    assert [merged[i] for i in ids] == [(PLAN,), (PLAN,), (PLAN,), (FEELING, PLAN)]
    book = await archive.codes.book()
    assert book.living(JOY) == book.get(PLAN)
    await archive.codes.take([RestoreCode(JOY)])
    assert {note: set(codes) for note, codes in (await borne(archive)).items()} == {
        n: set(c) for n, c in before.items()
    }


async def test_every_write_is_told_once_with_what_was_before_and_after_and_by_whom(archive: Archive) -> None:
    await coded(archive, [JOY])
    await archive.codes.take([ChangeCode(JOY, {"name": "Joy"}, {"name": "Delight"}, author="Ana")])
    await archive.codes.take([MoveCode(JOY, PLAN), RetireCode(PLAN)])
    told = await archive.codes.history(JOY, limit=10)
    assert [line.change for line in told] == ["retired", "moved", "changed", "made"]
    assert (told[2].before, told[2].after, told[2].author) == ({"name": "Joy"}, {"name": "Delight"}, "Ana")
    assert told[3].before is None
    pages: list[UUID] = []
    last = None
    while page := await archive.codes.history(limit=2, after=last):
        pages += [line.code_id for line in page]
        last = page[-1]
    assert len(pages) == 7  # three made, one changed, one moved, two retired
    await archive.codes.take([RestoreCode(PLAN), SplitCode(PLAN, (Part(UUID(int=9), "Trip"),))])
    (split, *_) = await archive.codes.history(PLAN, limit=1)
    assert split.after is not None
    assert split.after["codes"] == [str(UUID(int=9))]


async def test_a_write_through_the_outbox_is_applied_once_and_refused_for_good_where_it_breaks_a_rule(
    archive: Archive,
) -> None:
    write = Write(new_id(), MakeCode(JOY, "Joy", author="Ana"), datetime.now(UTC))
    assert [await archive.writes.apply(write) for _ in range(2)] == [Outcome.APPLIED] * 2
    assert [line.author for line in await archive.codes.history(limit=9)] == ["Ana"]
    with pytest.raises(AppError) as raised:
        await apply(archive, MergeCode(JOY, PLAN))
    assert not archive.writes.may_pass(raised.value)


async def test_of_writes_that_go_together_none_is_kept_where_one_breaks_a_rule(archive: Archive) -> None:
    with pytest.raises(AppError) as raised:
        await archive.codes.take([MakeCode(JOY, "Joy", key="1"), MakeCode(PLAN, "Plan", key="1")])
    assert raised.value.code == "key_taken"
    assert not len(await archive.codes.book())
    assert await archive.codes.changed_at() is None
