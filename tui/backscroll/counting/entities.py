"""What the messages of a chat name: links, mail, phones, mentions, hashtags, dates and amounts, read on demand."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.dates import named
from backscroll.model.entities import Entity, entities
from backscroll.model.message import NEWEST, OLDEST, Cursor, Message
from backscroll.model.query import Sent

_PAGE: Final = 1_000


async def named_in(
    archive: Archive, chat: UUID, sent: Sent, tell: Callable[[int], None] = lambda _: None
) -> AsyncIterator[tuple[Message, list[Entity]]]:
    """The messages of a chat from a stretch of time that name something, oldest first, with what they name.

    `tell` is told how many messages were read. Raises AppError.
    """
    cursor = Cursor(sent.since, OLDEST.id) if sent.since else OLDEST
    end = Cursor(sent.until, OLDEST.id) if sent.until else NEWEST
    read = 0
    while page := await archive.messages.after(chat, cursor, limit=_PAGE):
        inside = [message for message in page if message.cursor < end]
        # Words that may be a date take their time to be understood: not where keys are heard.
        for message, found in await asyncio.to_thread(_named, inside):
            yield message, found
        read += len(inside)
        tell(read)
        if len(inside) < len(page):
            return
        cursor = page[-1].cursor


def _named(messages: Sequence[Message]) -> list[tuple[Message, list[Entity]]]:
    found = ((message, entities(message.text, _is_date)) for message in messages)
    return [(message, said) for message, said in found if said]


@lru_cache(maxsize=4096)
def _is_date(text: str) -> bool:
    return named(text, date.max.replace(year=2200)) is not None
