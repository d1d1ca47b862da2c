"""An archive can be set up, and brought up to date, by psql alone."""

import re
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from backscroll.archive import migrations
from backscroll.archive.opening import open_archive
from backscroll.archive.queries import queries, sql_directory
from backscroll.archive.server.binaries import candidates
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings
from tests.archive.test_migrations import shape

SETUP = sql_directory() / "setup.sql"
STEPS = sorted((sql_directory() / "migrations" / "versions").glob("*.up.sql"))


def psql() -> str:
    """The psql that came with the server, else the system's; skips the test where there is none."""
    for binary in candidates():
        if Path(binary.program("psql")).exists():
            return binary.program("psql")
    found = shutil.which("psql")
    if found is None:
        pytest.skip("there is no psql here: setup.sql was not run")
    return found


def set_up(dsn: str) -> subprocess.CompletedProcess[str]:
    command = [psql(), "--no-psqlrc", dsn, "-f", str(SETUP)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", timeout=60)


def migrate_to(dsn: str, newest: Path) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE SCHEMA backscroll")
        for step in STEPS[: STEPS.index(newest) + 1]:
            connection.execute(step.read_text("utf-8"))  # type: ignore[arg-type]
        connection.execute(
            "CREATE TABLE backscroll.alembic_version"
            " (version_num varchar(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        connection.execute("INSERT INTO backscroll.alembic_version VALUES (%s)", [newest.name[:4]])


def test_every_step_is_named_in_its_order_under_the_lock_of_those_who_migrate() -> None:
    text = SETUP.read_text("utf-8")
    assert re.findall(r"^\\set step (\w+)\n\\ir setup_step.sql$", text, re.MULTILINE) == [s.name[:-7] for s in STEPS]
    lock = re.search(r"pg_advisory_xact_lock\(\d+\)", queries("archive")["migration_lock"].as_string())
    assert lock is not None
    assert lock[0] in text


async def test_what_psql_sets_up_is_what_the_program_migrates_to_however_often(
    database: str, server: EmbeddedServer, template: str
) -> None:
    wanted = shape(make_conninfo(server.dsn, dbname=template))
    for _ in range(2):
        done = set_up(database)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"The archive is at revision {migrations.head()}\n"
        assert shape(database) == wanted
    async with open_archive(Settings(dsn=database)) as archive:
        assert await archive.conversations.page(limit=9) == []


@pytest.mark.parametrize("found", ["0003", "0012"])
def test_psql_brings_an_older_archive_up_to_date(
    database: str, found: str, server: EmbeddedServer, template: str
) -> None:
    migrate_to(database, next(step for step in STEPS if step.name.startswith(found)))
    done = set_up(database)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("db languages" in done.stdout) == (found < "0004")
    assert shape(database) == shape(make_conninfo(server.dsn, dbname=template))


def test_where_a_step_fails_psql_has_done_nothing(database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("CREATE SCHEMA backscroll CREATE TABLE syncs (mine text)")
    before = shape(database)
    done = set_up(database)
    assert done.returncode == 3
    assert 'relation "syncs" already exists' in done.stderr
    assert shape(database) == before


def test_psql_leaves_an_archive_of_a_newer_program_alone(database: str) -> None:
    migrate_to(database, STEPS[1])
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE backscroll.alembic_version SET version_num = '9999'")
    before = shape(database)
    done = set_up(database)
    assert done.returncode == 3
    assert "newer Backscroll" in done.stderr
    assert shape(database) == before
