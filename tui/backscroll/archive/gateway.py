"""The one way to a database: holds the pool, retries what may be retried, says what went wrong in plain words."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final, TypeAlias, TypeVar

import psycopg
from psycopg import AsyncClientCursor, AsyncConnection, AsyncRawCursor, sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import BaseRowFactory, scalar_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from backscroll.archive.failures import connection_failure, failure, is_transient
from backscroll.archive.queries import queries
from backscroll.errors import AppError

Connection: TypeAlias = AsyncConnection[Any]
T = TypeVar("T")
Parameters: TypeAlias = Mapping[str, object]
Query: TypeAlias = sql.SQL | sql.Composed

_SQL = queries("gateway")
PATIENCE: Final = 60.0  # seconds until a failing database is reported
_DRAIN_EVERY: Final = 0.25  # seconds; a drain closes every connection, so a storm of errors must not repeat it


class Gateway:
    """A pool of connections to one archive.

    Every unit of work opens its own transaction and may run more than once: after a lost connection nobody can know
    whether a COMMIT arrived, so what a unit writes is keyed by ids that the client made.
    """

    def __init__(self, dsn: str, *, pooled: bool | None = None, revive: Callable[[], None] | None = None) -> None:
        """Nothing is connected yet.

        `pooled`: whether a transaction pooler stands before the server (None: nobody knows; `-pooler` in the host tells
        that one does). `revive` restarts an embedded server that died; it blocks and is called from a thread.
        """
        try:
            parts = conninfo_to_dict(dsn)
        except psycopg.ProgrammingError:
            raise bad_dsn() from None
        self._dsn = dsn
        self._revive = revive
        self._drained_at = 0.0
        is_pooled = "-pooler" in str(parts.get("host", "")) if pooled is None else pooled
        self._kwargs: dict[str, Any] = {
            "autocommit": True,
            "connect_timeout": 15,
            "prepare_threshold": None if is_pooled else 2,
            "keepalives_idle": 30,
            "tcp_user_timeout": 15000,
            "application_name": "backscroll",
        }
        if pooled is False:
            # One plan for all values: planning a page over the quarters takes three times as long as running it. A
            # pooler refuses such options, so they are given only where there is surely none.
            self._kwargs["options"] = f"{parts.get('options') or ''} -c plan_cache_mode=force_generic_plan".strip()
        # check= stays unset: with it a pool of dead connections recovers in over 30 s, with retry and drain in 0.05 s.
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            dsn,
            open=False,
            min_size=1,
            max_size=6,
            timeout=2,
            reconnect_timeout=2,
            max_idle=60,
            max_lifetime=1800,
            num_workers=3,
            kwargs=self._kwargs,
            configure=_configure,
        )

    async def open(self) -> None:
        """Connects once, so that a wrong host, password or database is told at once, and fills the pool."""
        try:
            connection = await AsyncConnection.connect(self._dsn, **self._kwargs)
        except psycopg.Error as error:
            raise connection_failure(error) from None
        version = connection.info.server_version
        await connection.close()
        if version < 150000:
            raise AppError(
                f"PostgreSQL {version // 10000} is too old",
                "Backscroll needs PostgreSQL 15 or newer.",
                code="old_server",
            )
        await self._pool.open()

    async def close(self) -> None:
        """Gives every connection back."""
        await self._pool.close()

    async def fetch_all(self, query: Query, parameters: Parameters, row: BaseRowFactory[T]) -> list[T]:
        """The rows of a query, in its order."""

        async def unit(connection: Connection) -> list[T]:
            # Binary: moments and ids of a page are read several times as fast as from text.
            async with connection.cursor(row_factory=row, binary=True) as cursor:
                await cursor.execute(query, parameters)
                return await cursor.fetchall()

        return await self._retrying(unit)

    async def fetch_numbered(self, query: bytes, values: Sequence[object], row: BaseRowFactory[T]) -> list[T]:
        """The rows of a query in which $1, $2, ... stand for its values: its text is sent as it is."""

        async def unit(connection: Connection) -> list[T]:
            async with AsyncRawCursor(connection, row_factory=row) as cursor:
                await cursor.execute(query, values)
                return await cursor.fetchall()

        return await self._retrying(unit)

    async def fetch_by_values(
        self, query: Query, parameters: Parameters, row: BaseRowFactory[T], *, patience: float | None = None
    ) -> list[T]:
        """The rows of a query that is planned for these values, whatever is asked for in general, and never kept.

        After `patience` seconds (None: as long as it takes) it fails with the code `cancelled`.
        """

        async def unit(connection: Connection) -> list[T]:
            if patience is not None:
                await connection.execute(_SQL["patience"], {"milliseconds": f"{patience * 1000:.0f}"})
            # Values stand in the statement itself: only so does the planner look at them.
            async with AsyncClientCursor(connection, row_factory=row) as cursor:
                with _uncounted(connection):
                    await cursor.execute(query, parameters)
                return await cursor.fetchall()

        return await (self._retrying(unit) if patience is None else self.transact(unit))

    async def fetch_one(self, query: Query, parameters: Parameters, row: BaseRowFactory[T]) -> T | None:
        """The first row of a query, or None."""
        rows = await self.fetch_all(query, parameters, row)
        return rows[0] if rows else None

    async def fetch_value(self, query: Query, parameters: Parameters) -> Any:
        """The first column of the first row, or None."""
        return await self.fetch_one(query, parameters, scalar_row)

    async def execute(self, query: Query, parameters: Parameters) -> int:
        """Runs a statement that may be repeated without harm; gives the number of rows it touched."""

        async def unit(connection: Connection) -> int:
            return (await connection.execute(query, parameters)).rowcount

        return await self._retrying(unit)

    async def transact(self, unit: Callable[[Connection], Awaitable[T]], *, patience: float = PATIENCE) -> T:
        """Runs a unit of work in one transaction; the unit must bear being run again.

        `patience` is how long (in seconds) a database that does not answer is tried.
        """

        async def whole(connection: Connection) -> T:
            async with connection.transaction():
                return await unit(connection)

        return await self._retrying(whole, patience)

    async def _retrying(self, unit: Callable[[Connection], Awaitable[T]], patience: float = PATIENCE) -> T:
        try:
            try:
                return await self._attempt(unit)
            except Exception as error:
                # Only now: a retry context takes a good part of a page's time, and nearly nothing needs one.
                if not is_transient(error):
                    raise
                return await self._again(unit, patience)
        except (psycopg.Error, PoolTimeout, TimeoutError) as error:
            raise failure(error) from error

    async def _again(self, unit: Callable[[Connection], Awaitable[T]], patience: float) -> T:
        # Imported here: nearly no run retries anything, and every start would pay for it.
        import stamina.instrumentation

        # Its default hooks write warnings to stderr, which would land in the middle of a screen.
        stamina.instrumentation.set_on_retry_hooks([])
        async for attempt in stamina.retry_context(
            on=is_transient, attempts=None, timeout=patience, wait_initial=0.02, wait_max=0.5, wait_jitter=0.05
        ):
            with attempt:
                return await self._attempt(unit)
        raise AssertionError("retry_context ends by returning or raising")

    async def _attempt(self, unit: Callable[[Connection], Awaitable[T]]) -> T:
        try:
            async with self._pool.connection() as connection:
                return await unit(connection)
        except Exception as error:
            if is_transient(error):
                await self._recover(error)
            raise

    async def _recover(self, error: Exception) -> None:
        if self._revive is not None:
            await asyncio.to_thread(self._revive)
        if not isinstance(error, PoolTimeout) and monotonic() - self._drained_at > _DRAIN_EVERY:
            self._drained_at = monotonic()
            await self._pool.drain()


def bad_dsn() -> AppError:
    """The error of a DSN that cannot be read; it says nothing of what stands in it."""
    return AppError(
        "The DSN cannot be read",
        "It looks like postgresql://user@host:5432/database. Special characters in the password are percent-encoded.",
        code="bad_dsn",
    )


@contextmanager
def _uncounted(connection: Connection) -> Iterator[None]:
    """Statements that will not come again are not counted for being prepared: psycopg would keep a thousand of them."""
    threshold, connection.prepare_threshold = connection.prepare_threshold, None
    try:
        yield
    finally:
        connection.prepare_threshold = threshold


async def _configure(connection: Connection) -> None:
    # More than quarters x shapes of a search: a statement that falls out would be planned over all quarters again.
    connection.prepared_max = 1000
