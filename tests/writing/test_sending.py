"""What was written reaches the archive once and in its order, whatever happens to the program and the server."""

import os
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from backscroll.archive.opening import Archive
from backscroll.archive.server import locks
from backscroll.errors import AppError
from backscroll.model.conversation import Place
from backscroll.model.ids import new_id
from backscroll.model.message import Message
from backscroll.model.notes import Annotation
from backscroll.model.writes import AnnotationRemove, AnnotationWrite, Outcome, Payload, Write
from backscroll.writing.desk import Desk
from backscroll.writing.noting import new_annotation
from backscroll.writing.outbox import Outbox
from tests.making import chat, chat_id, store


@pytest.fixture
async def message(archive: Archive) -> Message:
    await store(archive, chat("c", ["one", "two", "three"]))
    return (await archive.messages.after(chat_id("c"), limit=1))[0]


@pytest.fixture
async def desk(archive: Archive, tmp_path: Path) -> AsyncIterator[Desk]:
    seat = Desk(Outbox(tmp_path / "box" / "outbox.sqlite"), archive)
    yield seat
    await seat.finish(0)


def note(message: Message, text: str) -> Annotation:
    return new_annotation(message, "C", text)


async def kept(archive: Archive, message: Message) -> list[str]:
    return [n.text for n in await archive.annotations.of_message(Place(message.conversation_id, message.cursor))]


async def test_what_waits_is_sent_in_its_order_and_forgotten(archive: Archive, message: Message, desk: Desk) -> None:
    for text in "abc":
        await desk.write(AnnotationWrite(note(message, text)))
    assert len(desk.outbox.all()) == 3
    assert await kept(archive, message) == []
    assert await desk.finish(5) == 0
    assert await kept(archive, message) == ["a", "b", "c"]
    assert desk.outbox.all() == ()


async def test_a_write_that_is_sent_again_changes_nothing(archive: Archive, message: Message) -> None:
    write = Write(new_id(), AnnotationWrite(note(message, "once")), datetime.now(UTC))
    assert [await archive.writes.apply(write) for _ in range(2)] == [Outcome.APPLIED] * 2
    removal = AnnotationRemove((await archive.annotations.page(limit=1))[0])
    await archive.writes.apply(Write(new_id(), removal, datetime.now(UTC)))
    assert await archive.writes.apply(write) is Outcome.APPLIED
    assert await kept(archive, message) == [], "the first write does not come back"


async def test_the_outbox_is_its_owners_alone_and_outlives_the_program(tmp_path: Path, message: Message) -> None:
    path = tmp_path / "box" / "outbox.sqlite"
    written = AnnotationWrite(note(message, "'quoted' 😂\0\ud83d"))
    Outbox(path).add(Write(new_id(), written, datetime.now(UTC)))
    (kept,) = Outbox(path).all()
    assert kept.write() == Write(
        kept.id, AnnotationWrite(replace(written.note, text="'quoted' 😂␀\ufffd")), kept.made_at
    )
    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


class Refusing:
    """An archive that refuses some writes, and is away for others."""

    def __init__(self, archive: Archive, refused: UUID | None = None, away: int = 0) -> None:
        self._archive = archive
        self._refused = refused
        self._away = away

    async def apply(self, write: Write, *, patience: float, may_be_sent: bool) -> Outcome:
        if self._away:
            self._away -= 1
            raise AppError("Away", "Wait.", code="no_answer")
        if write.id == self._refused:
            raise AppError("Refused", "It may not be.", code="no_right")
        return await self._archive.writes.apply(write, patience=patience, may_be_sent=may_be_sent)

    def may_pass(self, error: AppError) -> bool:
        return error.code == "no_answer"


