"""What an owner does with a database: start, stop, look at, migrate; works on archives of any revision."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from backscroll.archive import migrations
from backscroll.archive.gateway import Gateway
from backscroll.archive.opening import named_dsn, start_embedded
from backscroll.archive.queries import queries
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.settings import Settings

_SQL = queries("archive")


@dataclass(frozen=True, slots=True)
class Database:
    """How a database stands; `dsn` has no password in it."""

    running: bool
    server_version: str | None
    dsn: str
    schema_revision: str | None
    home: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What a migration would do: the revision that is there (None: no archive), the one wanted, and where."""

    found: str | None
    wanted: str
    dsn: str


def start(settings: Settings, status: Callable[[str], None]) -> str:
    """Starts the embedded server for good and gives its DSN. Blocks. Raises AppError."""
    server = EmbeddedServer(_embedded_home(settings), status=status)
    server.hold()
    return server.dsn


def stop(settings: Settings) -> bool:
    """Stops the embedded server; says whether it ran. Blocks. Raises AppError."""
    return EmbeddedServer(_embedded_home(settings)).stop()


def _embedded_home(settings: Settings) -> Path:
    if settings.dsn is not None:
        raise AppError(
            "That database has an owner of its own",
            "Only the embedded server is started and stopped here: leave --dsn and BACKSCROLL_DSN out.",
            code="not_embedded",
        )
    return settings.home


async def inspect(settings: Settings) -> Database:
    """How the database stands; starts nothing. Raises AppError where a named database cannot be reached."""
    if settings.dsn is None:
        server = EmbeddedServer(settings.home)
        state = await asyncio.to_thread(server.state)
        dsn = server.dsn
        if not state.running:
            return Database(False, None, _shown(dsn), None, settings.home)
    else:
        dsn = named_dsn(settings)
    gateway = Gateway(dsn, pooled=settings.pooled)
    try:
        await gateway.open()
        version = str(await gateway.fetch_value(_SQL["server_version"], {}))
        found = await migrations.revision(gateway)
    finally:
        await gateway.close()
    return Database(running=True, server_version=version, dsn=_shown(dsn), schema_revision=found, home=settings.home)


async def plan(settings: Settings, status: Callable[[str], None]) -> Plan:
    """What a migration would do. Raises AppError."""
    async with _reached(settings, status) as dsn:
        gateway = Gateway(dsn, pooled=settings.pooled)
        try:
            await gateway.open()
            return Plan(await migrations.revision(gateway), migrations.head(), _shown(dsn))
        finally:
            await gateway.close()


async def migrate(settings: Settings, status: Callable[[str], None]) -> None:
    """Brings the schema to this version. Raises AppError."""
    async with _reached(settings, status) as dsn:
        await asyncio.to_thread(migrations.migrate, dsn)


async def rollback(settings: Settings, status: Callable[[str], None]) -> None:
    """Takes the newest step of the schema back. Raises AppError."""
    async with _reached(settings, status) as dsn:
        await asyncio.to_thread(migrations.rollback, dsn)


@asynccontextmanager
async def _reached(settings: Settings, status: Callable[[str], None]) -> AsyncIterator[str]:
    """The DSN without a pooler between, of a server that runs until the block ends."""
    server = await start_embedded(settings, status)
    try:
        if server:
            yield server.dsn
        elif settings.direct_dsn:
            yield settings.direct_dsn
        else:
            dsn = named_dsn(settings)
            if "-pooler" in str(conninfo_to_dict(dsn).get("host", "")):
                raise AppError(
                    "A migration needs a direct connection",
                    "Set BACKSCROLL_DIRECT_DSN to the same database without -pooler in its host.",
                    code="needs_direct",
                )
            yield dsn
    finally:
        if server:
            await asyncio.to_thread(server.release)


def _shown(dsn: str) -> str:
    parts = {key: value for key, value in conninfo_to_dict(dsn).items() if key in {"host", "port", "user", "dbname"}}
    return " ".join(f"{key}={value}" for key, value in parts.items())
