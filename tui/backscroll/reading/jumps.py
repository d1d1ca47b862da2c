"""Jumps through the time of one conversation: into some days, and to the next or previous day, month or year."""

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from backscroll.dates import Span, day_of, month_span, start_of
from backscroll.model.conversation import Place
from backscroll.model.message import Cursor, Message

if TYPE_CHECKING:
    from backscroll.archive.messages import Messages

_FIRST_ID: Final = UUID(int=0)


class Period(StrEnum):
    """A stretch of the calendar that one steps by."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Side(Enum):
    """Where a message lies, seen from the days that were asked for."""

    BEFORE = -1
    INSIDE = 0
    AFTER = 1


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a jump into some days leads, and whether that lies in them."""

    message: Message
    side: Side


def beginning(day: date, zone: tzinfo | None) -> Cursor:
    """The place before every message of a day (in a zone; None: the machine's) and after all earlier ones."""
    return Cursor(start_of(day, zone), _FIRST_ID)


def period_of(day: date, period: Period) -> Span:
    """The day, month or year in which a day lies."""
    try:
        if period is Period.DAY:
            return Span(day, day + timedelta(days=1))
        return month_span(day.year, day.month) if period is Period.MONTH else month_span(day.year, 1, 12)
    except (ValueError, OverflowError):  # the last one of the calendar
        return Span(_first_day(day, period), date.max)


def _first_day(day: date, period: Period) -> date:
    if period is Period.DAY:
        return day
    return day.replace(day=1) if period is Period.MONTH else day.replace(month=1, day=1)


async def into(messages: "Messages", conversation: UUID, span: Span, zone: tzinfo | None) -> Landing | None:
    """The first message of some days, else the next one after them, else the last one of the conversation.

    None where it has no message at all. Days are those of a zone; None is the machine's.
    """
    found = _only(await messages.starting(conversation, beginning(span.first, zone), limit=1))
    if found:
        is_inside = found.cursor < beginning(span.after, zone)
        return Landing(found, Side.INSIDE if is_inside else Side.AFTER)
    last = _only(await messages.before(conversation, limit=1))
    return Landing(last, Side.BEFORE) if last else None


async def step(messages: "Messages", place: Place, period: Period, way: int, zone: tzinfo | None) -> Message | None:
    """The first message of the next period that has messages (way 1), or of the one before (way -1).

    From inside a period the way back leads to its own first message. None where nothing lies that way.
    """
    chat, here = place.conversation_id, place.cursor
    if way > 0:
        after = period_of(day_of(here.sent_at, zone), period).after
        # Where clocks are put back over midnight, the next day may seem to begin before this message.
        return _only(await messages.after(chat, max(beginning(after, zone), here), limit=1))
    first = await _first(messages, chat, here, period, zone)
    if first is not None and first.cursor < here:
        return first
    older = _only(await messages.before(chat, here, limit=1))
    return await _first(messages, chat, older.cursor, period, zone) if older else None


async def _first(
    messages: "Messages", chat: UUID, cursor: Cursor, period: Period, zone: tzinfo | None
) -> Message | None:
    """The first message of the period in which a message lies."""
    first = beginning(_first_day(day_of(cursor.sent_at, zone), period), zone)
    return _only(await messages.starting(chat, min(first, cursor), limit=1))


def _only(page: list[Message]) -> Message | None:
    return page[0] if page else None