async def test_what_the_server_refuses_is_parked_and_the_others_go_on(
    archive: Archive, message: Message, tmp_path: Path
) -> None:
    outbox = Outbox(tmp_path / "outbox.sqlite")
    desk = Desk(outbox, archive)
    writes = [await desk.write(AnnotationWrite(note(message, text))) for text in "abc"]
    ends: list[Outcome | AppError] = []
    desk.ended = lambda _write, outcome: ends.append(outcome)
    desk.sender.archive = Refusing(archive, writes[1].id)
    assert await desk.finish(5) == 0
    assert await kept(archive, message) == ["a", "c"]
    assert [isinstance(end, AppError) for end in ends] == [False, True, False]
    (parked,) = Outbox(outbox.path).all()
    assert (parked.id, parked.is_parked, parked.attempts, parked.error) == (
        writes[1].id,
        True,
        1,
        "Refused. It may not be.",
    )
    assert [n.text for n in desk.overlay().on_annotations(message.id, [])] == ["b"]
    outbox.retry()
    assert await Desk(outbox, archive).finish(5) == 0
    assert await kept(archive, message) == ["a", "b", "c"], "by the time of writing"


async def test_while_the_server_is_away_nothing_overtakes(archive: Archive, message: Message, tmp_path: Path) -> None:
    desk = Desk(Outbox(tmp_path / "outbox.sqlite"), archive)
    for text in "ab":
        await desk.write(AnnotationWrite(note(message, text)))
    desk.sender.archive = Refusing(archive, away=1)
    await desk.sender.send()
    assert [(k.attempts, k.is_parked) for k in desk.outbox.all()] == [(1, False), (0, False)]
    await desk.sender.send()
    assert await kept(archive, message) == ["a", "b"]


async def test_only_one_program_sends_at_a_time(archive: Archive, message: Message, desk: Desk) -> None:
    await desk.write(AnnotationWrite(note(message, "a")))
    with locks.exclusive(desk.outbox.sender_lock):
        await desk.sender.send()
        assert await kept(archive, message) == []
    await desk.sender.send()
    assert await kept(archive, message) == ["a"]


async def test_a_kind_that_this_version_does_not_know_is_parked(archive: Archive, message: Message, desk: Desk) -> None:
    await desk.write(AnnotationWrite(note(message, "a")))
    desk.outbox._change("UPDATE outbox SET kind = 'annotation.sing'", ())
    await desk.write(AnnotationWrite(note(message, "b")))
    assert await desk.finish(5) == 0
    assert [(k.kind, k.is_parked) for k in desk.outbox.all()] == [("annotation.sing", True)]
    assert await kept(archive, message) == ["b"]


async def written(archive: Archive, payload: Payload) -> tuple[UUID, Outcome]:
    write = Write(new_id(), payload, datetime.now(UTC))
    return write.id, await archive.writes.apply(write)


async def test_of_two_changes_of_what_both_saw_both_are_kept(archive: Archive, message: Message) -> None:
    place = Place(message.conversation_id, message.cursor)
    await written(archive, AnnotationWrite(note(message, "first")))
    (seen,) = await archive.annotations.of_message(place)
    theirs = await written(archive, AnnotationWrite(replace(seen, text="theirs"), seen))
    mine = await written(archive, AnnotationWrite(replace(seen, text="mine"), seen))
    assert (theirs[1], mine[1]) == (Outcome.APPLIED, Outcome.CONFLICT)
    found = {n.text: n for n in await archive.annotations.of_message(place)}
    assert (found["theirs"].id, found["mine"].id, found["mine"].conflicts_with) == (seen.id, mine[0], seen.id)


async def test_what_follows_one_s_own_change_never_changes_another_s(archive: Archive, message: Message) -> None:
    place = Place(message.conversation_id, message.cursor)
    await written(archive, AnnotationWrite(note(message, "first")))
    (seen,) = await archive.annotations.of_message(place)
    await written(archive, AnnotationWrite(replace(seen, text="theirs"), seen))
    mine = replace(seen, text="mine", version=seen.version + 1)
    identity, _ = await written(archive, AnnotationWrite(mine, seen))
    # As the screen has it that knows nothing of the conflict yet: the number of its version is that of theirs.
    after = replace(mine, last_write=identity)
    assert (await written(archive, AnnotationWrite(replace(after, text="mine again"), after)))[1] is Outcome.APPLIED
    assert sorted(await kept(archive, message)) == ["mine again", "theirs"]


