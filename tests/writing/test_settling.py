"""Conflicts are settled, and open again when that is undone; it looks the same before and after it was sent."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest

from backscroll.archive.opening import Archive
from backscroll.model.conversation import Place
from backscroll.model.note_listing import NoteListing
from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationSettle,
    AnnotationWrite,
    BookmarkRemove,
    BookmarkSet,
    BookmarkSettle,
    Keep,
    Outcome,
)
from backscroll.writing.desk import Desk
from backscroll.writing.outbox import Outbox
from tests.making import chat, chat_id, store
from tests.noting import annotate, apply, bookmark

Seen: TypeAlias = set[tuple[str, bool]]
"""What the notes say, and whether each is in conflict."""
OPEN: Seen = {("mine", True), ("theirs", False)}
ALONE: Seen = {("mine", True)}


@pytest.fixture
async def place(archive: Archive) -> Place:
    await store(archive, chat("c", ["one"]))
    (message,) = await archive.messages.after(chat_id("c"), limit=1)
    return Place(chat_id("c"), message.cursor)


@pytest.fixture
async def desk(archive: Archive, tmp_path: Path) -> AsyncIterator[Desk]:
    seat = Desk(Outbox(tmp_path / "outbox.sqlite"), archive)
    yield seat
    await seat.finish(0)


async def back_and_forth(desk: Desk, seen: Callable[[], Awaitable[Seen]], is_open: Seen, is_settled: Seen) -> None:
    """Undoes, redoes and undoes what was written last, and sends each."""
    for step, after in ((None, is_settled), (desk.undo, is_open), (desk.redo, is_settled), (desk.undo, is_open)):
        if step is not None:
            await step()
        assert await seen() == after, f"{step} waits"
        await desk.sender.send()
        assert await seen() == after, f"{step} was sent"


@pytest.mark.parametrize("is_gone", [False, True])
@pytest.mark.parametrize("keep", list(Keep))
async def test_a_settled_conflict_of_annotations_is_undone(
    archive: Archive, place: Place, desk: Desk, keep: Keep, is_gone: bool
) -> None:
    await annotate(archive, place, "first")
    (first,) = await archive.annotations.of_message(place)
    for text in ("theirs", "mine"):
        await apply(archive, AnnotationWrite(replace(first, text=text), first))
    found = {note.text: note for note in await archive.annotations.of_message(place)}
    if is_gone:
        await apply(archive, AnnotationRemove(found["theirs"]))

    async def seen() -> Seen:
        shown = desk.overlay().on_annotations(place.cursor.id, await archive.annotations.of_message(place))
        return {(note.text, note.conflicts_with is not None) for note in shown}

    theirs = None if is_gone else found["theirs"]
    await desk.write(AnnotationSettle(found["mine"], theirs, keep))
    left = {Keep.MINE: {"mine"}, Keep.THEIRS: {"theirs"}, Keep.BOTH: {"mine", "theirs"}}[keep]
    settled = {(text, False) for text in left if not (is_gone and text == "theirs")}
    await back_and_forth(desk, seen, ALONE if is_gone else OPEN, settled)


@pytest.mark.parametrize("is_gone", [False, True])
@pytest.mark.parametrize("keep", list(Keep))
async def test_a_settled_conflict_of_bookmarks_is_undone(
    archive: Archive, place: Place, desk: Desk, keep: Keep, is_gone: bool
) -> None:
    await bookmark(archive, place, title="first")
    first = await archive.bookmarks.of_message(place)
    assert first is not None
    ends = [await apply(archive, BookmarkSet(replace(first, title=title), first)) for title in ("theirs", "mine")]
    assert ends == [Outcome.APPLIED, Outcome.CONFLICT]
    found = {mark.title: mark for mark in await archive.bookmarks.page(limit=9)}
    if is_gone:
        await apply(archive, BookmarkRemove(place.conversation_id, place.cursor))

    async def seen() -> Seen:
        page = await archive.bookmarks.page(limit=9)
        shown = desk.overlay().on_bookmarks(page, NoteListing(), is_first=True)
        return {(mark.title, mark.conflicts_with is not None) for mark in shown}

    theirs = None if is_gone else found["theirs"]
    await desk.write(BookmarkSettle(found["mine"], theirs, keep))
    left = {Keep.MINE: "mine", Keep.THEIRS: "theirs", Keep.BOTH: "theirs · mine"}[keep]
    settled = {("mine" if is_gone else left, False)} if not (is_gone and keep is Keep.THEIRS) else set()
    await back_and_forth(desk, seen, ALONE if is_gone else OPEN, settled)


async def test_a_settling_that_came_too_late_is_not_undone(archive: Archive, place: Place, desk: Desk) -> None:
    await annotate(archive, place, "first")
    (first,) = await archive.annotations.of_message(place)
    for text in ("theirs", "mine"):
        await apply(archive, AnnotationWrite(replace(first, text=text), first))
    found = {note.text: note for note in await archive.annotations.of_message(place)}
    await apply(archive, AnnotationWrite(replace(found["theirs"], text="theirs anew"), found["theirs"]))
    await desk.write(AnnotationSettle(found["mine"], found["theirs"], Keep.MINE))
    await desk.sender.send()
    assert await desk.undo() is None
    assert {note.text for note in await archive.annotations.of_message(place)} == {"mine", "theirs anew"}
