"""Dates as programs show them to people, `25/03/2024 10:00` or `25-Mar-24 1:05 PM`, in tables that are no export."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from itertools import islice
from typing import Final

from backscroll.errors import UndecidedDatesError
from backscroll.importing.format import DateOrder
from backscroll.importing.moments import read_moment

EXAMPLES: Final = 3
"""Lines that are shown read both ways."""
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHOWN: Final = re.compile(
    r"(\d{1,4})[-/. ]{1,2}(\d{1,2}|[A-Za-z]{3})[a-z]*[-/. ]{1,2}(\d{2,4}),? "
    r"(\d{1,2}):(\d\d)(?::(\d\d))?\s?([AaPp][Mm])?"
)


class ShownDates:
    """The dates of one file, in a time zone, with day and month in one order."""

    def __init__(self, zone: tzinfo, order: DateOrder | None) -> None:
        self._zone = zone
        self._order = order

    def read(self, text: str) -> tuple[datetime, datetime]:
        """The wall clock as the file shows it and the moment in UTC; also of all that `read_moment` reads.

        Raises ValueError where the text is no such time.
        """
        found = _SHOWN.fullmatch(text.strip())
        if found is None:
            return read_moment(text, self._zone)
        clock = _clock(found, self._order)
        try:
            return clock, clock.replace(tzinfo=self._zone).astimezone(UTC)
        except OverflowError as error:
            raise ValueError("the year is out of range") from error


def is_time(text: str) -> bool:
    """Whether a text is a time that can be read, in one order or another."""
    try:
        return _SHOWN.fullmatch(text.strip()) is not None or bool(read_moment(text, UTC))
    except ValueError:
        return False


def order_in(dates: Iterable[str], member: str) -> DateOrder | None:
    """The order of day and month that some dates of a file leave open no more; None where they are written otherwise.

    Raises UndecidedDatesError where nothing decides.
    """
    matches = (_SHOWN.fullmatch(date.strip()) for date in dates)
    shown = [found for found in matches if found and found[2].isdigit() and len(found[1]) < 3]
    if not shown:
        return None
    if any(int(found[1]) > 12 for found in shown):
        return "dmy"
    if any(int(found[2]) > 12 for found in shown):
        return "mdy"
    raise UndecidedDatesError(member, list(islice(_examples(shown), EXAMPLES)))


def _examples(shown: Iterable[re.Match[str]]) -> Iterator[str]:
    for text, found in {found[0]: found for found in shown if found[1] != found[2]}.items():
        with suppress(ValueError):  # no such day or time
            yield both_ways(text, _clock(found, "dmy"), _clock(found, "mdy"))


def both_ways(line: str, day_first: date, month_first: date) -> str:
    """A line of an export (foreign text) with the two days that its date may be."""
    return f"“{line.strip()}” is {spoken(day_first)} (dmy) or {spoken(month_first)} (mdy)"


def spoken(day: date) -> str:
    """A day with its month by name, which nobody reads in two ways."""
    return f"{day.day} {day:%B %Y}"


def _clock(found: re.Match[str], order: DateOrder | None) -> datetime:
    first, second, third = found[1], found[2], found[3]
    if second.isalpha():
        if second.lower() not in _MONTHS:
            raise ValueError("its month is not known")
        year, month, day = int(third), _MONTHS.index(second.lower()) + 1, int(first)
    elif len(first) == 4 or order == "ymd":
        year, month, day = int(first), int(second), int(third)
    else:
        day, month = (int(second), int(first)) if order == "mdy" else (int(first), int(second))
        year = int(third)
    hour, half = int(found[4]), (found[7] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return datetime(year + 2000 if year < 100 else year, month, day, hour, int(found[5]), int(found[6] or 0))  # noqa: DTZ001
