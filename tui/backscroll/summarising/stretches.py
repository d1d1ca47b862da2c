"""Names the stretches that a person means: all of a chat, a thread, what is unread there or anywhere, days or weeks."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final
from uuid import UUID

from msgspec.structs import replace

from backscroll.dates import day_of, start_of
from backscroll.errors import AppError
from backscroll.model.conversation import Day, Listing
from backscroll.model.message import Message
from backscroll.model.summary import Scope, Stretch, Wish

if TYPE_CHECKING:
    from backscroll.archive.opening import Archive

_PAGE: Final = 200


async def unread(archive: "Archive", chat: UUID) -> Stretch:
    """What this person has not read. Raises AppError where there is nothing."""
    mark = await archive.conversations.read_mark(chat)
    first = await (archive.messages.after(chat, mark, limit=1) if mark else archive.messages.after(chat, limit=1))
    if not first:
        raise AppError("Nothing is unread in this chat", "Name another stretch of it.", code="nothing_to_summarise")
    return Stretch(chat, Scope.UNREAD, since=first[0].sent_at)


async def unread_anywhere(archive: "Archive") -> list[Stretch]:
    """What this person has not read, a stretch for each chat on the list. Raises AppError where there is nothing."""
    listing, found = Listing(is_unread=True), list[Stretch]()
    page = await archive.conversations.page(listing, limit=_PAGE)
    while page:
        for chat in page:
            with suppress(AppError):  # read meanwhile
                found.append(await unread(archive, chat.id))
        page = await archive.conversations.page(listing, limit=_PAGE, after=page[-1])
    if not found:
        raise AppError("Nothing is unread", "Name a chat.", code="nothing_to_summarise")
    return found


async def meant(archive: "Archive", wish: Wish, zone: tzinfo | None) -> list[Stretch]:
    """The stretches that a wish is about: one, or many in their order. Raises AppError."""
    if wish.by is None:
        return [wish.stretch]
    if wish.by is Scope.UNREAD:
        return await unread_anywhere(archive)
    return await each(archive, wish.stretch.conversation_id, wish.by, zone, wish.stretch)


def around(message: Message, by: Scope, zone: tzinfo | None) -> Stretch:
    """The day, or else the week (as `by` says), of a message, in a zone (None: the machine's)."""
    return _calendar(message.conversation_id, by, _first(day_of(message.clock, zone), by), zone)


async def each(
    archive: "Archive", chat: UUID, by: Scope, zone: tzinfo | None, bounds: Stretch | None = None
) -> list[Stretch]:
    """The days or weeks of a chat in a zone on which something may have been said, oldest first, within bounds."""
    days = await archive.conversations.days(chat)
    found = [_calendar(chat, by, first, zone) for first in _firsts(days, by)]
    if bounds is None:
        return found
    return [inside for stretch in found if (inside := _within(stretch, bounds)) is not None]


def _firsts(days: Iterable[Day], by: Scope) -> Iterator[date]:
    """The first days of the stretches that the days of the index, which are those of UTC, touch in any zone."""
    last: date | None = None
    for day in days:
        for near in (-1, 0, 1):
            first = _first(day.day + timedelta(days=near), by)
            if last is None or first > last:
                last = first
                yield first


def _first(day: date, by: Scope) -> date:
    return day if by is Scope.DAY else day - timedelta(days=day.weekday())


def _calendar(chat: UUID, by: Scope, first: date, zone: tzinfo | None) -> Stretch:
    after = first + timedelta(days=1 if by is Scope.DAY else 7)
    return Stretch(chat, by, since=start_of(first, zone), until=start_of(after, zone))


def _within(stretch: Stretch, bounds: Stretch) -> Stretch | None:
    """What of a day or week lies within bounds; where it is cut, it is no whole day or week any more."""
    since, until = _later(stretch.since, bounds.since), _earlier(stretch.until, bounds.until)
    if since is not None and until is not None and since >= until:
        return None
    is_whole = (since, until) == (stretch.since, stretch.until)
    return replace(stretch, scope=stretch.scope if is_whole else Scope.STRETCH, since=since, until=until)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((each for each in (one, other) if each is not None), default=None)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each is not None), default=None)
