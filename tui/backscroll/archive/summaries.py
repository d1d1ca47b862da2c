"""Stored summaries: the typed face of sql/queries/summaries.sql."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import kwargs_row

from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.queries import queries
from backscroll.model.message import Cursor
from backscroll.model.storable import storable
from backscroll.model.summary import Cost, Link, Method, Scope, Status, Stretch, Summary

_SQL = queries("summaries")


class Summaries:
    """Text about stretches of conversations."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def of_chat(self, conversation: UUID, *, limit: int = 200) -> list[Summary]:
        """The summaries of a chat, the one of the newest stretch first.

        Those of searches come without the number of messages that there are now.
        """

        def summary(**columns: Any) -> Summary:
            return _summary(conversation, columns)

        values = {"conversation": conversation, "limit": limit}
        return await self._gateway.fetch_all(_SQL["of_chat"], values, kwargs_row(summary))

    async def add(self, summary: Summary) -> None:
        """Stores a summary in place of one that was made of the same stretch in the same way; one that a person wrote
        stays beside it. The same id again changes nothing."""
        values, links = _values(summary), summary.links
        linked = {
            "conversation": summary.stretch.conversation_id,
            "id": summary.id,
            "starts": [link.start for link in links],
            "ends": [link.end for link in links],
            "sent_ats": [link.cursor.sent_at for link in links],
            "ids": [link.cursor.id for link in links],
        }

        async def unit(connection: Connection) -> None:
            await connection.execute(_SQL["supersede"], values)
            await connection.execute(_SQL["add"], values)
            await connection.execute(_SQL["add_links"], linked)

        await self._gateway.transact(unit)

    async def remove(self, summary: Summary) -> None:
        """Takes a summary away for good."""
        await self._gateway.execute(_SQL["remove"], {"conversation": summary.stretch.conversation_id, "id": summary.id})


def _values(summary: Summary) -> dict[str, object]:
    stretch, newest, cost = summary.stretch, summary.newest, summary.cost
    return {
        "conversation": stretch.conversation_id,
        "id": summary.id,
        "thread": stretch.thread_id,
        "since": stretch.since,
        "until": stretch.until,
        "text": storable(summary.text),
        "message_count": summary.message_count,
        "participants": list(summary.participants),
        "method": summary.method.value,
        "model": summary.model,
        "status": summary.status.value,
        "generated_at": summary.generated_at,
        "scope": stretch.scope.value,
        "query": stretch.query,
        "newest_sent_at": newest and newest.sent_at,
        "newest_id": newest and newest.id,
        "tokens_in": cost and cost.tokens_in,
        "tokens_out": cost and cost.tokens_out,
        "price": cost and cost.price,
        "is_masked": summary.is_masked,
    }


def _summary(conversation: UUID, row: dict[str, Any]) -> Summary:
    newest = Cursor(row["newest_sent_at"], row["newest_id"]) if row["newest_id"] else None
    cost = None if row["tokens_in"] is None else Cost(row["tokens_in"], row["tokens_out"] or 0, row["price"])
    return Summary(
        row["id"],
        Stretch(
            conversation, Scope(row["scope"]), row["thread_id"], row["period_start"], row["period_end"], row["query"]
        ),
        row["text"],
        row["message_count"],
        tuple(row["participants"]),
        Method(row["method"]),
        row["generated_at"],
        Status(row["status"]),
        row["model"],
        newest,
        cost,
        row["is_masked"],
        _links(row["starts"] or (), row["ends"] or (), row["sent_ats"] or (), row["ids"] or ()),
        row["thread"],
        row["present"],
    )


def _links(
    starts: Sequence[int], ends: Sequence[int], sent_ats: Sequence[datetime], ids: Sequence[UUID]
) -> tuple[Link, ...]:
    rows = zip(starts, ends, sent_ats, ids, strict=True)
    return tuple(Link(start, end, Cursor(sent_at, identity)) for start, end, sent_at, identity in rows)
