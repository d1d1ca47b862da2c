"""Languages of chats, and stems for messages that are stored: the typed face of sql/queries/languages.sql."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import args_row, class_row, scalar_row, tuple_row

from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.queries import queries
from backscroll.model.message import Cursor

_SQL = queries("languages")
_STAGING = queries("staging")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A chat and its language (code; None: not known, or none where `is_set`, which says that a person chose it)."""

    id: UUID
    language: str | None
    is_set: bool
    message_count: int


@dataclass(frozen=True, slots=True)
class Text:
    """A stored message's place and text."""

    cursor: Cursor
    body: str


@dataclass(frozen=True, slots=True)
class Stemmed:
    """What search is to know of a stored message: `stems` marked, apart by single blanks."""

    cursor: Cursor
    search_text: str | None
    stems: str | None


class Languages:
    """Which languages there are, and the steps of giving a chat another one."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def present(self) -> dict[str, int]:
        """The languages of the archive (codes), the commonest first, with the number of their chats."""
        return dict(await self._gateway.fetch_all(_SQL["present"], {}, tuple_row))

    async def known(self, source: UUID) -> Mapping[UUID, str | None]:
        """The chats of a source whose language is settled; None: a person said that a chat has none."""
        return dict(await self._gateway.fetch_all(_SQL["known"], {"source": source}, tuple_row))

    async def unsettled(self) -> list[Spoken]:
        """Chats whose language nobody knows, and those whose messages do not all have its stems; the largest first."""
        return await self._gateway.fetch_all(_SQL["unsettled"], {}, class_row(Spoken))

    async def half_stemmed(self, sources: Sequence[UUID]) -> list[Spoken]:
        """Chats of these sources of whose messages not all have the stems of their language."""
        return await self._gateway.fetch_all(_SQL["half_stemmed"], {"sources": list(sources)}, class_row(Spoken))

    async def of(self, chats: Iterable[UUID]) -> Mapping[UUID, str | None]:
        """The languages of these chats (codes; None: not known, or none)."""
        return dict(await self._gateway.fetch_all(_SQL["of_chats"], {"chats": list(chats)}, tuple_row))

    async def begin(self, chat: UUID) -> int:
        """Says that from now on not all messages of a chat have the same stems; gives how many messages it has."""
        found = await self._gateway.fetch_all(_SQL["begin"], {"chat": chat}, scalar_row)
        return int(found[0]) if found else 0

    async def texts(self, chat: UUID, after: Cursor, limit: int) -> list[Text]:
        """The next messages of a chat behind a place, the oldest first."""
        values = {"chat": chat, "sent_at": after.sent_at, "id": after.id, "limit": limit}
        return await self._gateway.fetch_all(_SQL["texts"], values, args_row(_text))

    async def stem(self, chat: UUID, rows: Sequence[Stemmed], words: Sequence[str]) -> None:
        """Gives messages of a chat, in the order of time, their words and stems, and the archive words of theirs."""
        if not rows:
            return
        values = {
            "chat": chat,
            "moments": [row.cursor.sent_at for row in rows],
            "ids": [row.cursor.id for row in rows],
            "search_texts": [row.search_text for row in rows],
            "stems": [row.stems for row in rows],
            "since": rows[0].cursor.sent_at,
            "until": rows[-1].cursor.sent_at,
        }

        async def unit(connection: Connection) -> None:
            await connection.execute(_STAGING["lock"])
            await connection.execute(_STAGING["settings"])
            await connection.execute(_SQL["stem"], values)
            await connection.execute(_STAGING["add_words"], {"words": " ".join(words)})

        await self._gateway.transact(unit)

    async def finish(self, chat: UUID, language: str | None, *, is_set: bool, count: int) -> bool:
        """Gives a chat its language once all of its `count` messages have the stems; False where there are more now."""
        values = {"chat": chat, "language": language, "is_set": is_set, "count": count}
        return bool(await self._gateway.fetch_all(_SQL["finish"], values, scalar_row))


def _text(sent_at: datetime, identity: UUID, body: str) -> Text:
    return Text(Cursor(sent_at, identity), body)
