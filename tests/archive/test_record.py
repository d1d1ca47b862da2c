"""A message in full is one look at one quarter."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg

from backscroll.archive.opening import Archive
from backscroll.archive.queries import queries
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.importing.records import Chat, Entry, Person, Reacted, Topic
from backscroll.model.conversation import ConversationKind, Place
from backscroll.model.message import Attachment, Cursor
from backscroll.model.record import MessageRecord, Source
from tests.making import IDENTITY, START, chat, chat_id, store
from tests.noting import bookmark, remove_bookmark

RAW = {"forwarded": True, "\x1b[2J": ["\u202ename", 1.5, None], "deep": {"a": []}}
FILE = Attachment("IMG-1.jpg", "image/jpeg", 12, "ab" * 32, "/exports/IMG-1.jpg")


async def a_chat(archive: Archive) -> list[Place]:
    await store(archive, [
        Chat("c", "Family", ConversationKind.DIRECT),
        Person("c", "U1", "Ana"),
        Person("c", "U2", "Bo", is_owner=True),
        Topic("c", "t1", "Keys", root="m1"),
        Entry("c", START, "U1", "where?", external_id="m1", thread="t1"),
        Entry("c", START + timedelta(days=200), "U2", "here", external_id="m2", thread="t1", parent="m1", raw=RAW,
              attachments=(FILE,), reactions=(Reacted("👍", "U1"), Reacted("👍", "U2"))),
        Entry("c", START + timedelta(days=201), None, "Ana left", parent="gone"),
    ])  # fmt: skip
    page = await archive.messages.after(chat_id("c"), limit=5)
    return [Place(m.conversation_id, m.cursor) for m in page]


async def record(archive: Archive, place: Place) -> MessageRecord:
    found = await archive.messages.record(place)
    assert found is not None
    return found


async def test_a_record_holds_what_a_page_does_not_carry(archive: Archive) -> None:
    _, place, _ = await a_chat(archive)
    found = await record(archive, place)
    assert found.message == (await archive.messages.at([place]))[0]
    assert found.message.attachments == (FILE,)
    assert found.message.reactions[0].senders == ("Ana", "Bo")
    assert (found.external_id, found.raw) == ("m2", RAW)
    assert (found.conversation, found.conversation_kind) == ("Family", ConversationKind.DIRECT)
    assert (found.conversation_external_id, found.sender_external_id) == ("c", "U2")
    assert (found.thread, found.thread_external_id, found.parent_external_id) == ("Keys", "t1", "m1")
    assert found.source == Source("Test", "test", IDENTITY, "UTC")


async def test_what_the_source_does_not_give_is_none(archive: Archive) -> None:
    *_, place = await a_chat(archive)
    found = await record(archive, place)
    assert (found.external_id, found.raw, found.sender_external_id, found.thread) == (None, None, None, None)
    assert found.message.parent_id is not None
    assert found.parent_external_id is None
    nobody = Place(place.conversation_id, Cursor(place.cursor.sent_at, UUID(int=1)))
    assert await archive.messages.record(nobody) is None


async def test_a_message_is_read_up_to_the_read_mark(archive: Archive) -> None:
    first, second, third = await a_chat(archive)
    assert not (await record(archive, first)).is_read
    await archive.conversations.mark_read(second.conversation_id, second.cursor)
    assert [(await record(archive, place)).is_read for place in (first, second, third)] == [True, True, False]


async def test_a_message_gives_its_own_bookmark(archive: Archive) -> None:
    first, second, _ = await a_chat(archive)
    await bookmark(archive, first, title="Keys", notes="look again")
    found = await archive.bookmarks.of_message(first)
    assert found is not None
    assert (found.title, found.notes, found.message) == ("Keys", "look again", first.cursor)
    assert await archive.bookmarks.of_message(second) is None
    await remove_bookmark(archive, first)
    assert await archive.bookmarks.of_message(first) is None


async def test_only_the_quarters_of_the_message_and_of_its_parent_are_looked_at(
    archive: Archive, server: EmbeddedServer
) -> None:
    long = chat("long", [f"w{i}" for i in range(6000)], step=timedelta(hours=4), start=START - timedelta(days=60))
    await store(archive, long)
    await archive.staging.tidying.settle()
    _, place, _ = await a_chat(archive)
    scans = [n for n in _plan(archive, server, place) if n.get("Relation Name", "").startswith("messages_")]
    looked_at = {n["Relation Name"] for n in scans if n["Actual Loops"]}
    assert len({n["Relation Name"] for n in scans}) > 5  # the parent's quarter is known only when it runs
    assert len(looked_at) == 2
    assert {n["Node Type"] for n in scans if n["Actual Loops"]} <= {"Index Scan", "Index Only Scan"}


def _plan(archive: Archive, server: EmbeddedServer, place: Place) -> list[dict[str, Any]]:
    """The nodes of the plan that serves all values, as connections to the embedded server ask for, once it has run."""
    text = queries("messages")["record"].as_string(None)
    for number, (name, kind) in enumerate((("conversation", "uuid"), ("sent_at", "timestamptz"), ("id", "uuid")), 1):
        text = text.replace(f"%({name})s::{kind}", f"${number}")
    name = str(psycopg.conninfo.conninfo_to_dict(archive.messages._gateway._dsn)["dbname"])
    with psycopg.connect(server.dsn, dbname=name, options="-c plan_cache_mode=force_generic_plan") as connection:
        connection.execute(f"PREPARE record (uuid, timestamptz, uuid) AS {text}".encode())
        found = psycopg.ClientCursor(connection).execute(
            "EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE record (%s, %s, %s)",
            (place.conversation_id, place.cursor.sent_at, place.cursor.id),
        )
        plan = found.fetchone()
    assert plan is not None
    return list(_nodes(plan[0][0]["Plan"]))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)
