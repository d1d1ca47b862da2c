"""Tidies up after an import or its undoing: the typed face of sql/queries/tidying.sql."""

from collections.abc import Iterable

from psycopg import sql

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries

_SQL = queries("tidying")


async def tidy(gateway: Gateway, quarters: Iterable[str]) -> None:
    """Empties the pending lists of quarters (their names), and refreshes the planner's figures of them."""
    for name in quarters:
        await gateway.execute(_SQL["vacuum"].format(quarter=sql.Identifier("backscroll", name)), {})


async def tidy_lists(gateway: Gateway) -> None:
    """Refreshes the planner's figures of what stands beside the messages."""
    await gateway.execute(_SQL["analyse_lists"], {})
