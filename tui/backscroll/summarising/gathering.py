"""Reads the messages of a stretch, page by page, and remembers what a summary has to say of them."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import datetime, tzinfo
from typing import Final, TypeAlias

from backscroll.archive.opening import Archive
from backscroll.model.message import NEWEST, OLDEST, Cursor, Message
from backscroll.model.summary import Scope, Stretch
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse

Tell: TypeAlias = Callable[[int, int], None]
"""Is told how much of how much is done; of 0: nobody knows."""

_PAGE: Final = 500
_NAMED: Final = 500
"""People whose names a summary keeps."""


class Gathered:
    """What was read of a stretch: how many messages, the newest of them, and who wrote."""

    def __init__(self) -> None:
        self.count = 0
        self.newest: Cursor | None = None
        self._people: Counter[str] = Counter()

    def take(self, page: list[Message]) -> None:
        """Counts some messages, the next ones in their order."""
        self.count += len(page)
        self.newest = page[-1].cursor
        self._people.update(message.sender for message in page if message.sender)

    @property
    def participants(self) -> tuple[str, ...]:
        """Who wrote, the busiest first."""
        return tuple(name for name, _ in sorted(self._people.items(), key=lambda one: (-one[1], one[0]))[:_NAMED])


async def pages(archive: Archive, stretch: Stretch, zone: tzinfo | None) -> AsyncIterator[list[Message]]:
    """The messages of a stretch in their order; no page is empty. Raises AppError, also while they are read."""
    if stretch.query:
        async for page in _hits(archive, stretch, zone):
            yield page
        return
    chat, end = stretch.conversation_id, _before(stretch.until, NEWEST)
    cursor = _before(stretch.since, OLDEST)
    while True:
        page = await archive.messages.after(chat, cursor, limit=_PAGE, thread=stretch.thread_id)
        inside = [message for message in page if message.cursor < end]
        if inside:
            yield inside
        if len(inside) < _PAGE:
            return
        cursor = page[-1].cursor


async def expected(archive: Archive, stretch: Stretch) -> int:
    """How many messages a stretch has, to say how far it was read; 0 where only reading tells."""
    if stretch.query:
        return 0
    chat = stretch.conversation_id
    if stretch.thread_id is not None:
        return (await archive.threads.get(chat, stretch.thread_id)).message_count
    if stretch.scope is Scope.CHAT:
        return (await archive.conversations.get(chat)).message_count
    ends = (_before(stretch.until, NEWEST), _before(stretch.since, OLDEST))
    last, first = [await archive.messages.position(chat, end) for end in ends]
    return last - first


async def _hits(archive: Archive, stretch: Stretch, zone: tzinfo | None) -> AsyncIterator[list[Message]]:
    finding, query, cursor = Finding(archive), parse(stretch.query, zone), None
    while True:
        steps = finding.find(query, order="oldest", limit=_PAGE, after=cursor, chat=stretch.conversation_id)
        found = [found async for found in steps][-1]
        if found.hits:
            yield [hit.message for hit in found.hits]
        cursor = found.cursor
        if found.complete or cursor is None:
            return


def _before(moment: datetime | None, otherwise: Cursor) -> Cursor:
    """Just before what was sent at a moment."""
    return Cursor(moment, OLDEST.id) if moment else otherwise
