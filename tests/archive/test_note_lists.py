"""Lists of annotations and bookmarks: every one once, in either order, narrowed as a look at each would."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import AsyncClientCursor, sql

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.model.note_listing import NoteListing, NoteOrder
from backscroll.model.notes import Annotation
from backscroll.searching.noting import NotesAsked, listing_of, read_line
from backscroll.settings import Settings
from tests.conftest import copied
from tests.making import START, chat, chat_id, store
from tests.many_notes import write_notes

MANY = 6_000


@pytest.fixture(scope="module")
async def noted(server: EmbeddedServer, template: str) -> AsyncIterator[Archive]:
    with copied(server, template, "note lists") as dsn:
        async with open_archive(Settings(dsn=dsn, pooled=False)) as archive:
            for name in ("one", "two", "three"):
                await store(archive, chat(name, map(str, range(30)), step=timedelta(days=1)))
            await store(archive, chat("small", ["later"], start=START + timedelta(days=99)))
            with psycopg.connect(dsn, autocommit=True) as connection:
                write_notes(connection, MANY)
                connection.execute("ANALYZE backscroll.annotations")
            yield archive


async def pages(archive: Archive, listing: NoteListing, limit: int) -> list[Annotation]:
    met: list[Annotation] = []
    while page := await archive.annotations.listed(listing, limit=limit, after=met[-1] if met else None):
        met += page
    return met


def place(note: Annotation) -> tuple[Any, ...]:
    return note.message.sent_at, note.conversation_id, note.message.id, note.id


@pytest.mark.parametrize("order", NoteOrder)
async def test_pages_meet_each_once_in_their_order(noted: Archive, order: NoteOrder) -> None:
    met = await pages(noted, NoteListing(order=order), 997)
    assert len({note.id for note in met}) == len(met) == MANY
    if order is NoteOrder.PLACE:
        assert met == sorted(met, key=place)
    else:
        assert met == sorted(met, key=lambda note: (note.created_at, note.id), reverse=True)


@pytest.mark.parametrize(
    "line",
    ["rare", "remark 3", "ra", "in:two", "tag:draft", "code:theme", "category:theme", "by:ana", "by:me",
     "remark in:one category:theme by:ana", "absent", "tag:later rare"],
)  # fmt: skip
async def test_a_narrowed_list_holds_what_fits_and_nothing_else(noted: Archive, line: str) -> None:
    everything = await pages(noted, NoteListing(), 2_000)
    listing = await listing_of(noted, read_line(line), NoteOrder.PLACE)
    wanted = [note.id for note in sorted(filter(listing.fits, everything), key=place)]
    assert [note.id for note in await pages(noted, listing, 300)] == wanted
    assert bool(wanted) is (line != "absent")


async def test_a_name_that_nothing_bears_is_an_error_that_proposes(noted: Archive) -> None:
    with pytest.raises(AppError) as raised:
        await listing_of(noted, NotesAsked(tag="drapt"))
    assert (raised.value.code, "draft" in raised.value.hint) == ("no_such_tag", True)


@pytest.mark.parametrize(
    ("order", "in_chat", "index"),
    [
        (NoteOrder.NEWEST, None, "annotations_newest"),
        (NoteOrder.NEWEST, chat_id("small"), "annotations_of_chat"),
        (NoteOrder.PLACE, None, "annotations_place"),
    ],
)
async def test_a_page_walks_an_index_from_its_cursor(
    noted: Archive, order: NoteOrder, in_chat: UUID | None, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = NoteListing(order=order, chat=in_chat)
    page = await noted.annotations.listed(listing, limit=20)
    asked: list[tuple[sql.SQL, Any]] = []

    async def ask(query: sql.SQL, parameters: Any, _row: Any) -> list[Any]:
        asked.append((query, parameters))
        return []

    monkeypatch.setattr(noted.annotations._gateway, "fetch_by_values", ask)
    await noted.annotations.listed(listing, limit=100, after=page[-1])
    ((query, parameters),) = asked
    async with noted.annotations._gateway._pool.connection() as connection:
        explained = sql.SQL("EXPLAIN (ANALYZE, FORMAT JSON) {}").format(query)
        row = await (await AsyncClientCursor(connection).execute(explained, parameters)).fetchone()
    of_messages = [n for n in _nodes(row[0][0]["Plan"]) if n.get("Relation Name", "").startswith("messages_")]
    assert of_messages
    assert all(n["Actual Rows"] <= 1 for n in of_messages), "only the messages of the page are looked up"
    plan = str(row[0][0]["Plan"])
    assert f"'Index Name': '{index}'" in plan
    assert "'Sort'" not in plan
    assert "'Node Type': 'Seq Scan', 'Parent Relationship': 'Outer'" not in plan


async def test_what_waits_stands_in_a_list_where_it_fits(noted: Archive) -> None:
    listing = await listing_of(noted, NotesAsked(words="keys", chat="One"))
    note = (await noted.annotations.listed(NoteListing(), limit=1))[0]
    fitting = replace(note, id=UUID(int=1), conversation_id=chat_id("one"), text="the keys, again")
    assert listing.fits(fitting)
    assert not listing.fits(replace(fitting, conversation_id=chat_id("two")))
    assert not listing.fits(replace(fitting, text="nothing"))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)
