"""Notes come back out of their files: onto the same messages, once, and over nothing that is newer."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.exporting.returning.bringing import Brought, bring
from backscroll.model.code_writes import MakeCode
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.writes import AnnotationRemove, AnnotationWrite, BookmarkSet
from backscroll.settings import Settings
from backscroll.writing.noting import new_bookmark
from tests.conftest import copied
from tests.exporting.noted import TEXTS, export, note, talk, write, written

FORMATS = ("notes.jsonl", "notes.qdpx")


@pytest.fixture
async def other(server: EmbeddedServer, template: str, request: pytest.FixtureRequest) -> AsyncIterator[Archive]:
    """Another archive, empty too."""
    with copied(server, template, f"other {request.node.nodeid}") as dsn:
        async with open_archive(Settings(dsn=dsn)) as opened:
            yield opened


async def back(archive: Archive, path: Path, author: str = "") -> Brought:
    return await bring(archive, path, lambda *_: None, author=author)


@pytest.mark.parametrize("name", FORMATS)
async def test_notes_come_to_another_archive_whole_and_once(
    archive: Archive, other: Archive, tmp_path: Path, name: str
) -> None:
    notes = await note(archive)
    path = await export(archive, tmp_path / name)
    await talk(other)
    dry = await bring(other, path, lambda *_: None, is_dry=True)
    assert await written(other) == [*(await other.codes.book()).walk()] == []
    done = await back(other, path)
    is_refi = name.endswith(".qdpx")  # which has no place for bookmarks
    assert done == dry == Brought(codes=2, found=len(notes) - 1 - is_refi, gone=1)
    wanted = [row for row in await written(archive) if not is_refi or len(row) > 8]
    assert await written(other) == wanted
    again = await back(other, path)
    assert again == Brought(there=len(notes) - is_refi)
    assert await written(other) == wanted
    assert await back(archive, path) == again


async def test_what_is_newer_wins_and_what_was_taken_away_stays_away(archive: Archive, tmp_path: Path) -> None:
    notes = await note(archive)
    path = await export(archive, tmp_path / "notes.jsonl")
    first, second, third, *_ = (one for one in notes if isinstance(one, Annotation))
    mark = next(one for one in notes if isinstance(one, Bookmark))
    later = replace(first, text="later here", updated_at=first.updated_at + timedelta(hours=1))
    await write(archive, AnnotationWrite(later, (await archive.annotations.some([_key(first)]))[0][0]))
    await write(archive, AnnotationRemove((await archive.annotations.some([_key(second)]))[0][0]))
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows:
        if row.get("id") in {str(third.id), str(mark.id)}:
            row |= {"updated_at": "2099-01-01T00:00:00Z", "text": "later there", "title": "later there"}
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert await back(archive, path) == Brought(there=3, newer=1, removed=1, updated=2)
    said = {row[0]: row for row in await written(archive)}
    assert (said[first.id][4], said[third.id][4], said[mark.id][4]) == ("later here", "later there", "later there")
    assert second.id not in said
    assert await back(archive, path) == Brought(there=5, newer=1, removed=1)


async def test_another_bookmark_of_the_same_message_is_kept_beside_it_once(
    archive: Archive, other: Archive, tmp_path: Path
) -> None:
    await note(archive)
    path = await export(archive, tmp_path / "notes.jsonl")
    messages = await talk(other)
    await write(other, BookmarkSet(new_bookmark(messages[2], "", title="My own")))
    assert (await back(other, path)).conflicts == 1
    titles = {mark.title: mark.conflicts_with is not None for mark in await other.bookmarks.page(limit=9)}
    assert titles == {"My own": False, "Found": True}
    assert await back(other, path) == Brought(there=7)


async def test_codes_are_found_by_their_path_and_unnamed_notes_get_an_author(
    archive: Archive, other: Archive, tmp_path: Path
) -> None:
    await note(archive)
    path = await export(archive, tmp_path / "notes.jsonl")
    own = UUID(int=3)
    await other.codes.take([MakeCode(own, "THEME", None, key="t", description="Our words")])
    await talk(other, without=0)
    done = await back(other, path, author="Ana")
    assert (done.codes, done.found, done.gone) == (1, 4, 3)
    book = await other.codes.book()
    assert [(book.path(code), code.description) for _, code in book.walk()] == [
        ("THEME", "Our words"),
        ("THEME/Part/1", ""),
    ]
    annotations = {one.text: one for one in await other.annotations.page(limit=10)}
    assert annotations["a <b>remark</b>"].codes == (own,)
    assert (annotations["a <b>remark</b>"].author, annotations["odd"].author) == ("Ana", "Eve")
    assert annotations["a <b>remark</b>"].is_gone
    assert annotations["a <b>remark</b>"].quote == TEXTS[0]


async def test_a_file_that_is_cut_or_damaged_brings_what_is_whole(
    archive: Archive, other: Archive, tmp_path: Path
) -> None:
    await note(archive)
    path = await export(archive, tmp_path / "notes.jsonl")
    lines = path.read_text().splitlines(keepends=True)
    wrong = lines[4].replace('"text":', '"words":'), lines[5].replace('"span_end":', '"span_stop":')
    path.write_text("".join([*lines[:4], *wrong, lines[6]]))
    await talk(other)
    with pytest.raises(AppError, match="breaks off"):
        await back(other, path)
    assert len(await written(other)) == 2
    path.write_text("".join([*lines[:4], *wrong, "nonsense\n", *lines[6:]]))
    done = await back(other, path)
    assert (done.unread, done.there, done.found, done.gone) == (3, 2, 2, 1)
    assert [problem.place for problem in done.problems] == ["line 5", "line 6", "line 7"]
    for content, told in (
        ('{"type":"header"}\n', "no notes"),
        ("", "no notes"),
        (lines[0].replace(":1,", ":2,"), "newer"),
    ):
        path.write_text(content)
        with pytest.raises(AppError, match=told):
            await back(other, path)


def _key(one: Annotation) -> tuple[UUID, UUID]:
    return one.conversation_id, one.id
