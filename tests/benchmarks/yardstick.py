"""The reference for imports: the same rows by raw COPY into a bare table, tokenised, then the same indexes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import psycopg

_COLUMNS = """conversation_id, sent_at, id, sender_id, thread_id, parent_sent_at, parent_id, kind, tie, is_edited,
    is_deleted, external_id, body, search_text, raw"""
_BLOCK = 1 << 18


def save_rows(dsn: str, path: Path) -> None:
    """Writes the archive's messages to a file as COPY has them."""
    query = f"COPY (SELECT {_COLUMNS} FROM backscroll.messages) TO STDOUT (FORMAT BINARY)"
    with psycopg.connect(dsn) as connection, connection.cursor().copy(query) as copy, path.open("wb") as file:
        file.writelines(copy)


def run(dsn: str, rows: Path) -> dict[str, float]:
    """Seconds of each step, in a schema of its own that is dropped afterwards."""
    steps: dict[str, float] = {}
    with psycopg.connect(dsn, autocommit=True) as connection:
        indexes = connection.execute("""
            SELECT pg_get_indexdef(i.indexrelid) FROM pg_index AS i
            WHERE i.indrelid = 'backscroll.messages'::regclass ORDER BY NOT i.indisprimary, 1""").fetchall()
        connection.execute("DROP SCHEMA IF EXISTS yardstick CASCADE")
        connection.execute("CREATE SCHEMA yardstick")
        like = "LIKE backscroll.messages INCLUDING DEFAULTS INCLUDING STORAGE"
        connection.execute(f"CREATE TABLE yardstick.plain ({like})")
        connection.execute("ALTER TABLE yardstick.plain DROP COLUMN search")
        connection.execute("""
            CREATE TABLE yardstick.messages (LIKE yardstick.plain, search tsvector
                GENERATED ALWAYS AS (backscroll.search_vector(body, search_text, NULL)) STORED)""")
        with _timed(steps, "COPY alone"):
            _copy(connection, "yardstick.plain", rows)
        with _timed(steps, "COPY and to_tsvector"):
            _copy(connection, "yardstick.messages", rows)
        for (definition,) in indexes:
            name, moved = _moved(definition)
            with _timed(steps, f"index {name}"):
                connection.execute(moved)
        connection.execute("DROP SCHEMA yardstick CASCADE")
    return steps


def total(steps: dict[str, float]) -> float:
    """Seconds until the rows are searchable."""
    return sum(seconds for step, seconds in steps.items() if step != "COPY alone")


def _moved(definition: str) -> tuple[str, str]:
    found = re.match(r"CREATE (?:UNIQUE )?INDEX (\w+) ON ", definition)
    assert found is not None
    return found[1], re.sub(r"ON (?:ONLY )?backscroll\.messages", "ON yardstick.messages", definition)


def _copy(connection: psycopg.Connection, name: str, rows: Path) -> None:
    query = f"COPY {name} ({_COLUMNS}) FROM STDIN (FORMAT BINARY)"
    with rows.open("rb") as file, connection.cursor().copy(query) as copy:
        while block := file.read(_BLOCK):
            copy.write(block)


@contextmanager
def _timed(steps: dict[str, float], name: str) -> Iterator[None]:
    began = perf_counter()
    yield
    steps[name] = perf_counter() - began
