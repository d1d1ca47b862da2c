"""What an export of messages is made of: a chat's messages or a search's hits, with what was written about them."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.exporting.format import Tell
from backscroll.model.conversation import Conversation, Place
from backscroll.model.message import NEWEST, OLDEST, Cursor, Message
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.query import Order, Query, Sent
from backscroll.searching.finding import Finding

_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A message, its chat's title, the present user's bookmark and the annotations that begin at it, oldest first."""

    message: Message
    chat: str
    bookmark: Bookmark | None = None
    annotations: tuple[Annotation, ...] = ()

    @property
    def notes(self) -> Iterator[Bookmark | Annotation]:
        """All of them, the bookmark first."""
        yield from (self.bookmark,) if self.bookmark else ()
        yield from self.annotations


@dataclass(frozen=True, slots=True)
class Messages:
    """Messages to be written, once and in their order; `has_chats` where they are of more than one chat.

    `codes` has the paths of the codes that annotations bear. Times are told in `zone` (None: the machine's).
    """

    title: str
    entries: AsyncIterator[Entry]
    zone: tzinfo | None
    codes: Mapping[UUID, str]
    has_chats: bool = False


async def of_chat(archive: Archive, chat: Conversation, sent: Sent, zone: tzinfo | None, tell: Tell) -> Messages:
    """The messages of a chat that were sent in a stretch of time, oldest first.

    Raises AppError, also while they are read.
    """
    book = await archive.codes.book()
    return Messages(chat.title, _history(archive, chat, sent, tell), zone, codes=book.paths())


async def of_search(archive: Archive, query: Query, order: Order, zone: tzinfo | None, tell: Tell) -> Messages:
    """All hits of a query, newest or oldest first. Raises AppError, also while they are read."""
    book = await archive.codes.book()
    hits = _hits(archive, query, order, tell)
    return Messages(f"Search: {query.text}", hits, zone, has_chats=True, codes=book.paths())


async def _history(archive: Archive, chat: Conversation, sent: Sent, tell: Tell) -> AsyncIterator[Entry]:
    cursor, end = _cursor(sent.since, OLDEST), _cursor(sent.until, NEWEST)
    total = await archive.messages.position(chat.id, end)
    total -= await archive.messages.position(chat.id, cursor)
    done = 0
    tell(0, total)
    while page := await archive.messages.after(chat.id, cursor, limit=_PAGE):
        page = [message for message in page if message.cursor < end]
        for entry in await _noted(archive, page, {chat.id: chat.title}):
            yield entry
        if not page:
            return
        cursor, done = page[-1].cursor, done + len(page)
        tell(done, max(total, done))


async def _hits(archive: Archive, query: Query, order: Order, tell: Tell) -> AsyncIterator[Entry]:
    if order == "rank":
        raise AppError("Ranked hits are not all hits", "Export them newest or oldest first.", code="bad_query")
    finding, cursor, done = Finding(archive), None, 0
    while True:
        page = [found async for found in finding.find(query, order=order, limit=_PAGE, after=cursor)]
        found = page[-1]
        titles = {hit.message.conversation_id: hit.chat for hit in found.hits}
        for entry in await _noted(archive, [hit.message for hit in found.hits], titles):
            yield entry
        done += len(found.hits)
        tell(done, 0)
        cursor = found.cursor
        if found.complete or cursor is None:
            return


async def _noted(archive: Archive, page: list[Message], titles: Mapping[UUID, str]) -> list[Entry]:
    bookmarked = [_place(message) for message in page if message.is_bookmarked]
    annotated = [_place(message) for message in page if message.annotation_count]
    bookmarks = {mark.message.id: mark for mark in await archive.bookmarks.of_messages(bookmarked)}
    annotations: dict[UUID, list[Annotation]] = {}
    for note in await archive.annotations.of_messages(annotated):
        annotations.setdefault(note.message.id, []).append(note)
    return [
        Entry(m, titles.get(m.conversation_id, ""), bookmarks.get(m.id), tuple(annotations.get(m.id, ()))) for m in page
    ]


def _place(message: Message) -> Place:
    return Place(message.conversation_id, message.cursor)


def _cursor(moment: datetime | None, otherwise: Cursor) -> Cursor:
    """Just before what was sent at a moment."""
    return Cursor(moment, OLDEST.id) if moment else otherwise