async def test_what_was_changed_elsewhere_is_not_taken_away(archive: Archive, message: Message) -> None:
    place = Place(message.conversation_id, message.cursor)
    await written(archive, AnnotationWrite(note(message, "first")))
    (seen,) = await archive.annotations.of_message(place)
    await written(archive, AnnotationWrite(replace(seen, text="theirs"), seen))
    assert (await written(archive, AnnotationRemove(seen)))[1] is Outcome.CONFLICT
    assert await kept(archive, message) == ["theirs"]


async def test_what_was_taken_away_elsewhere_comes_back_as_it_was_written(archive: Archive, message: Message) -> None:
    place = Place(message.conversation_id, message.cursor)
    await written(archive, AnnotationWrite(note(message, "first")))
    (seen,) = await archive.annotations.of_message(place)
    await written(archive, AnnotationRemove(seen))
    assert (await written(archive, AnnotationWrite(replace(seen, text="mine"), seen)))[1] is Outcome.CONFLICT
    assert await kept(archive, message) == ["mine"]


async def test_a_code_that_two_annotations_bear_still_shows_while_the_removal_of_one_waits(
    archive: Archive, message: Message, desk: Desk
) -> None:
    place, code = Place(message.conversation_id, message.cursor), new_id()
    for text in "ab":
        await written(archive, AnnotationWrite(replace(note(message, text), codes=(code,))))
    first, second = await archive.annotations.of_message(place)
    for removed, left in ((first, (code,)), (second, ())):
        (seen,) = await archive.messages.at([place])
        await desk.write(AnnotationRemove(removed))
        assert desk.overlay().on_message(seen).codes == left
        await desk.sender.send()
        assert (await archive.messages.at([place]))[0].codes == left


async def test_what_waited_too_long_to_be_known_is_sent_again_only_where_a_person_says_so(
    archive: Archive, message: Message, desk: Desk
) -> None:
    for text in "ab":
        await desk.write(AnnotationWrite(note(message, text)))
    long_ago = (datetime.now(UTC) - timedelta(days=85)).isoformat()
    desk.outbox._change("UPDATE outbox SET made_at = ?", (long_ago,))
    await desk.sender.send()
    assert await kept(archive, message) == ["b"], "a program that was killed may have sent the first one, and no other"
    (parked,) = desk.outbox.all()
    assert "Nobody knows whether this was sent" in parked.error
    desk.outbox.retry()
    await desk.sender.send()
    assert await kept(archive, message) == ["a", "b"]


async def test_writes_are_forgotten_once_a_day_when_nobody_sends_them_again(
    archive: Archive, message: Message, desk: Desk
) -> None:
    def known(*, age: int | None = None) -> set[UUID]:
        with psycopg.connect(archive.bookmarks._gateway._dsn, autocommit=True) as connection:
            if age is not None:
                moved = (
                    "UPDATE backscroll.applied_writes SET applied_at = now() - make_interval(days => %s) WHERE id = %s"
                )
                connection.execute(moved, [age, old.id])
            found = connection.execute("SELECT w.id FROM backscroll.applied_writes AS w").fetchall()
        return {identity for (identity,) in found}

    old = await desk.write(AnnotationWrite(note(message, "old")))
    await desk.sender.send()
    for age, days_since, is_known in ((89, 2, True), (91, 0, True), (91, 2, False)):
        known(age=age)
        os.utime(desk.outbox.sender_lock, times=(0, datetime.now(UTC).timestamp() - days_since * 86_400))
        other = await desk.write(AnnotationWrite(note(message, "new")))
        await desk.sender.send()
        assert (old.id in known(), other.id in known()) == (is_known, True)
