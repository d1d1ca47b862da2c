"""The names that a search may ask for, and the ids that bear them: the typed face of sql/queries/names.sql."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias
from uuid import UUID

from psycopg.rows import class_row, scalar_row

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries

_SQL = queries("names")
MANY: Final = 500
"""How many ids a search carries with it; what has more is asked for by its names."""

Listed: TypeAlias = Literal["people", "chats", "threads", "sources", "tags", "codes"]
Bearing: TypeAlias = Literal["senders", "chats_with", "chats_titled", "threads_titled", "chats_of_sources"]


@dataclass(frozen=True, slots=True)
class Bearer:
    """Something with a name: its id, its chat, and the time of its first and last message."""

    id: UUID
    conversation_id: UUID
    since: datetime
    until: datetime


class Names:
    """Lists of names, and who bears them."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def listed(self, what: Listed) -> list[str]:
        """Every name of people, chats, threads (the likeliest first), sources and formats, tags or codes; each once."""
        return await self._gateway.fetch_all(_SQL[what], {}, scalar_row)

    async def bearing(self, what: Bearing, names: Iterable[str]) -> list[Bearer] | None:
        """Who or what bears one of the names and has messages; None where these are more than `MANY`."""
        return await self._bearers(what, {"names": list(names)})

    async def source_ids(self, names: Iterable[str]) -> list[UUID]:
        """The sources that bear one of the names, or have such a format."""
        return await self._gateway.fetch_all(_SQL["source_ids"], {"names": list(names)}, scalar_row)

    async def code_ids(self, names: Iterable[str]) -> list[UUID]:
        """The codes that bear one of the names or paths, and all below them."""
        return await self._gateway.fetch_all(_SQL["code_ids"], {"names": list(names)}, scalar_row)

    async def unread_chats(self) -> list[Bearer] | None:
        """Chats with a message that the present user has not read; None where these are more than `MANY`."""
        return await self._bearers("unread_chats", {})

    async def chats_in_language(self, language: str | None) -> list[Bearer] | None:
        """Chats in a language (code; None: without one); None where these are more than `MANY`."""
        return await self._bearers("chats_in_language", {"language": language})

    async def _bearers(self, name: str, parameters: dict[str, object]) -> list[Bearer] | None:
        query = _SQL[name]
        found = await self._gateway.fetch_all(query, parameters | {"limit": MANY + 1}, class_row(Bearer))
        return None if len(found) > MANY else found
