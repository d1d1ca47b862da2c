"""Conflicts are settled, and open again when that is undone; it looks the same before and after it was sent."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TypeAlias

import pytest

from backscroll.archive.opening import Archive
from backscroll.model.conversation import Place
from backscroll.model.note_listing import NoteListing
from backscroll.model.notes import Annotation
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
WAYS = list(product(Keep, (False, True)))
"""How a conflict may be settled, and whether the other note is gone by then."""


@pytest.fixture
async def places(archive: Archive) -> list[Place]:
    """Some messages, a place for each way."""
    await store(archive, chat("c", ["one"] * len(WAYS)))
    return [Place(chat_id("c"), m.cursor) for m in await archive.messages.after(chat_id("c"), limit=9)]


@pytest.fixture
async def desk(archive: Archive, tmp_path: Path) -> AsyncIterator[Desk]:
    seat = Desk(Outbox(tmp_path / "outbox.sqlite"), archive)
    yield seat
    await seat.finish(0)


async def back_and_forth(
    desk: Desk, seen: Callable[[], Awaitable[Seen]], keep: Keep, is_open: Seen, is_settled: Seen
) -> None:
    """Undoes, redoes and undoes what was written last, and sends each."""
    for step, after in ((None, is_settled), (desk.undo, is_open), (desk.redo, is_settled), (desk.undo, is_open)):
        if step is not None:
            await step()
        assert await seen() == after, f"{keep} {step} waits"
        await desk.sender.send()
        assert await seen() == after, f"{keep} {step} was sent"


async def test_a_settled_conflict_of_annotations_is_undone(archive: Archive, places: list[Place], desk: Desk) -> None:
    for place, (keep, is_gone) in zip(places, WAYS, strict=True):
        mine, theirs = await in_conflict(archive, place)
        if is_gone:
            await apply(archive, AnnotationRemove(theirs))

        async def seen(place: Place = place) -> Seen:
            shown = desk.overlay().on_annotations(place.cursor.id, await archive.annotations.of_message(place))
            return {(note.text, note.conflicts_with is not None) for note in shown}

        await desk.write(AnnotationSettle(mine, None if is_gone else theirs, keep))
        left = {Keep.MINE: {"mine"}, Keep.THEIRS: {"theirs"}, Keep.BOTH: {"mine", "theirs"}}[keep]
        settled = {(text, False) for text in left if not (is_gone and text == "theirs")}
        await back_and_forth(desk, seen, keep, ALONE if is_gone else OPEN, settled)


async def in_conflict(archive: Archive, place: Place) -> tuple[Annotation, Annotation]:
    """An annotation that was changed in two places: what is kept beside, and what stands."""
    await annotate(archive, place, "first")
    (first,) = await archive.annotations.of_message(place)
    for text in ("theirs", "mine"):
        await apply(archive, AnnotationWrite(replace(first, text=text), first))
    found = {note.text: note for note in await archive.annotations.of_message(place)}
    return found["mine"], found["theirs"]


async def test_a_settled_conflict_of_bookmarks_is_undone(archive: Archive, places: list[Place], desk: Desk) -> None:
    for place, (keep, is_gone) in zip(places, WAYS, strict=True):
        await bookmark(archive, place, title="first")
        first = await archive.bookmarks.of_message(place)
        assert first is not None
        ends = [await apply(archive, BookmarkSet(replace(first, title=title), first)) for title in ("theirs", "mine")]
        assert ends == [Outcome.APPLIED, Outcome.CONFLICT]
        found = {mark.title: mark for mark in await archive.bookmarks.page(limit=99) if mark.message == place.cursor}
        if is_gone:
            await apply(archive, BookmarkRemove(place.conversation_id, place.cursor))

        async def seen(place: Place = place) -> Seen:
            page = await archive.bookmarks.page(limit=99)
            shown = desk.overlay().on_bookmarks(page, NoteListing(), is_first=True)
            return {(m.title, m.conflicts_with is not None) for m in shown if m.message == place.cursor}

        await desk.write(BookmarkSettle(found["mine"], None if is_gone else found["theirs"], keep))
        left = {Keep.MINE: "mine", Keep.THEIRS: "theirs", Keep.BOTH: "theirs · mine"}[keep]
        settled = {("mine" if is_gone else left, False)} if not (is_gone and keep is Keep.THEIRS) else set()
        await back_and_forth(desk, seen, keep, ALONE if is_gone else OPEN, settled)


async def test_a_settling_that_came_too_late_is_not_undone(archive: Archive, places: list[Place], desk: Desk) -> None:
    mine, theirs = await in_conflict(archive, places[0])
    await apply(archive, AnnotationWrite(replace(theirs, text="theirs anew"), theirs))
    await desk.write(AnnotationSettle(mine, theirs, Keep.MINE))
    await desk.sender.send()
    assert await desk.undo() is None
    assert {note.text for note in await archive.annotations.of_message(places[0])} == {"mine", "theirs anew"}
