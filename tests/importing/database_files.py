"""SQLite files as the apps lay them out, with the columns that matter, for tests."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

Rows = Sequence[Mapping[str, object]]


def database(path: Path, schema: str, content: Mapping[str, Rows], without: Sequence[str] = ()) -> Path:
    """Writes a database; `without` are tables, or columns as `table.column`, that an older version does not have."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN; {schema}")
        for table, rows in content.items():
            for row in rows:
                names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
                connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values()))
        for name in without:
            table, _, column = name.partition(".")
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}" if column else f"DROP TABLE {table}")
        connection.commit()
    return path


def with_log(path: Path, statement: str) -> Path:
    """Writes to a database as an app that is still running: the change is in its -wal file only."""
    kept = path.with_name(f"{path.name}.kept")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(statement)
        for suffix in ("", "-wal"):
            kept.with_name(kept.name + suffix).write_bytes(path.with_name(path.name + suffix).read_bytes())
    for suffix in ("", "-wal"):
        kept.with_name(kept.name + suffix).replace(path.with_name(path.name + suffix))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    return path
