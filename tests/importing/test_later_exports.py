"""A later export changes what is there: texts, deletions, reactions, files; no earlier text is lost."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backscroll.archive.batch import Stored
from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record, Topic
from backscroll.importing.undoing import undo
from backscroll.model.conversation import Place
from backscroll.model.message import Attachment, Message
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.settings import Settings
from tests.conftest import copied
from tests.dumping import differences, dump
from tests.figures import wrong_figures
from tests.making import START, chat_id, store
from tests.noting import bookmark

LATER = START + timedelta(hours=1)


@pytest.fixture
async def opened(
    server: EmbeddedServer, template: str, request: pytest.FixtureRequest
) -> AsyncIterator[tuple[str, Archive]]:
    """An empty archive with its DSN."""
    with copied(server, template, request.node.nodeid) as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            yield dsn, archive


def export(text: str, *before: Record, person: str = "ana", sent_at: datetime = START, **others: Any) -> list[Record]:
    """An export with one message of an id of its own."""
    people = [Person("c", name, name.title()) for name in ("ana", "bo", "cy")]
    return [Chat("c", "Chat"), *people, *before, Entry("c", sent_at, person, text, external_id="m", **others)]


async def the_message(archive: Archive) -> Message:
    (found,) = await archive.messages.after(chat_id("c"), limit=5)
    return found


async def earlier(archive: Archive) -> list[str]:
    place = Place(chat_id("c"), (await the_message(archive)).cursor)
    return [version.text for version in await archive.versions.of_message(place)]


async def newest_run(archive: Archive) -> Any:
    return (await archive.import_runs.page(limit=1))[0].id


async def found(archive: Archive, word: str) -> int:
    return (await Finding(archive).count(parse(word, UTC), cap=10)).n


async def test_another_text_takes_the_place_of_the_one_that_is_there_which_is_kept(archive: Archive) -> None:
    await store(archive, export("the keys are lost"))
    place = Place(chat_id("c"), (await the_message(archive)).cursor)
    await bookmark(archive, place, title="Keys")
    stored = await store(archive, export("the wallet is lost", is_edited=True, edited_at=LATER))
    assert stored == Stored(updated=1)
    message = await the_message(archive)
    assert (message.text, message.is_edited, message.cursor) == ("the wallet is lost", True, place.cursor)
    (version,) = await archive.versions.of_message(place)
    assert (version.text, version.is_deleted, version.edited_at) == ("the keys are lost", False, None)
    assert (await archive.conversations.get(chat_id("c"))).last_text == "the wallet is lost"
    (mark,) = await archive.bookmarks.page(limit=5)
    assert (mark.is_gone, mark.quote, mark.title) == (False, "the keys are lost", "Keys")
    again = await store(archive, export("the wallet is lost", is_edited=True, edited_at=LATER))
    assert again == Stored(duplicates=1)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ({"is_edited": True, "edited_at": LATER}, {}),
        ({"is_edited": True, "edited_at": LATER}, {"is_edited": True, "edited_at": START}),
        ({"is_edited": True}, {}),
        ({"is_deleted": True}, {}),
        ({"is_deleted": True}, {"is_edited": True, "edited_at": LATER}),
    ],
)
async def test_an_older_export_turns_nothing_back(
    opened: tuple[str, Archive], newer: dict[str, Any], older: dict[str, Any]
) -> None:
    dsn, archive = opened
    new, old = export("new", **newer), export("old", **older)
    await store(archive, old)
    assert (await store(archive, new)).updated == 1
    before = dump(dsn)
    assert await store(archive, old) == Stored(duplicates=1)
    assert differences(before, dump(dsn)) == []
    assert ((await the_message(archive)).text, await earlier(archive)) == ("new", ["old"])


async def test_where_a_source_knows_no_edits_the_later_import_counts_and_each_text_is_kept_once(
    opened: tuple[str, Archive],
) -> None:
    dsn, archive = opened
    for text in ("one", "two"):
        await store(archive, export(text))
    once = dump(dsn)
    for text in ("one", "two", "one", "two"):
        await store(archive, export(text))
    assert differences(once, dump(dsn)) == []
    assert ((await the_message(archive)).text, await earlier(archive)) == ("two", ["one"])


async def test_a_deleted_message_keeps_what_it_said(archive: Archive) -> None:
    await store(archive, export("said in haste"))
    await store(archive, export("", is_deleted=True))
    message = await the_message(archive)
    assert (message.text, message.is_deleted, await earlier(archive)) == ("", True, ["said in haste"])


async def test_words_are_those_of_the_present_text(archive: Archive) -> None:
    await store(archive, export("the keys are lost"))
    await store(archive, export("das Portemonnaie ist weg", is_edited=True))
    assert await found(archive, "Portemonnaie") == 1
    assert await found(archive, "keys") == 0


async def test_what_was_added_to_a_message_since_comes_in_and_nothing_goes(opened: tuple[str, Archive]) -> None:
    dsn, archive = opened
    file = Attachment("a.jpg", "image/jpeg", None, None, None)
    await store(archive, export("look", reactions=(Reacted("👍", "bo"),)))
    later = export("look", reactions=(Reacted("👍", "cy"), Reacted("🎉", "bo")), attachments=(file,))
    assert await store(archive, later) == Stored(duplicates=1)
    message = await the_message(archive)
    assert {(r.emoji, r.senders) for r in message.reactions} == {("👍", ("Bo", "Cy")), ("🎉", ("Bo",))}
    assert [a.file_name for a in message.attachments] == ["a.jpg"]
    assert wrong_figures(dsn) == {}


async def test_a_message_that_began_a_thread_since_is_in_it(opened: tuple[str, Archive]) -> None:
    dsn, archive = opened
    await store(archive, export("who comes?"))
    before = dump(dsn, without=frozenset({"words"}))
    answer = Entry("c", LATER, "bo", "I do", external_id="a", thread="t", parent="m")
    later = [*export("who comes?", Topic("c", "t", "Who?", root="m"), thread="t"), answer]
    await store(archive, later)
    (thread,) = await archive.threads.page(chat_id("c"), limit=5)
    assert (thread.message_count, thread.root is not None) == (2, True)
    assert wrong_figures(dsn) == {}
    await undo(archive, await newest_run(archive))
    assert differences(before, dump(dsn, without=frozenset({"words"}))) == []


async def test_an_answer_finds_what_it_answers_when_that_comes_later(opened: tuple[str, Archive]) -> None:
    dsn, archive = opened
    answer = Entry("c", LATER, "bo", "I do", external_id="a", parent="m")
    await store(archive, [Chat("c", "Chat"), Person("c", "bo", "Bo"), answer])
    await store(archive, export("who comes?"))
    assert wrong_figures(dsn) == {}
    quotes = [m.quote.text if m.quote else None for m in await archive.messages.after(chat_id("c"), limit=5)]
    assert quotes == [None, "who comes?"]


async def test_a_message_at_another_time_stays_where_it_is_and_is_counted(archive: Archive) -> None:
    await store(archive, export("here"))
    for moved in (timedelta(hours=2), timedelta(days=300)):
        assert await store(archive, export("here", sent_at=START + moved)) == Stored(duplicates=1, conflicts=1)
        assert (await the_message(archive)).sent_at == START
    assert [run.conflicts for run in await archive.import_runs.page(limit=5)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("taken", "text", "kept"),
    [
        ((2,), "two", ["one"]),
        ((1,), "three", ["one"]),
        ((1, 2), "one", []),
        ((2, 1), "one", []),
    ],
)
async def test_taking_a_run_back_takes_its_texts_back(
    opened: tuple[str, Archive], taken: tuple[int, ...], text: str, kept: list[str]
) -> None:
    dsn, archive = opened
    runs = []
    for hours, words in enumerate(("one", "two", "three")):
        edited = {"is_edited": True, "edited_at": START + timedelta(hours=hours)} if hours else {}
        await store(archive, export(words, **edited))
        runs.append(await newest_run(archive))
    for turn in taken:
        await undo(archive, runs[turn])
    assert ((await the_message(archive)).text, await earlier(archive)) == (text, kept)
    assert await found(archive, text) == 1
    assert (await archive.conversations.get(chat_id("c"))).last_text == text
    assert wrong_figures(dsn) == {}
    await undo(archive, runs[0])
    assert await archive.conversations.totals() == (0, 0)
