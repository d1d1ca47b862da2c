"""The archive follows its source in whatever happens there, and keeps what people wrote here."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from backscroll.archive.live import LiveDatabase
from backscroll.archive.opening import open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.importing.undoing import undo
from backscroll.model.conversation import Place
from backscroll.model.ids import conversation_id, message_id
from backscroll.model.message import Message
from backscroll.settings import Settings
from backscroll.syncing import following
from backscroll.syncing.session import Synced
from tests.conftest import copied
from tests.dumping import differences, dump
from tests.figures import wrong_figures
from tests.noting import annotate, bookmark
from tests.syncing.conftest import Sides, told
from tests.syncing.systems.threads_app import ThreadsApp
from tests.syncing.world import World, held

IDENTITY = "threads_app:test"
OF_THE_WAY = frozenset({"syncs", "words", "message_versions", "bookmarks", "annotations"})
"""Tables that tell of the way that was taken, too, and of people."""


@pytest.fixture
async def world(sides: Sides) -> World:
    """A source, mirrored."""
    made = World(ThreadsApp(), sides.source)
    made.make()
    await sides.sync()
    return made


async def message(sides: Sides, world: World, number: int, chat: str) -> Message:
    """A message as the archive has it."""
    conversation = conversation_id(IDENTITY, world.source.chat_id(chat))
    wanted = message_id(conversation, world.source.message_id(number))
    found = await sides.archive.messages.after(conversation, limit=100)
    return next(one for one in found if one.id == wanted)


async def test_whatever_way_was_taken_the_end_is_that_of_a_first_sync(
    world: World, sides: Sides, server: EmbeddedServer, template: str
) -> None:
    said = world.said
    world.delete(20)  # another of its chat has the same moment, and so another place among those of it
    world.delete(58)  # the newest of its chat
    await sides.sync()
    early = replace(said[2], number=70, at=said[2].at - timedelta(days=400), text="older than all others")
    world.say(early, replace(said[0], number=71, text="of the first moment"))
    with world.connected() as connection:
        connection.execute(
            "UPDATE messages SET created_at = created_at + interval '3 days' WHERE id = %s",
            (world.source.message_id(4),),
        )
        connection.execute(
            "UPDATE messages SET user_id = %s WHERE id = %s", (_user(connection, "cy"), world.source.message_id(6))
        )
        connection.execute("UPDATE users SET first_name = 'Robert' WHERE username = 'bo'")
    before = dump(sides.dsn)
    looked = await sides.look()
    assert differences(before, dump(sides.dsn)) == []  # a look writes nothing
    assert told(await sides.sync()) == told(looked) == (2, 2, 0)
    with copied(server, template, "a first sync") as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            await Sides(sides.source, dsn, archive).sync()
        with psycopg.connect(sides.dsn) as connection:
            assert connection.execute(
                "SELECT count(*) FROM backscroll.messages WHERE deleted_at IS NOT NULL"
            ).fetchone() == (2,)
            connection.execute("DELETE FROM backscroll.messages WHERE deleted_at IS NOT NULL")
        assert differences(dump(dsn, without=OF_THE_WAY), dump(sides.dsn, without=OF_THE_WAY)) == []
        assert wrong_figures(sides.dsn) == {}


def _user(connection: psycopg.Connection[tuple[object, ...]], name: str) -> object:
    row = connection.execute("SELECT id FROM users WHERE username = %s", (name,)).fetchone()
    assert row is not None
    return row[0]


async def test_a_message_that_the_source_has_no_more_loses_its_text_and_keeps_its_notes(
    world: World, sides: Sides
) -> None:
    noted = await message(sides, world, 14, "family")
    place = Place(noted.conversation_id, noted.cursor)
    await bookmark(sides.archive, place, title="kept")
    await annotate(sides.archive, place, "kept, too")
    before = (await sides.archive.conversations.get(noted.conversation_id)).message_count
    said = world.said[14].text
    world.edit(14, "edited before it went")
    await sides.sync()
    assert [version.text for version in await sides.archive.versions.of_message(place)] == [said]
    was = world.said[14]
    world.delete(14)
    assert (await sides.sync()).deleted == 1
    gone = await message(sides, world, 14, "family")
    assert (gone.text, gone.is_deleted, gone.is_bookmarked, gone.annotation_count) == ("", True, True, 1)
    assert (await sides.archive.conversations.get(noted.conversation_id)).message_count == before - 1
    assert await sides.archive.versions.of_message(place) == []
    assert wrong_figures(sides.dsn) == {}

    world.say(was)
    assert (await sides.sync()).stored.messages == 1
    back = await message(sides, world, 14, "family")
    assert (back.text, back.is_deleted, back.is_bookmarked, back.annotation_count) == (
        "edited before it went",
        False,
        True,
        1,
    )
    assert held(sides.dsn) == world.expected()
    assert wrong_figures(sides.dsn) == {}


async def test_a_chat_on_the_exclusion_list_is_never_read_and_what_is_there_of_it_stays(
    world: World, sides: Sides
) -> None:
    source = (await sides.archive.syncs.all())[0].source_id
    team = world.source.chat_id("team")
    before = {key: told for key, told in held(sides.dsn).items() if key[0] == team}
    await sides.archive.syncs.exclude(source, team)
    world.edit(9, "not for here")
    world.say(replace(world.said[57], number=80, text="nor this"), replace(world.said[56], number=81, text="but this"))
    assert (await sides.sync()).stored.messages == 1
    assert {key: told for key, told in held(sides.dsn).items() if key[0] == team} == before
    await sides.archive.syncs.include(source, team)
    await sides.sync()
    assert held(sides.dsn) == world.expected()


async def test_a_paused_source_is_not_read_and_goes_on_from_the_last_or_from_now(world: World, sides: Sides) -> None:
    source = (await sides.archive.syncs.all())[0].source_id
    said = world.said[56]
    for number, mode, brought in ((82, "from_last", 2), (84, "from_now", 1)):
        await sides.archive.syncs.pause(source)
        at = datetime.now(UTC)
        world.say(replace(said, number=number, at=at, text="during the pause"))
        with pytest.raises(AppError) as raised:
            await sides.sync()
        assert raised.value.code == "paused"
        await sides.archive.syncs.resume(source, mode)
        world.say(replace(said, number=number + 1, at=at + timedelta(minutes=10), text="after it"))
        assert (await sides.sync()).stored.messages == brought


async def test_a_run_that_was_taken_back_comes_in_again(world: World, sides: Sides) -> None:
    world.delete(23)
    world.say(replace(world.said[56], number=84, text="of the second run"))
    await sides.sync()
    first = (await sides.archive.import_runs.page(limit=5))[-1]
    await undo(sides.archive, first.id)
    assert len(held(sides.dsn)) == 1
    assert wrong_figures(sides.dsn) == {}
    await sides.sync()
    assert held(sides.dsn) == world.expected()
    assert wrong_figures(sides.dsn) == {}


async def test_following_brings_what_is_said_until_it_is_stopped(world: World, sides: Sides) -> None:
    told: asyncio.Queue[Synced] = asyncio.Queue()
    async with sides.session() as session:
        task = asyncio.create_task(following.follow(session, told.put_nowait, every=30))
        for number, text in ((90, "one"), (91, "two")):
            while not task.done() and not session.database.is_listening:
                await asyncio.sleep(0)  # until it has connected
            world.say(replace(world.said[56], number=number, text=text))
            with world.connected() as connection:
                connection.execute("NOTIFY backscroll")
            assert (await asyncio.wait_for(told.get(), 10)).stored.messages == 1
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert held(sides.dsn) == world.expected()
    assert len(await sides.archive.import_runs.page(limit=5)) == 2  # all of a session is one run


async def test_a_message_that_goes_and_comes_again_in_one_session_is_there_again(sides: Sides) -> None:
    world = World(ThreadsApp(), sides.source)
    world.make()
    last = world.said[58]
    async with sides.session() as session:
        await session.whole_pass()
        world.delete(last.number)
        assert (await session.whole_pass()).deleted == 1
        world.say(last)
        assert (await session.whole_pass()).stored.messages == 1
    assert held(sides.dsn) == world.expected()
    assert wrong_figures(sides.dsn) == {}


def test_nothing_can_be_written_to_a_source(source: str) -> None:
    database = LiveDatabase(source)
    database.open()
    try:
        with pytest.raises(AppError) as raised, database.snapshot():
            database._open.execute("CREATE TABLE mine ()")
    finally:
        database.close()
    assert raised.value.code == "read_only"
