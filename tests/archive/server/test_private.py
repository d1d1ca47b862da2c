"""The embedded server is its owner's alone: no other account, no network, nothing of a message in its log."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from backscroll.archive.server import process, sockets, tuning
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from tests.archive.server.others import as_account, postmaster, until, wait_until_stopped


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A running archive that strangers could reach by path, were it not private."""
    top = Path(tempfile.mkdtemp(prefix="backscroll-test-"))
    top.chmod(0o755)
    (top / "home").mkdir(mode=0o755)
    EmbeddedServer(top / "home").acquire()
    yield top / "home"
    EmbeddedServer(top / "home").stop()
    wait_until_stopped(top / "home")
    shutil.rmtree(top)


@pytest.fixture
def server(home: Path) -> EmbeddedServer:
    server = EmbeddedServer(home)
    server.acquire()
    return server


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_in_the_home_is_its_owners_alone(home: Path) -> None:
    assert {mode(path) for path in home.iterdir() if path.is_dir()} == {0o700}
    assert {mode(path) for path in home.iterdir() if path.is_file()} == {0o600}
    assert mode(home / "socket" / sockets.NAME) == 0o700
    assert {path.stat().st_uid for path in home.iterdir()} == {os.geteuid()}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_server_listens_on_no_network_address(server: EmbeddedServer, home: Path) -> None:
    with psycopg.connect(server.dsn) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    on_network = {
        line.split()[9] for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    }
    descriptors = [str(path.readlink()) for path in Path(f"/proc/{postmaster(home).pid}/fd").iterdir()]
    mine = {name[8:-1] for name in descriptors if name.startswith("socket:[")}
    assert mine
    assert not mine & on_network


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
@pytest.mark.parametrize("uid", [1, 12345, 65534])
def test_another_account_is_not_let_in_even_with_the_socket_wide_open(
    server: EmbeddedServer, home: Path, uid: int
) -> None:
    directory, said = home / "socket", home.parent / f"said-{uid}"
    said.touch()
    said.chmod(0o666)

    def connect() -> None:
        try:
            psycopg.connect(server.dsn).close()
        except psycopg.OperationalError as refused:
            said.write_text(str(refused))
            raise

    assert as_account(0, connect) == 0
    assert as_account(uid, connect) == 1
    assert "ermission denied" in said.read_text()
    directory.chmod(0o777)
    (directory / sockets.NAME).chmod(0o777)
    try:
        assert as_account(uid, connect) == 1
        assert "eer authentication failed" in said.read_text() or "look up local user" in said.read_text()
        with pytest.raises(AppError, match="open to other people"):
            EmbeddedServer(home).acquire()
    finally:
        directory.chmod(0o700)


def test_a_planted_directory_or_symlink_is_not_taken_for_the_sockets_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / ("long" * 60)
    with tempfile.TemporaryDirectory() as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        first, second = list(sockets.suitable(home))[:2]
        assert first.parent == Path(runtime)
        assert sockets.prepare(home) == first
        first.chmod(0o755)
        assert sockets.prepare(home) == second
        first.rmdir()
        first.symlink_to(tmp_path)
        assert sockets.prepare(home) == second
        assert mode(second) == 0o700
        second.rmdir()
        monkeypatch.setattr(sockets, "suitable", lambda _home: iter([first]))
        with pytest.raises(AppError) as caught:
            sockets.prepare(home)
    assert caught.value.code == "no_private_directory"


def test_a_home_that_everybody_can_write_to_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o777)
    with pytest.raises(AppError, match="Everybody"):
        EmbeddedServer(home).acquire()
    assert not list(home.glob("pg*"))


def test_no_text_of_a_statement_reaches_the_log(server: EmbeddedServer, home: Path) -> None:
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        for statement in ("SELECT 'my secret'::uuid", "SELECT to_tsquery('my secret')", "SELECT my secret"):
            with suppress(psycopg.Error):
                connection.execute(statement)
        with suppress(psycopg.Error):
            connection.execute("SELECT %s::uuid", ("my secret",))
    with suppress(psycopg.OperationalError), psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(f"SELECT pg_terminate_backend({connection.info.backend_pid}), 'my secret'")
    with suppress(psycopg.OperationalError), psycopg.connect(server.dsn, autocommit=True) as connection:
        pid = connection.info.backend_pid
        subprocess.Popen(["sh", "-c", f"sleep 0.2; kill -9 {pid}"])
        connection.execute("SELECT pg_sleep(60), 'my secret'")
    until(lambda: "terminated by signal 9" in (home / "server.log").read_text(), "the log")
    server.acquire()
    assert "secret" not in (home / "server.log").read_text()


def test_variables_for_another_server_do_not_lead_the_program_astray(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PGHOST": "db.example",
        "PGHOSTADDR": "192.0.2.1",
        "PGPORT": "1",
        "PGUSER": "nobody",
        "PGDATABASE": "other",
        "PGSSLMODE": "require",
        "PGCHANNELBINDING": "require",
        "PGDATA": "/nonexistent",
    }.items():
        monkeypatch.setenv(name, value)
    with psycopg.connect(server.dsn) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("backscroll",)


def test_a_small_machine_gets_a_small_server() -> None:
    small, large = (tuning.settings(Path("/x"), memory << 20) for memory in (256, 64_000))
    assert (small["shared_buffers"], small["work_mem"]) == ("64MB", "4MB")
    assert (large["shared_buffers"], large["work_mem"]) == ("1024MB", "32MB")
    assert {large[name] for name in ("fsync", "full_page_writes", "synchronous_commit")} == {"on"}


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="needs root and unshare")
def test_root_keeps_its_archive_private_where_user_namespaces_are_blocked(tmp_path: Path) -> None:
    """The kernel gives no user namespace to a process in a chroot, as a container's filter gives none to any."""
    home, script = tmp_path / "home", tmp_path / "script.py"
    (tmp_path / "root").mkdir()
    script.write_text(
        "import sys; from pathlib import Path; import psycopg\n"
        "from backscroll.archive.server.supervisor import EmbeddedServer\n"
        "server = EmbeddedServer(Path(sys.argv[1]))\n"
        "for _ in range(2):\n"
        "    server.acquire()\n"
        "    with psycopg.connect(server.dsn) as connection:\n"
        "        print(connection.execute('SELECT current_user').fetchone()[0], server._home.stat().st_mode & 0o777)\n"
        "    print(server.stop())\n"
    )
    enter = 'mount --rbind / "$1" && exec chroot "$1" "$2" "$3" "$4"'
    words = ["unshare", "--mount", "sh", "-ec", enter, "sh", tmp_path / "root", sys.executable, script, home]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if "mount" in done.stderr and "denied" in done.stderr:
        pytest.skip("mounting is not allowed here")
    assert done.stdout.split("\n") == ["backscroll 448", "True", "backscroll 448", "True", ""], done.stderr
    assert (home / "pg18").stat().st_uid not in {0, 65534}
    assert process.read(home / "pg18") is None
