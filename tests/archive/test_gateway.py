"""The gateway: what a person is told, and what they never notice."""

import asyncio

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.rows import scalar_row
from psycopg.sql import SQL

from backscroll.archive.gateway import Gateway
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError

SECRET = "canary-4711"


@pytest.mark.parametrize(
    ("dsn", "code"),
    [
        (f"postgresql://ana:{SECRET}@nowhere.invalid/db", "no_such_host"),
        (f"postgresql://ana:{SECRET}@127.0.0.1:1/db", "no_server"),
        (f"postgresql://ana:{SECRET}%zz@127.0.0.1:1/db", "bad_dsn"),
        (f"host=/nowhere user=ana password={SECRET}", "no_server"),
        (f"nonsense {SECRET}", "bad_dsn"),
    ],
)
async def test_a_wrong_address_is_named_without_the_password(dsn: str, code: str) -> None:
    with pytest.raises(AppError) as raised:
        await Gateway(dsn).open()
    assert raised.value.code == code
    assert SECRET not in f"{raised.value.title} {raised.value.hint} {raised.value!r}"
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("changes", "code"), [({"dbname": "nowhere"}, "no_such_database"), ({"user": "nobody_here"}, "not_let_in")]
)
async def test_a_wrong_database_or_user_is_named(server: EmbeddedServer, changes: dict[str, str], code: str) -> None:
    with pytest.raises(AppError) as raised:
        await Gateway(make_conninfo(server.dsn, **changes)).open()
    assert raised.value.code == code


async def test_a_missing_right_is_named(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA hidden")
        connection.execute("CREATE TABLE hidden.t AS SELECT 1 AS x")
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest")
    gateway = Gateway(database)
    await gateway.open()

    async def as_guest(connection: psycopg.AsyncConnection[object]) -> None:
        await connection.execute("SET LOCAL ROLE guest")
        await connection.execute("SELECT x FROM hidden.t")

    with pytest.raises(AppError) as raised:
        await gateway.transact(as_guest)
    assert raised.value.code == "no_right"
    await gateway.close()


async def test_a_missing_table_asks_for_a_migration(database: str) -> None:
    gateway = Gateway(database)
    await gateway.open()
    with pytest.raises(AppError) as raised:
        await gateway.fetch_value(SQL("SELECT id FROM backscroll.messages"), {})
    assert raised.value.code == "not_migrated"
    await gateway.close()


async def test_connections_that_the_server_ends_are_not_noticed(database: str) -> None:
    gateway = Gateway(database)
    await gateway.open()
    one = SQL("SELECT 1")

    async def busy() -> list[int | None]:
        return [await gateway.fetch_value(one, {}) for _ in range(20)]

    await asyncio.gather(*(busy() for _ in range(6)))
    with psycopg.connect(database, autocommit=True) as killer:
        for _ in range(5):
            killer.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            for answers in await asyncio.gather(*(busy() for _ in range(6))):
                assert answers == [1] * 20
    await gateway.close()


async def test_a_unit_of_work_that_loses_its_connection_runs_again_and_is_stored_once(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (id int PRIMARY KEY)")
    gateway = Gateway(database)
    await gateway.open()
    runs: list[int] = []

    async def unit(connection: psycopg.AsyncConnection[object]) -> None:
        runs.append(connection.info.backend_pid)
        await connection.execute("INSERT INTO kept VALUES (1) ON CONFLICT DO NOTHING")
        if len(runs) == 1:
            with psycopg.connect(database, autocommit=True) as killer:
                killer.execute("SELECT pg_terminate_backend(%s, 5000)", [runs[0]])

    await gateway.transact(unit)
    assert len(runs) == 2
    assert await gateway.fetch_all(SQL("SELECT id FROM kept"), {}, scalar_row) == [1]
    await gateway.close()


async def test_a_cancelled_query_ends_on_the_server_too(database: str) -> None:
    gateway = Gateway(database)
    await gateway.open()
    sleeping = asyncio.create_task(gateway.fetch_value(SQL("SELECT pg_sleep(600)::text"), {}))
    running = SQL("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%%' AND state = 'active'")
    while await gateway.fetch_value(running, {}) == 0:
        assert not sleeping.done()
    sleeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sleeping
    while await gateway.fetch_value(running, {}) != 0:
        pass
    await gateway.close()


async def test_what_is_planned_for_its_values_is_not_remembered(database: str) -> None:
    gateway = Gateway(database, pooled=False)
    await gateway.open()
    asked = SQL("SELECT %(number)s::int + 4711")
    assert await gateway.fetch_by_values(asked, {"number": 1}, scalar_row) == [4712]
    assert await gateway.fetch_value(SQL("SELECT 4713"), {}) == 4713
    remembered = [statement for pooled in gateway._pool._pool for statement, _ in pooled._prepared._counts]
    assert b"SELECT 4713" in remembered
    assert not any(b"4711" in statement for statement in remembered)
    await gateway.close()
