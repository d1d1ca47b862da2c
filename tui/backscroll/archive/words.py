"""The words of the archive: the typed face of sql/queries/words.sql."""

from psycopg.rows import scalar_row

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries

_SQL = queries("words")


class Words:
    """Every word that messages are made of, normalised, of 3 to 30 characters."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def beginning(self, word: str, shortest: int) -> str | None:
        """As much of a word's beginning as another word has, at least `shortest` characters; None where none has."""
        length = await self._gateway.fetch_one(_SQL["beginning"], {"word": word, "shortest": shortest}, scalar_row)
        return None if length is None else word[: int(length)]

    async def holding(self, part: str, limit: int) -> list[str]:
        """Words that hold a part, but do not begin with it, the shortest first."""
        return await self._gateway.fetch_all(_SQL["holding"], {"part": part, "limit": limit}, scalar_row)

    async def like(self, word: str, slips: int, edge: int, limit: int) -> list[str]:
        """Words at most `slips` characters longer or shorter, with the same first or last `edge` characters."""
        values = {"word": word, "slips": slips, "edge": edge, "limit": limit}
        return await self._gateway.fetch_all(_SQL["like"], values, scalar_row)
