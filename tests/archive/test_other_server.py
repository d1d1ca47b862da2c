"""Any other Postgres from 15 on, named by a DSN, does what the embedded one does."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from backscroll.archive.migrations import migrate
from backscroll.archive.opening import open_archive
from backscroll.archive.server.binaries import from_system
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.model.conversation import Place
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.settings import Settings
from tests.making import chat, chat_id, store
from tests.noting import bookmark


@pytest.fixture(scope="module")
def other_dsn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the system's own PostgreSQL, in a database whose locale knows ASCII only."""
    if not any(True for _ in from_system()):
        pytest.skip("no PostgreSQL of the system is here")
    server = EmbeddedServer(tmp_path_factory.mktemp("other"), candidates=from_system)
    server.acquire()
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("CREATE DATABASE plain TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'")
    yield make_conninfo(server.dsn, dbname="plain")
    server.release()


async def test_chats_are_stored_read_searched_and_bookmarked_there(other_dsn: str) -> None:
    migrate(other_dsn)
    async with open_archive(Settings(dsn=other_dsn)) as archive:
        await store(
            archive, chat("c", ["Ключи?", "Under the PLANT", "京都駅で", "Déjà vu 😂"], step=timedelta(days=40))
        )
        page = await archive.messages.before(chat_id("c"), limit=10)
        assert [m.text for m in page] == ["Ключи?", "Under the PLANT", "京都駅で", "Déjà vu 😂"]
        for text, wanted in (("ключи", 0), ("plant", 1), ("京都", 2), ("駅", 2), ("deja", 3), ("😂", 3)):
            async for found in Finding(archive).find(parse(text)):
                hits = found.hits
            assert [h.message.id for h in hits] == [page[wanted].id], text
        await bookmark(archive, Place(chat_id("c"), page[1].cursor), title="here")
    async with open_archive(Settings(dsn=other_dsn)) as archive:
        assert [b.quote for b in await archive.bookmarks.page(limit=5)] == ["Under the PLANT"]


async def test_who_may_only_read_can_read_and_is_told_when_they_write(other_dsn: str) -> None:
    migrate(other_dsn)
    async with open_archive(Settings(dsn=other_dsn)) as archive:
        await store(archive, chat("d", ["one", "two"]))
    with psycopg.connect(other_dsn, autocommit=True) as connection:
        connection.execute("CREATE ROLE reader NOLOGIN")
        connection.execute("GRANT USAGE ON SCHEMA backscroll TO reader")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA backscroll TO reader")
    as_reader = make_conninfo(other_dsn, options="-c role=reader")
    async with open_archive(Settings(dsn=as_reader)) as archive:
        page = await archive.messages.before(chat_id("d"), limit=10)
        assert [m.text for m in page] == ["one", "two"]
        with pytest.raises(AppError) as raised:
            await bookmark(archive, Place(chat_id("d"), page[0].cursor))
        assert raised.value.code == "no_right"
