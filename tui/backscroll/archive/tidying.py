"""Tidies up after an import or its undoing: the typed face of sql/queries/tidying.sql."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Final

from psycopg import sql

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries

_SQL = queries("tidying")
_LANES: Final = 2  # quarters that are tidied up at a time
_LEFT: Final = 2
"""Batches after which a quarter is left behind: those that are stored together may not see each other's messages yet,
and what one of them does not see cannot be marked as seen by all."""


class Tidying:
    """The quarters that an import has brought messages to, until they are tidied up."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._batch = 0
        self._touched: dict[str, int] = {}  # by names: the batch that touched it last
        self._left: set[str] = set()  # once each: small exports may come back to a quarter again and again

    def touch(self, quarters: Iterable[str]) -> None:
        """Notes that a batch is stored, and where."""
        self._batch += 1
        self._touched |= dict.fromkeys(quarters, self._batch)

    async def left_behind(self) -> None:
        """Tidies up quarters that the import has left behind, so that there is less to wait for at its end."""
        latest = self._batch - _LEFT
        left = [one for one in self._touched.items() if one[1] <= latest and one[0] not in self._left]
        for name, batch in left:
            self._left.add(name)
            await tidy(self._gateway, [name])
            if self._touched.get(name) == batch:  # an import and what is followed may go on beside one another
                del self._touched[name]

    async def settle(self) -> None:
        """Tidies up after the last batch: empties pending lists and refreshes the planner's figures."""
        names = sorted(self._touched)
        works: list[Awaitable[object]] = [tidy(self._gateway, names[lane::_LANES]) for lane in range(_LANES)]
        if names or self._left:
            works.append(self._gateway.execute(_SQL["analyse_lists"], {}))
        await asyncio.gather(*works)
        self._touched.clear()
        self._left.clear()


async def tidy(gateway: Gateway, quarters: Iterable[str]) -> None:
    """Empties the pending lists of quarters (their names), and refreshes the planner's figures of them."""
    for name in quarters:
        await gateway.execute(_SQL["vacuum"].format(quarter=sql.Identifier("backscroll", name)), {})
