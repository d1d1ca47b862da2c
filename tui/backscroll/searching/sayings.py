"""Dates that are worth proposing, as people say them, with the days that they mean."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from backscroll.dates import Span, month_span

_BACK: Final = 30
"""How many years before this one are proposed."""
_DAY: Final = timedelta(days=1)


def sayings(typed: str, today: date) -> Iterator[tuple[str, Span]]:
    """Dates that begin as typed (lower case): words for the days of late, then years, or the months of a year."""
    for said, span in _late(today):
        if said.startswith(typed):
            yield said, span
    year = typed[:4]
    if len(typed) >= 4 and year.isdecimal() and year.isascii() and today.year - _BACK <= int(year) <= today.year:
        months = [(f"{year}-{month:02}", month_span(int(year), month)) for month in range(1, 13)]
        for said, span in [(year, _year(int(year))), *months]:
            if said.startswith(typed):
                yield said, span
        return
    for number in range(today.year, today.year - _BACK, -1):
        if str(number).startswith(typed):
            yield str(number), _year(number)


def _late(today: date) -> Iterator[tuple[str, Span]]:
    monday = today - _DAY * today.weekday()
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    yield "today", Span(today, today + _DAY)
    yield "yesterday", Span(today - _DAY, today)
    yield "this week", Span(monday, monday + 7 * _DAY)
    yield "last week", Span(monday - 7 * _DAY, monday)
    yield "this month", month_span(today.year, today.month)
    yield "last month", month_span(year, month)
    yield "this year", _year(today.year)
    yield "last year", _year(today.year - 1)


def _year(year: int) -> Span:
    return Span(date(year, 1, 1), date(year + 1, 1, 1))
