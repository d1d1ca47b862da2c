"""Opening the embedded archive: made on the first day, shared, and whole after every kind of death."""

import asyncio
import os
import signal
from pathlib import Path

from backscroll.archive import migrations
from backscroll.archive.opening import open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.model.conversation import Place
from backscroll.settings import Settings
from tests.cli.running import run_program
from tests.making import chat, chat_id, store
from tests.noting import bookmark


async def test_two_programs_may_open_a_new_archive_at_the_same_time(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")

    async def visit() -> tuple[int, int]:
        async with open_archive(settings) as archive:
            return await archive.conversations.totals()

    assert await asyncio.gather(*(visit() for _ in range(3))) == [(0, 0)] * 3


async def test_a_killed_server_comes_back_under_an_open_archive_with_all_that_was_written(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    async with open_archive(settings) as archive:
        await store(archive, chat("c", ["one", "two", "three"]))
        page = await archive.messages.before(chat_id("c"), limit=5)
        await bookmark(archive, Place(chat_id("c"), page[1].cursor), title="kept")
        pid = EmbeddedServer(settings.home).state().pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        assert await archive.messages.before(chat_id("c"), limit=5) != []
        assert [b.title for b in await archive.bookmarks.page(limit=5)] == ["kept"]
        await store(archive, chat("d", ["four"]))
    async with open_archive(settings) as archive:
        assert await archive.conversations.totals() == (2, 4)


async def test_what_is_waited_for_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    async with open_archive(Settings(home=tmp_path / "home"), said.append):
        pass
    assert said[-1] == "Preparing the archive"
    said.clear()
    async with open_archive(Settings(home=tmp_path / "home"), said.append):
        pass
    assert "Preparing the archive" not in said


async def test_an_archive_of_an_older_program_is_brought_up_to_date_and_what_is_left_to_do_is_said(
    tmp_path: Path,
) -> None:
    settings = Settings(home=tmp_path / "home")
    async with open_archive(settings) as archive:
        assert archive.advice is None
        await store(archive, chat("c", ["one", "two"]))
        for _ in range(int(migrations.head()) - 3):  # languages came with the fourth step
            await asyncio.to_thread(migrations.rollback, EmbeddedServer(settings.home).dsn)
    for said in ("`backscroll db languages`", ""):
        done = run_program(None, "chats", home=settings.home)
        assert said in done.stderr if said else done.stderr == ""
        assert "C" in done.stdout
