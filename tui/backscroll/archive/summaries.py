"""Stored summaries: the typed face of sql/queries/summaries.sql."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from psycopg.rows import kwargs_row

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.model.summary import Summary

_SQL = queries("summaries")


class Summaries:
    """Text about stretches of conversations."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def of_chat(self, conversation: UUID) -> list[Summary]:
        """The summaries of a chat, the one of the newest stretch first."""
        return await self._gateway.fetch_all(_SQL["of_chat"], {"conversation": conversation}, kwargs_row(_summary))

    async def add(self, summary: Summary) -> None:
        """Stores a summary; the same id again changes nothing."""
        await self._gateway.execute(_SQL["add"], asdict(summary) | {"participants": list(summary.participants)})


def _summary(participants: list[str], **columns: Any) -> Summary:
    return Summary(participants=tuple(participants), **columns)
