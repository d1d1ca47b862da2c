"""Every system that is known is mirrored: all of it, then what was said, changed and taken back since."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from psycopg import sql

from backscroll.archive.systems import systems
from backscroll.importing import batching
from tests.figures import wrong_figures
from tests.syncing.conftest import Sides, told
from tests.syncing.systems.chatwoot import Chatwoot
from tests.syncing.systems.conversation_analysis import ConversationAnalysis
from tests.syncing.systems.evolution import Evolution
from tests.syncing.systems.group_summaries import GroupSummaries
from tests.syncing.systems.mattermost import Mattermost
from tests.syncing.systems.open_webui import OpenWebUI
from tests.syncing.systems.synapse import Synapse
from tests.syncing.systems.threads_app import ThreadsApp
from tests.syncing.systems.whatsapp_builder import WhatsAppBuilder
from tests.syncing.systems.whatsapp_processor import WhatsAppProcessor
from tests.syncing.systems.zulip import Zulip
from tests.syncing.world import Source, World, held

SOURCES: tuple[Source, ...] = (
    GroupSummaries(),
    ConversationAnalysis(),
    ThreadsApp(),
    WhatsAppProcessor(),
    WhatsAppBuilder(),
    Evolution(),
    Chatwoot(),
    Mattermost(),
    Synapse(),
    Zulip(),
    OpenWebUI(),
)


def test_each_system_has_its_test() -> None:
    assert {system.name for system in systems()} == {source.name for source in SOURCES}


@pytest.mark.parametrize("system", SOURCES, ids=lambda one: one.name)
async def test_a_source_is_mirrored_and_stays_so(system: Source, sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "BATCH", 7)
    monkeypatch.setattr(batching, "BATCH_MOST", 10)
    world = World(system, sides.source)
    world.make()
    await sides.sync()
    assert held(sides.dsn) == world.expected()
    assert wrong_figures(sides.dsn) == {}

    assert told(await sides.look()) == (0, 0, 0)
    assert told(await sides.sync()) == (0, 0, 0)
    assert len(await sides.archive.import_runs.page(limit=5)) == 1  # nothing was to be done

    last = world.said[59]
    world.edit(10, "quite another text")
    world.delete(23)
    world.say(replace(last, number=60, at=last.at + timedelta(seconds=60), text="new"))
    looked = await sides.look()
    assert told(await sides.sync()) == told(looked) == (1, 1, 1)
    assert held(sides.dsn) == world.expected()

    async with sides.session() as session:
        world.say(replace(last, number=61, at=last.at + timedelta(seconds=60), text="at the same moment"))
        assert (await session.quick_pass()).stored.messages == 1
        assert (await session.quick_pass()).stored.messages == 0
    assert held(sides.dsn) == world.expected()
    assert wrong_figures(sides.dsn) == {}


async def test_a_system_is_known_in_other_spellings_without_its_lesser_tables_and_in_another_schema(
    sides: Sides,
) -> None:
    world = World(WhatsAppBuilder(), sides.source)
    world.make(16)
    with world.connected() as connection:
        named = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        for table, column in connection.execute(named).fetchall():
            spelt = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", column)
            if spelt != column:
                words = sql.SQL("ALTER TABLE {} RENAME COLUMN {} TO {}")
                connection.execute(words.format(*map(sql.Identifier, (table, column, spelt))))
        connection.execute("DROP TABLE conversation_contexts, chatbots, whatsapp_config")
        connection.execute("ALTER SCHEMA public RENAME TO tenant")
    await sides.sync()
    assert held(sides.dsn) == world.expected()
    (known,) = await sides.archive.syncs.all()
    assert known.found["missing_indexes"] == [
        "CREATE INDEX CONCURRENTLY ON tenant.messages (conversation_id, timestamp);",
        "CREATE INDEX CONCURRENTLY ON tenant.messages (updated_at);",
    ]
