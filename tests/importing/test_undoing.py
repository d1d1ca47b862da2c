"""An import run can be taken back: its messages go, figures follow, and what people wrote stays."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest

from backscroll import sample as sample_package
from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.importing import undoing
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import import_paths
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record, Topic
from backscroll.importing.undoing import Undone, undo
from backscroll.model.conversation import Place
from backscroll.model.ids import new_id
from backscroll.model.import_run import RunState
from backscroll.model.message import Attachment
from backscroll.model.writes import AnnotationWrite, BookmarkSet, Outcome
from backscroll.settings import Settings
from tests.conftest import copied
from tests.dumping import differences, dump
from tests.figures import wrong_figures
from tests.making import START, chat, store
from tests.noting import annotate, apply, bookmark, remove_bookmark

EXPORTS = sorted((Path(sample_package.__file__).parent / "exports").iterdir())
BERLIN = Choices(ZoneInfo("Europe/Berlin"), "Europe/Berlin")
WORDS = frozenset({"words"})
"""Words of the archive stay."""


@pytest.fixture
async def opened(
    server: EmbeddedServer, template: str, request: pytest.FixtureRequest
) -> AsyncIterator[tuple[str, Archive]]:
    """An empty archive with its DSN."""
    with copied(server, template, request.node.nodeid) as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            yield dsn, archive


async def imported(archive: Archive, paths: Sequence[Path]) -> list[UUID]:
    return [(await import_paths(archive, [path], BERLIN)).runs[0] for path in paths]


async def newest_run(archive: Archive) -> UUID:
    return (await archive.import_runs.page(limit=1))[0].id


async def test_what_is_left_is_what_an_archive_without_the_run_holds(
    opened: tuple[str, Archive], server: EmbeddedServer, template: str
) -> None:
    dsn, archive = opened
    runs = await imported(archive, EXPORTS)
    for run in runs[::2]:
        await undo(archive, run)
    with copied(server, template, "without") as other_dsn:
        async with open_archive(Settings(dsn=other_dsn)) as other:
            await imported(other, EXPORTS[1::2])
        assert differences(dump(dsn, without=WORDS), dump(other_dsn, without=WORDS)) == []
    assert wrong_figures(dsn) == {}
    for run in runs[1::2]:
        await undo(archive, run)
    assert {table for table, rows in dump(dsn, without=WORDS).items() if rows} == set()
    states = {run.state for run in await archive.import_runs.page(limit=50)}
    assert states == {RunState.UNDONE}


def conversation(first: int, last: int) -> list[Record]:
    """Messages of one chat, in a thread and with answers, reactions and files; all tell of the same people."""
    records: list[Record] = [Chat("c", "Deploys"), Topic("c", "t", "Release", root="m0")]
    records += [Person("c", p, p.title()) for p in ("ana", "bo", "cy", "silent")]
    for i in range(first, last):
        records.append(
            Entry(
                "c",
                START + timedelta(days=20 * i),
                ("ana", "bo", "cy")[i * i % 3],
                f"message {i}",
                external_id=f"m{i}",
                thread="t" if i % 4 == 0 else None,
                parent=f"m{i - 1}" if i else None,
                attachments=(Attachment(f"{i}.jpg", None, None, None, None),) if i % 5 == 0 else (),
                reactions=(Reacted("👍", "bo"),) if i % 3 == 0 else (),
            )
        )
    return records


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
async def test_runs_that_share_a_chat_are_taken_back_in_any_order(
    opened: tuple[str, Archive], order: tuple[int, ...]
) -> None:
    dsn, archive = opened
    runs = []
    for first, last in ((10, 20), (0, 15), (5, 30)):
        await store(archive, conversation(first, last))
        runs.append(await newest_run(archive))
    assert wrong_figures(dsn) == {}
    for turn, left in zip(order, (2, 1, 0), strict=True):
        brought = (await archive.import_runs.find(str(runs[turn]))).messages
        undone = await undo(archive, runs[turn])
        assert undone == Undone(brought, 0 if left else 1)
        assert wrong_figures(dsn) == {}
    assert await archive.conversations.totals() == (0, 0)
    assert await archive.conversations.sources() == []


async def test_taking_back_can_be_broken_off_and_goes_on(
    opened: tuple[str, Archive], monkeypatch: pytest.MonkeyPatch
) -> None:
    dsn, archive = opened
    monkeypatch.setattr(undoing, "STEP", 10)
    await store(archive, [record for name in ("a", "b", "c", "d") for record in chat(name, map(str, range(8)))])
    run = await newest_run(archive)
    working: asyncio.Task[Undone] | None = None

    def cancel(_done: int, _total: int) -> None:
        if working:
            working.cancel()

    working = asyncio.create_task(undo(archive, run, progress=cancel))
    with pytest.raises(asyncio.CancelledError):
        await working
    chats, messages = await archive.conversations.totals()
    assert (chats, 0 < messages < 32) == (4, True)
    assert wrong_figures(dsn) == {}
    assert (await archive.import_runs.find(str(run))).state is RunState.UNDOING
    assert await undo(archive, run) == Undone(messages, 4)
    assert await archive.conversations.totals() == (0, 0)


async def test_a_run_that_is_being_taken_back_stores_nothing_more(archive: Archive) -> None:
    from backscroll.archive.batch import SourceRow
    from backscroll.importing.assembly import Assembly
    from backscroll.model import ids

    await store(archive, chat("c", ["one"]))
    run = ids.new_id()
    await archive.import_runs.begin(run, format_name="test", file_name="test", time_zone="UTC")
    assembly = Assembly("test")
    for record in chat("c", ["one", "two"]):
        assembly.add(record)
    await archive.undoing.begin(run)
    source = SourceRow(ids.source_id("test"), "test", "test", "Test", "UTC", None)
    with pytest.raises(AppError) as raised:
        await archive.staging.store(run, source, assembly.take())
    assert raised.value.code == "undone"
    await archive.import_runs.finish(run, "failed", raised.value.title)
    assert (await archive.import_runs.find(str(run))).state is RunState.UNDOING
    assert (await archive.conversations.totals())[1] == 1


async def test_a_run_is_taken_back_once(archive: Archive) -> None:
    await store(archive, chat("c", ["one"]))
    run = await newest_run(archive)
    await undo(archive, run)
    with pytest.raises(AppError) as raised:
        await undo(archive, run)
    assert raised.value.code == "undone"


async def test_what_an_older_program_imported_is_left_alone(opened: tuple[str, Archive]) -> None:
    dsn, archive = opened
    await store(archive, chat("c", ["one"]))
    with psycopg.connect(dsn) as connection:
        connection.execute("UPDATE backscroll.messages SET run_number = NULL")
        connection.execute("DELETE FROM backscroll.import_run_conversations")
    with pytest.raises(AppError) as raised:
        await undo(archive, await newest_run(archive))
    assert raised.value.code == "unmarked_run"
    assert await archive.conversations.totals() == (1, 1)
    assert (await archive.import_runs.page(limit=1))[0].state is RunState.RUNNING


async def test_notes_outlive_their_message_and_find_it_again(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Home.txt"
    path.write_text("13/03/2024, 09:14 - Ana: Has anyone seen the keys?\n", "utf-8")
    (run,) = await imported(archive, [path])
    home = (await archive.conversations.page(limit=1))[0]
    place = Place(home.id, (await archive.messages.after(home.id, limit=1))[0].cursor)
    await bookmark(archive, place, title="Keys")
    await annotate(archive, place, "odd")
    await undo(archive, run)
    (mark,), (note,) = await archive.bookmarks.page(limit=5), await archive.annotations.page(limit=5)
    assert (mark.is_gone, mark.quote, mark.conversation) == (True, "Has anyone seen the keys?", "Home")
    assert (note.is_gone, note.text, note.conversation, note.sender) == (True, "odd", "Home", "Ana")
    assert await apply(archive, AnnotationWrite(replace(note, id=new_id(), text="later"))) is Outcome.GONE
    await remove_bookmark(archive, place)
    assert await apply(archive, BookmarkSet(replace(mark, id=new_id(), title="Lost keys"))) is Outcome.GONE
    tokyo = Choices(ZoneInfo("Asia/Tokyo"), "Asia/Tokyo")
    await import_paths(archive, [path], tokyo)
    message = (await archive.messages.after(home.id, limit=1))[0]
    assert message.cursor.sent_at != place.cursor.sent_at
    (found,), notes = await archive.bookmarks.page(limit=5), await archive.annotations.page(limit=5)
    assert (found.id, found.is_gone, found.title, found.message) == (mark.id, False, "Lost keys", message.cursor)
    assert [(n.text, n.is_gone, n.message) for n in notes] == [(t, False, message.cursor) for t in ("later", "odd")]
    assert (message.is_bookmarked, message.annotation_count) == (True, 2)
