"""Saved searches and the search history of the present user: the typed face of sql/queries/saved.sql."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from psycopg.rows import class_row, scalar_row
from psycopg.types.json import Jsonb

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.errors import AppError
from backscroll.model.ids import new_id
from backscroll.model.query import Order
from backscroll.model.saved import SavedSearch

_SQL = queries("saved")
REMEMBERED: Final = 200
"""How many queries are kept in the history of one person."""
_LONGEST_NAME: Final = 200


class Saved:
    """What the present user wants to ask again, by name, and what was asked lately."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def add(
        self,
        name: str,
        query: str,
        *,
        order: Order = "newest",
        conversation: UUID | None = None,
        thread: UUID | None = None,
        narrowed_to: Sequence[Mapping[str, str | None]] = (),
    ) -> UUID:
        """Saves a search and gives its id; one of the same name is replaced. Raises AppError."""
        name = name.strip()
        if not 0 < len(name) <= _LONGEST_NAME:
            raise AppError("A saved search needs a name", f"Give 1 to {_LONGEST_NAME} characters.", code="bad_name")
        parameters = {
            "id": new_id(),
            "name": name,
            "query": query,
            "order": order,
            "conversation": conversation,
            "thread": thread,
            "narrowed_to": Jsonb(list(narrowed_to)),
        }
        added: UUID = await self._gateway.fetch_value(_SQL["add"], parameters)
        return added

    async def remove(self, name: str) -> bool:
        """Takes a saved search away; says whether there was one."""
        return await self._gateway.execute(_SQL["remove"], {"name": name}) > 0

    async def all(self) -> list[SavedSearch]:
        """Every saved search, the last used first."""
        return await self._gateway.fetch_all(_SQL["all"], {}, class_row(SavedSearch))

    async def named(self, name: str) -> SavedSearch:
        """The saved search of this name. Raises AppError."""
        found = await self._gateway.fetch_one(_SQL["named"], {"name": name.strip()}, class_row(SavedSearch))
        if found is None:
            raise AppError("No saved search has this name", "`backscroll saved` lists them.", code="no_such_search")
        return found

    async def use(self, saved: SavedSearch) -> None:
        """Remembers that it was asked just now."""
        await self._gateway.execute(_SQL["used"], {"id": saved.id})

    async def remember(self, query: str) -> None:
        """Puts a query before all others of the history, which keeps the newest `REMEMBERED`, each once."""
        await self._gateway.execute(_SQL["remember"], {"query": query.strip(), "most": REMEMBERED})

    async def history(self) -> list[str]:
        """The queries that were asked, the last one first."""
        return await self._gateway.fetch_all(_SQL["history"], {}, scalar_row)

    async def forget(self, query: str) -> None:
        """Takes a query out of the history."""
        await self._gateway.execute(_SQL["forget"], {"query": query})
