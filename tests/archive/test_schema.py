"""What the database itself sees to: states, moments, what goes with a chat; and that a dump of it is a backup."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import psycopg
import pytest

from backscroll.archive.opening import open_archive
from backscroll.archive.server.binaries import candidates
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.model.code import Change
from backscroll.model.conversation import ConversationKind, Shelf
from backscroll.model.import_run import RunState
from backscroll.model.message import Kind
from backscroll.model.query import Order
from backscroll.model.review import DecisionState
from backscroll.model.statistics import JobKind, JobState
from backscroll.model.summary import Method, Scope, Status
from backscroll.model.writes import Outcome
from backscroll.settings import Settings
from tests.archive.test_migrations import shape

STATES: dict[tuple[str, str], Iterable[str]] = {
    ("applied_writes", "outcome"): Outcome,
    ("code_changes", "change"): get_args(Change),
    ("conversation_states", "shelf"): Shelf,
    ("conversations", "kind"): ConversationKind,
    ("import_runs", "date_order"): ("dmy", "mdy", "ymd"),
    ("import_runs", "state"): RunState,
    ("messages", "kind"): Kind,
    ("review_decisions", "state"): DecisionState,
    ("saved_searches", "hit_order"): get_args(Order),
    ("statistics_jobs", "kind"): JobKind,
    ("statistics_jobs", "state"): JobState,
    ("summaries", "method"): Method,
    ("summaries", "scope"): Scope,
    ("summaries", "status"): Status,
    ("syncs", "resume_mode"): ("from_last", "from_now"),
}
"""What each column of words may hold."""

CHECKED = """
SELECT c.relname, a.attname, pg_get_constraintdef(k.oid)
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND k.conkey = ARRAY[a.attnum]
WHERE k.connamespace = 'backscroll'::regnamespace AND k.contype = 'c' AND NOT c.relispartition
  AND pg_get_constraintdef(k.oid) LIKE '%ANY (ARRAY[''%'
"""

WITHOUT_ZONE = """
SELECT a.attrelid::regclass::text, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'backscroll'::regnamespace AND a.atttypid IN ('timestamp'::regtype, 'time'::regtype)
"""

STAYING = """
SELECT k.conrelid::regclass::text FROM pg_constraint k
WHERE k.contype = 'f' AND k.confrelid = 'backscroll.conversations'::regclass AND k.confdeltype <> 'c'
"""

# Deleting a row looks for what refers to it: by an index that begins with the columns of the key.
SLOW_TO_DELETE = """
SELECT k.conrelid::regclass::text, k.conname FROM pg_constraint k
WHERE k.connamespace = 'backscroll'::regnamespace AND k.contype = 'f' AND k.confdeltype = 'c' AND k.conparentid = 0
  AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indpred IS NULL
                  AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
"""

TRIGGERS = """
SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'backscroll'::regnamespace AND NOT t.tgisinternal
"""


@pytest.fixture
def schema(server: EmbeddedServer, template: str) -> Iterable[psycopg.Connection[Any]]:
    """A connection to an empty archive; only to look at."""
    with psycopg.connect(server.dsn, dbname=template) as connection:
        yield connection


def test_the_database_lets_in_the_states_that_the_program_knows_and_no_others(
    schema: psycopg.Connection[Any],
) -> None:
    found = {(table, column): re.findall(r"'(\w+)'::", check) for table, column, check in schema.execute(CHECKED)}
    assert {key: sorted(words) for key, words in found.items()} == {
        key: sorted(str(word) for word in words) for key, words in STATES.items()
    }


def test_every_moment_has_a_time_zone(schema: psycopg.Connection[Any]) -> None:
    assert schema.execute(WITHOUT_ZONE).fetchall() == []


def test_what_refers_to_a_chat_goes_with_it_and_is_found_by_an_index(schema: psycopg.Connection[Any]) -> None:
    assert schema.execute(STAYING).fetchall() == []
    assert schema.execute(SLOW_TO_DELETE).fetchall() == []


def test_nothing_is_done_by_triggers(schema: psycopg.Connection[Any]) -> None:
    assert schema.execute(TRIGGERS).fetchall() == []


async def test_a_dump_of_an_archive_is_an_archive(sample: str, database: str, tmp_path: Path) -> None:
    programs = next(
        (b for b in candidates() if Path(b.program("pg_dump")).exists() and Path(b.program("psql")).exists()), None
    )
    if programs is None:
        pytest.skip("there is no pg_dump here: no backup was made")
    backup = str(tmp_path / "backup.sql")
    subprocess.run([programs.program("pg_dump"), sample, "--schema=backscroll", "-f", backup], check=True)
    restore = [
        programs.program("psql"),
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "--single-transaction",
        "-f",
        backup,
        database,
    ]
    subprocess.run(restore, check=True, capture_output=True)
    assert shape(database) == shape(sample)
    async with open_archive(Settings(dsn=sample)) as before, open_archive(Settings(dsn=database)) as after:
        chats = await after.conversations.page(limit=50)
        assert chats == await before.conversations.page(limit=50) != []
        for chat in chats:
            assert await after.messages.before(chat.id, limit=50) == await before.messages.before(chat.id, limit=50)
