"""The pictures of live sources: an archive mirrored from each of five systems, with what is that system's own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from screenshots.drawing import DARK, LIGHT, Scene, draw, keys, settle
from tests.syncing.stories import (
    conversation_analysis,
    group_summaries,
    threads_app,
    whatsapp_builder,
    whatsapp_processor,
)
from textual.pilot import Pilot

from backscroll.archive.live import LiveDatabase
from backscroll.archive.migrations import migrate
from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings
from backscroll.syncing.recognising import find
from backscroll.syncing.session import syncing
from backscroll.ui.app import BackscrollApp

Write = Callable[[psycopg.Connection[Any]], None]
_SIZE, _HIGH = (150, 42), (130, 64)


class Mirrored(NamedTuple):
    """A picture of what was mirrored: what fills the source and is said there once it was read, and the scene."""

    source: str
    write: Write
    scene: Scene
    later: Write | None = None


def _sources() -> Callable[[Pilot[None], Archive], Awaitable[None]]:
    async def steps(pilot: Pilot[None], archive: Archive) -> None:  # noqa: ARG001
        app = pilot.app
        assert isinstance(app, BackscrollApp)
        await app.show_sources()
        for _ in range(2):  # the list, then what is kept
            await settle(pilot)

    return steps


MIRRORED: dict[str, Mirrored] = {
    "mirrored-summaries": Mirrored(
        "rowing",
        group_summaries.write,
        Scene(_SIZE, DARK, keys("harbour-rowing@g.us", "k", "k", "l", "3", "j"), "Everybody is at the slip"),
    ),
    "mirrored-analysis": Mirrored(
        "housing",
        conversation_analysis.write,
        Scene(_HIGH, DARK, keys("Housing advice · case 14", *"kkkkkkkkkkki"), "sentiment_label"),
    ),
    "mirrored-threads": Mirrored(
        "team",
        threads_app.write,
        Scene(_SIZE, LIGHT, keys("Release 2.4", "k", "l", "5"), "READ STATE"),
        threads_app.write_later,
    ),
    "mirrored-processor": Mirrored("bakery", whatsapp_processor.write, Scene(_SIZE, DARK, _sources(), "is_paused yes")),
    "mirrored-builder": Mirrored(
        "flowers",
        whatsapp_builder.write,
        Scene(_HIGH, DARK, keys("Fleur (bot), Lea Brandt", *"kkkki"), "currentNodeId card-text"),
    ),
}


async def draw_mirrored(place: Path, settings: Settings, wanted: Callable[[str], bool]) -> None:
    """Draws those that are wanted; their databases are in a place and gone with it."""
    server = EmbeddedServer(place)
    server.acquire()
    try:
        for name, mirrored in MIRRORED.items():
            if wanted(name):
                async with _archive_of(server, mirrored, settings) as archive:
                    await draw(archive, name, settings, mirrored.scene)
    finally:
        server.release()


@asynccontextmanager
async def _archive_of(server: EmbeddedServer, mirrored: Mirrored, settings: Settings) -> AsyncIterator[Archive]:
    names = mirrored.source, f"{mirrored.source}_archive"
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        for name in names:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    source, dsn = (make_conninfo(server.dsn, dbname=name) for name in names)
    _write(source, mirrored.write)
    migrate(dsn)
    async with open_archive(replace(settings, dsn=dsn, home=settings.home / mirrored.source)) as archive:
        await _sync(archive, source)
        for chat in await archive.conversations.page(limit=99):
            await archive.conversations.mark_read(chat.id)
        if mirrored.later is not None:
            _write(source, mirrored.later)
            await _sync(archive, source)
        yield archive


def _write(dsn: str, write: Write) -> None:
    with psycopg.connect(dsn) as connection:
        write(connection)


async def _sync(archive: Archive, source: str) -> None:
    database = LiveDatabase(source)
    database.open()
    try:
        async with syncing(archive, database, find(database)) as session:
            await session.whole_pass()
    finally:
        database.close()
