"""The server that is measured: the embedded one of a home, reached by its DSN like any other."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg import sql

from backscroll.archive import migrations
from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import load_settings


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The DSN of the home's archive, with the schema up to date, while the block lasts."""
    server = EmbeddedServer(home, status=print)
    server.acquire()
    try:
        migrations.migrate(server.dsn)
        yield server.dsn
    finally:
        server.release()


@contextmanager
def fresh_database(dsn: str, name: str) -> Iterator[str]:
    """The DSN of an empty archive beside another one, gone when the block ends."""
    made = psycopg.conninfo.make_conninfo(dsn, dbname=name)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            migrations.migrate(made)
            yield made
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@asynccontextmanager
async def opened(dsn: str) -> AsyncIterator[Archive]:
    """The archive at a DSN, opened as the program opens the embedded one: surely without a pooler."""
    async with open_archive(replace(load_settings(dsn=dsn), pooled=False)) as archive:
        yield archive
