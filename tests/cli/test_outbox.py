"""`backscroll outbox`: what waits is listed, exported and given up without a server."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backscroll.archive.naming import outbox_of
from backscroll.archive.opening import Archive
from backscroll.cli import notes
from backscroll.cli.commands import app
from backscroll.errors import AppError
from backscroll.model.ids import new_id
from backscroll.model.message import Cursor
from backscroll.model.writes import BookmarkRemove, Write
from backscroll.settings import Settings
from backscroll.writing.outbox import Outbox
from tests.making import chat, chat_id, store
from tests.writing.proxy import Proxy

AWAY = "postgresql://ana:canary-4711@127.0.0.1:1/archive"


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--dsn", AWAY, "--home", str(home), "outbox", *arguments])


@pytest.fixture
def held(tmp_path: Path) -> Outbox:
    outbox = Outbox(outbox_of(Settings(dsn=AWAY, home=tmp_path)))
    for _ in range(2):
        outbox.add(Write(new_id(), BookmarkRemove(new_id(), Cursor(datetime.now(UTC), new_id())), datetime.now(UTC)))
    outbox.failed(outbox.all()[1].id, "This database user may not do that", parked=True)
    return outbox


def test_what_waits_and_what_was_refused_is_listed_exported_and_given_up(tmp_path: Path, held: Outbox) -> None:
    first, second = held.all()
    rows = [json.loads(line) for line in run(tmp_path, "--json").stdout.splitlines()]
    assert [(row["id"], row["state"]) for row in rows] == [(str(first.id), "waiting"), (str(second.id), "parked")]
    assert "may not do that" in run(tmp_path).stdout
    exported = tmp_path / "waiting.jsonl"
    run(tmp_path, "--export", str(exported))
    payloads = [json.loads(line)["payload"] for line in exported.read_text("utf-8").splitlines()]
    assert payloads == [json.loads(kept.payload) for kept in (first, second)]
    run(tmp_path, "--drop", str(second.id))
    assert [kept.id for kept in held.all()] == [first.id]
    assert isinstance(run(tmp_path, "--drop", "0000").exception, AppError)


def test_each_user_and_database_has_an_outbox_of_its_own_and_its_name_tells_no_password(tmp_path: Path) -> None:
    paths = {
        outbox_of(Settings(dsn=dsn, home=tmp_path)).name
        for dsn in (AWAY, AWAY.replace("ana", "bo"), AWAY.replace("/archive", "/other"), AWAY.replace("4711", "0815"))
    }
    assert len(paths) == 3, "another password is the same person"
    assert outbox_of(Settings(home=tmp_path)).name == "embedded.sqlite"


async def test_what_a_command_wrote_while_the_server_goes_away_is_saved_and_sent_later(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store(archive, chat("c", ["one"]))
    (message,) = await archive.messages.after(chat_id("c"), limit=1)
    monkeypatch.setattr(notes, "PATIENCE", 0.2)
    dsn = archive.bookmarks._gateway._dsn
    async with Proxy(dsn) as proxy:
        options = ["--dsn", proxy.dsn, "--home", str(tmp_path)]

        async def run_there(*arguments: str) -> Result:
            return await asyncio.to_thread(CliRunner().invoke, app, [*options, *arguments])

        proxy.leaves_at = b"applied_writes"
        said = await run_there("annotate", str(message.id), "--text", "odd")
        assert (said.exit_code, said.exception) == (0, None)
        assert "Saved, waiting for the server" in said.stdout
        assert await archive.annotations.page(limit=9) == []
        (row,) = [json.loads(line) for line in (await run_there("outbox", "--json")).stdout.splitlines()]
        assert (row["kind"], row["state"]) == ("annotation.write", "waiting")
        proxy.reach(dsn)
        assert "Nothing waits" in (await run_there("outbox", "--retry")).stdout
    assert [note.text for note in await archive.annotations.page(limit=9)] == ["odd"]
