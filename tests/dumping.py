"""Everything that an archive holds, to be compared with another: every table, without run ids and times of day."""

from typing import Any, Final, TypeAlias

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

Dump: TypeAlias = dict[str, list[dict[str, Any]]]

_TABLES: Final = """
SELECT c.relname FROM pg_class AS c
WHERE c.relnamespace = 'backscroll'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""
RECORDS: Final = {
    *("import_runs", "message_logs", "import_run_conversations"),
    *("alembic_version", "users", "applied_writes", "statistics_jobs"),
}
"""What tells of runs, people and their writes, and is another for each."""
_OTHER: Final = {
    *("run_number", "last_write"),
    *("created_at", "updated_at", "generated_at", "replaced_at", "changed_at", "synced_at", "compared_at"),
}
_KEYED_ANEW: Final = {"bookmarks": {"id", "user_id"}, "annotations": {"id", "user_id"}, "read_marks": {"user_id"}}


def dump(dsn: str, *, without: frozenset[str] = frozenset()) -> Dump:
    """The rows of every table in an order of their own, as text, for two archives that ought to be equal."""
    found: Dump = {}
    with psycopg.connect(dsn, row_factory=dict_row) as connection:
        tables = [row["relname"] for row in connection.execute(_TABLES).fetchall()]
        for table in sorted(set(tables) - RECORDS - without):
            left_out = _OTHER | _KEYED_ANEW.get(table, set())
            query = sql.SQL("SELECT * FROM {}").format(sql.Identifier("backscroll", table))
            rows = connection.execute(query).fetchall()
            kept = [{name: str(value) for name, value in row.items() if name not in left_out} for row in rows]
            found[table] = sorted(kept, key=lambda row: list(row.values()))
    return found


def differences(one: Dump, other: Dump) -> list[str]:
    """Where two dumps are not equal, at most five rows a table; empty where they are."""
    told: list[str] = []
    for table in sorted(one.keys() | other.keys()):
        left, right = one.get(table, []), other.get(table, [])
        if left != right:
            missing = [row for row in left if row not in right][:5]
            added = [row for row in right if row not in left][:5]
            told.append(f"{table}: {len(left)} and {len(right)} rows; only here {missing}; only there {added}")
    return told
