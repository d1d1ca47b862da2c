"""A TCP proxy before Postgres that loses connections, and the answers to COMMITs."""

import asyncio
from contextlib import suppress
from typing import Final, Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

_HEAD: Final = 5
"""Bytes of a message of the protocol before its body: its kind, and its length without the kind."""


AWAY: Final = "host=/nowhere port=1"
"""Where no server is."""


class Proxy:
    """Hands on what both sides say; `eats` is how many answers to COMMITs are lost next, and their connections.

    When a client says `leaves_at`, the server is away until it is reached again.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._clients: set[asyncio.StreamWriter] = set()
        self.eats = 0
        self.eaten = 0
        self.leaves_at = b""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        self._server.close()
        await self._server.wait_closed()

    @property
    def dsn(self) -> str:
        """The same database, through the proxy."""
        port = self._server.sockets[0].getsockname()[1]
        return make_conninfo(self._dsn, host="127.0.0.1", port=port, sslmode="disable", gssencmode="disable")

    def reach(self, dsn: str) -> None:
        """From now on, hands on to where the server is now."""
        self._dsn, self.leaves_at = dsn, b""

    def cut(self) -> None:
        """Resets every connection."""
        for client in list(self._clients):
            client.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        parts = conninfo_to_dict(self._dsn)
        self._clients.add(client)
        try:
            path = f"{parts['host']}/.s.PGSQL.{parts['port']}"
            answers, server = await asyncio.open_unix_connection(path)
        except OSError:  # the server is down
            client.transport.abort()
            return
        finally:
            self._clients.discard(client)
        self._clients.add(client)
        up, down = asyncio.create_task(self._ask(reader, server)), asyncio.create_task(self._answer(answers, client))
        with suppress(asyncio.CancelledError):  # the loop ends
            await asyncio.wait([up, down], return_when=asyncio.FIRST_COMPLETED)
        for end in (up, down):
            end.cancel()
        self._clients.discard(client)
        client.transport.abort()
        server.transport.abort()

    async def _answer(self, answers: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await answers.readexactly(_HEAD)
                body = await answers.readexactly(int.from_bytes(head[1:]) - 4)
                if self.eats and head[:1] == b"C" and body == b"COMMIT\0":
                    self.eats -= 1
                    self.eaten += 1
                    return
                client.write(head + body)
                await client.drain()

    async def _ask(self, reader: asyncio.StreamReader, server: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if self.leaves_at and self.leaves_at in data:
                    self._dsn = AWAY
                    self.cut()
                    return
                server.write(data)
                await server.drain()
