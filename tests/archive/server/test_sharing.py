"""The embedded server starts on demand wherever the archive lies, is shared, and goes with its last user."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from backscroll.archive.server import binaries, locks
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from tests.archive.server.others import Client, count, postmaster, until, wait_until_stopped, write

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def test_the_first_start_makes_a_whole_archive_and_removes_what_an_interrupted_one_left(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "new-interrupted" / "base").mkdir(parents=True)
    server = EmbeddedServer(home)
    server.acquire()
    with psycopg.connect(server.dsn) as connection:
        row = connection.execute(
            "SELECT current_user, current_database(), lower('ÀÉ'), to_tsvector('simple', 'ÀÉ')::text, 'a' < 'B'"
        ).fetchone()
    assert row == ("backscroll", "backscroll", "àé", "'àé':1", False)
    assert not list(home.glob("new-*"))
    assert server.stop()
    wait_until_stopped(home)


def test_what_was_written_is_there_after_the_server_stopped_and_started_again(home: Path) -> None:
    server = EmbeddedServer(home)
    server.acquire()
    write(server.dsn)
    server.release()
    wait_until_stopped(home)
    server.acquire()
    assert count(server.dsn) == 1


def test_backscrolls_that_start_at_once_share_one_server_which_stops_with_the_last(tmp_path: Path) -> None:
    home = tmp_path / "home"
    clients = [Client(home) for _ in range(3)]
    assert len({client.dsn() for client in clients}) == 1
    first = postmaster(home)
    for client in clients[:2]:
        assert client.leave() == ("", "")
    with psycopg.connect(EmbeddedServer(home).dsn):
        assert postmaster(home).mark == first.mark
    assert clients[2].leave() == ("", "")
    wait_until_stopped(home)
    assert not EmbeddedServer(home).state().running


def test_held_it_stays_after_its_last_user_until_it_is_stopped(home: Path) -> None:
    server = EmbeddedServer(home)
    assert server.state().running is False
    server.hold()
    first = postmaster(home)
    server.release()
    with (home / "keeper.lock").open():
        until(lambda: not locks.held(home / "keeper.lock"), "the keeper to leave")
    client = Client(home)
    write(client.dsn())
    client.kill()
    until(lambda: not locks.held(home / "keeper.lock"), "the second keeper to leave")
    state = EmbeddedServer(home).state()
    assert (state.running, state.is_held, state.pid, state.data) == (True, True, first.pid, home / "pg18")
    assert state.version
    assert server.stop() is True
    assert server.stop() is False
    assert EmbeddedServer(home).state().running is False


def test_looking_at_a_home_that_does_not_exist_makes_nothing(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "none")
    assert server.state().running is False
    assert server.stop() is False
    assert "none" in server.dsn
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["with space 'quote' $HOME \"x\" `id` \\ ünï 日本", "comma,comma", "long" * 60])
def test_any_path_will_do(tmp_path: Path, template: Path, name: str) -> None:
    home = tmp_path / name
    shutil.copytree(template, home, symlinks=True, ignore=shutil.ignore_patterns("*.lock", "*.log"))
    server = EmbeddedServer(home)
    server.acquire()
    write(server.dsn)
    server.ensure()
    server.release()
    wait_until_stopped(home)


def test_the_systems_server_is_used_where_the_wheel_is_missing(tmp_path: Path) -> None:
    found = next(iter(binaries.from_system()), None)
    if found is None:
        pytest.skip("no PostgreSQL is installed on this system")
    home = tmp_path / "home"
    server = EmbeddedServer(home, candidates=binaries.from_system)
    server.acquire()
    assert server.state().version == found.version or str(server.state().version).startswith(found.version)
    with psycopg.connect(server.dsn) as connection:
        row = connection.execute("SELECT lower('ÀÉ'), to_tsvector('simple', 'ÀÉ')::text").fetchone()
    assert row == ("àé", "'àé':1")
    assert (home / f"pg{found.major}").is_dir()
    server.stop()
    wait_until_stopped(home)
    # With both there, the one that can read the archive is taken.
    everywhere = EmbeddedServer(home)
    everywhere.acquire()
    assert str(everywhere.state().version).startswith(found.version)
    everywhere.stop()


def test_without_any_server_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        EmbeddedServer(tmp_path / "home", candidates=lambda: ()).acquire()
    assert caught.value.code == "server_missing"
    assert "--dsn" in caught.value.hint


@pytest.mark.parametrize("name", ["pg9", "pg18"])
def test_an_archive_of_another_major_version_is_named_and_left_untouched(tmp_path: Path, name: str) -> None:
    data = tmp_path / "home" / name
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(AppError) as caught:
        EmbeddedServer(tmp_path / "home").acquire()
    assert caught.value.code == "server_other_major"
    assert "PostgreSQL 9" in caught.value.title
    assert "pg_dump 9" in caught.value.hint
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_server_that_cannot_start_says_why_and_where_its_log_is(home: Path) -> None:
    (home / "pg18" / "global" / "pg_control").unlink()
    with pytest.raises(AppError) as caught:
        EmbeddedServer(home).acquire()
    assert caught.value.code == "server_failed"
    assert "pg_control" in caught.value.hint
    assert str(home / "server.log") in caught.value.hint
    wait_until_stopped(home)


@pytest.mark.parametrize("share", [lambda server: server.acquire(), lambda server: server.ensure()])
def test_one_process_may_share_several_times(home: Path, share: Callable[[EmbeddedServer], None]) -> None:
    first, second = EmbeddedServer(home), EmbeddedServer(home)
    share(first)
    share(second)
    share(second)
    first.release()
    write(second.dsn)
    second.release()
    wait_until_stopped(home)
