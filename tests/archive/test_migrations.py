"""The schema goes up and down, one program at a time, and is its own documentation."""

import threading
from typing import Any

import psycopg
import pytest

from backscroll.archive import migrations
from backscroll.archive.gateway import Gateway
from backscroll.archive.opening import open_archive
from backscroll.archive.queries import queries
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.settings import Settings

SHAPE = """
SELECT c.relname, c.relkind::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = to_regnamespace('backscroll')
UNION ALL
SELECT c.relname, 'constraint', k.conname, pg_get_constraintdef(k.oid), true, null, null
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE k.connamespace = to_regnamespace('backscroll')
UNION ALL
SELECT i.tablename, 'index', i.indexname, i.indexdef, true, null, null
FROM pg_indexes i WHERE i.schemaname = 'backscroll'
UNION ALL
SELECT v.viewname, 'view', '', v.definition, true, null, null
FROM pg_views v WHERE v.schemaname = 'backscroll'
UNION ALL
SELECT p.proname, 'function', '', pg_get_functiondef(p.oid), true, null, obj_description(p.oid, 'pg_proc')
FROM pg_proc p WHERE p.pronamespace = to_regnamespace('backscroll')
UNION ALL
SELECT c.relname, 'comment', '', null, true, null, obj_description(c.oid, 'pg_class')
FROM pg_class c WHERE c.relnamespace = to_regnamespace('backscroll') AND c.relkind IN ('r', 'p', 'v')
ORDER BY 1, 2, 3, 4
"""


def shape(dsn: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn) as connection:
        return connection.execute(SHAPE).fetchall()


def test_up_down_and_up_again_gives_the_same_schema(database: str) -> None:
    migrations.migrate(database)
    first = shape(database)
    assert any(row[0] == "messages" for row in first)
    for _ in range(int(migrations.head())):
        before = shape(database)
        migrations.rollback(database)
        assert shape(database) != before
    assert {row[0] for row in shape(database)} <= {"alembic_version", "alembic_version_pkc"}
    migrations.migrate(database)
    assert shape(database) == first


def test_migrating_twice_changes_nothing(database: str) -> None:
    migrations.migrate(database)
    first = shape(database)
    migrations.migrate(database)
    assert shape(database) == first


def test_a_second_program_that_migrates_waits_for_the_first(database: str) -> None:
    with psycopg.connect(database) as holder:
        holder.execute(queries("archive")["migration_lock"])
        second = threading.Thread(target=migrations.migrate, args=(database,))
        second.start()
        with psycopg.connect(database, autocommit=True) as watcher:
            waiting = """
                SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()
            """
            while watcher.execute(waiting).fetchone() == (0,):
                assert second.is_alive()
        assert shape(database) == []
        holder.commit()
        second.join(timeout=60)
    assert not second.is_alive()
    assert any(row[0] == "messages" for row in shape(database))


def test_every_table_and_column_says_what_it_is(server: EmbeddedServer, template: str) -> None:
    missing = """
        SELECT c.relname, a.attname FROM pg_class c
        LEFT JOIN pg_attribute a
            ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind <> 'v' AND NOT c.relispartition
        WHERE c.relnamespace = to_regnamespace('backscroll') AND c.relkind IN ('r', 'p', 'v')
          AND c.relname <> 'alembic_version'
          AND (obj_description(c.oid) IS NULL OR (a.attnum IS NOT NULL AND col_description(c.oid, a.attnum) IS NULL))
    """
    with psycopg.connect(server.dsn, dbname=template) as connection:
        assert connection.execute(missing).fetchall() == []


async def test_an_archive_that_is_not_set_up_is_refused_with_the_command(database: str) -> None:
    with pytest.raises(AppError) as raised:
        async with open_archive(Settings(dsn=database)):
            pass
    assert raised.value.code == "not_migrated"
    assert "db migrate" in raised.value.hint


async def test_an_archive_of_a_newer_program_is_refused(database: str) -> None:
    migrations.migrate(database)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE backscroll.alembic_version SET version_num = '9999'")
    with pytest.raises(AppError) as raised:
        async with open_archive(Settings(dsn=database)):
            pass
    assert raised.value.code == "newer_archive"


async def test_the_revision_of_an_empty_database_is_none(database: str) -> None:
    gateway = Gateway(database)
    await gateway.open()
    assert await migrations.revision(gateway) is None
    await gateway.close()
