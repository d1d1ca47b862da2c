"""A sync that is killed with -9, at another moment for each system, and begun again ends as an undisturbed one."""

import signal
import subprocess
import sys
from contextlib import AsyncExitStack
from typing import Final

import psycopg
import pytest

from backscroll.archive.opening import open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings
from tests.conftest import copied
from tests.dumping import differences, dump
from tests.figures import wrong_figures
from tests.syncing.conftest import Sides
from tests.syncing.stories import (
    conversation_analysis,
    group_summaries,
    threads_app,
    whatsapp_builder,
    whatsapp_processor,
)
from tests.syncing.test_every_system import SOURCES
from tests.syncing.world import Source, World, held

_PROGRAM: Final = """
import os, signal, sys
from importlib import import_module
from backscroll.importing import batching
batching.BATCH, batching.BATCH_MOST = 7, 10
module, name, left = import_module(sys.argv.pop(1)), sys.argv.pop(1), int(sys.argv.pop(1))
owner = getattr(module, name.partition(".")[0]) if "." in name else module
name = name.rpartition(".")[2]
work = getattr(owner, name)
def killed(*given, **named):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return work(*given, **named)
setattr(owner, name, killed)
from backscroll.cli.main import main
main()
"""
"""The program itself, with small batches: it is killed when it begins to do one thing for the nth time."""
_STAGING, _PIPELINE, _SYNCS = "backscroll.archive.staging", "backscroll.importing.pipeline", "backscroll.archive.syncs"
_MOMENTS: Final = {
    "group_summaries": (_STAGING, "_record", 2),  # in a transaction that has all of a batch
    "conversation_analysis": ("backscroll.syncing.lists", "mirror_notes", 2),  # bookmarks are there, annotations not
    "threads_app": (_PIPELINE, "Import._show", 2),  # while a batch is stored and the next one is read
    "whatsapp_processor": (_STAGING, "_store_messages", 2),  # in a transaction that has chats and people
    "whatsapp_builder": (_SYNCS, "Syncs.save_records", 2),  # one list is there, the others not
    "evolution": (_STAGING, "Staging.store", 3),
    "chatwoot": ("backscroll.syncing.session", "mirror_lists", 1),  # all messages are there, and nothing beside
    "mattermost": (_SYNCS, "Syncs.checked", 1),  # all is there, and the archive does not know
    "synapse": (_STAGING, "_record", 1),  # there is nothing yet
    "zulip": (_PIPELINE, "Import._show", 4),
    "open_webui": (_STAGING, "_record", 5),
}

_STORIES: Final = {
    "group_summaries": group_summaries.write,
    "conversation_analysis": conversation_analysis.write,
    "threads_app": threads_app.write,
    "whatsapp_processor": whatsapp_processor.write,
    "whatsapp_builder": whatsapp_builder.write,
}
"""Systems of which there is one with all that is its own: summaries, notes, states."""


@pytest.mark.parametrize("system", SOURCES, ids=lambda one: one.name)
async def test_a_killed_sync_goes_on_to_what_an_undisturbed_one_gives(
    system: Source, sides: Sides, server: EmbeddedServer, template: str
) -> None:
    world = World(system, sides.source)
    if system.name in _STORIES:
        with world.connected() as connection:
            _STORIES[system.name](connection)
    else:
        world.make()
    with psycopg.connect(sides.source, autocommit=True) as connection:
        connection.execute("ANALYZE")  # how many rows a source estimates is kept, and autovacuum has its time
    command = [sys.executable, "-c", _PROGRAM, *map(str, _MOMENTS[system.name])]
    command += ["--dsn", sides.dsn, "sync", sides.source, "--source", "test"]
    killed = subprocess.run(command, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    async with AsyncExitStack() as stack:
        dsn = stack.enter_context(copied(server, template, f"{system.name} undisturbed"))
        archive = await stack.enter_async_context(open_archive(Settings(dsn=dsn)))
        await Sides(sides.source, dsn, archive).sync()
        assert differences(dump(dsn), dump(sides.dsn)) != []
        await sides.sync()
        assert differences(dump(dsn), dump(sides.dsn)) == []
    if system.name not in _STORIES:
        assert held(sides.dsn) == world.expected()
    assert wrong_figures(sides.dsn) == {}
