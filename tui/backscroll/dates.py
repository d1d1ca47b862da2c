"""Dates as people say them, and the moments at which days begin in a zone: one reader for the whole program."""

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

Order: TypeAlias = Literal["dmy", "mdy"]
"""What comes first in 1/2/2021."""


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days: the first one, and the day after the last."""

    first: date
    after: date


EVER: Final = Span(date.min, date.max)
"""All days."""

_YEARS: Final = range(1900, 2200)
"""A plain number is a year only among these: 1234 may be the beginning of an id."""
_LONGEST: Final = 60
_MONTH_FIRST: Final = {"AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "US", "VI"}
_LANGUAGES: Final = [
    *("de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "el"),
    *("ru", "uk", "tr", "ar", "he", "hi", "id", "ja", "ko", "zh"),
]
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_reading = Lock()


def named(text: str, today: date, order: Order | None = None) -> Span | None:
    """The day, week, month, quarter or year that a person names; None where the text is no date, or has a time.

    What is said relatively or without a year lies in the past of `today`. `order` decides 1/2/2021; None is the
    machine's. Numbers are read at once; the first text in words takes up to two seconds, because the words of many
    languages are loaded: keep that off an event loop. May be called from several threads.
    """
    if len(text) > _LONGEST:
        return None
    words = " ".join(unicodedata.normalize("NFKC", text).lower().split()).strip(" .,")
    try:
        for form, read in _FORMS:
            match = form.fullmatch(words)
            if match:
                return read(match, today, order or _usual_order())
        return _said(words, today, order or _usual_order()) if _has_words(words) else None
    except (ValueError, OverflowError):
        return None


def start_of(day: date, zone: tzinfo | None) -> datetime:
    """The moment (UTC) at which a day begins in a zone (None: the machine's); at an end of the calendar, that end.

    Where clocks are put forward at midnight it is the moment of the change; where midnight comes twice, the first.
    """
    try:
        midnight = datetime.combine(day, time())
        return (midnight.replace(tzinfo=zone) if zone else midnight.astimezone()).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return _FIRST if day.year < 5000 else _LAST


def local(moment: datetime, zone: tzinfo | None) -> datetime:
    """An aware moment in a zone (None: the machine's); moments at the very ends of the calendar stay as they are."""
    try:
        return moment.astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return moment


def day_of(moment: datetime, zone: tzinfo | None) -> date:
    """The day on which an aware moment falls in a zone (None: the machine's)."""
    return local(moment, zone).date()


def long_day(day: date) -> str:
    """A day as it is written: Tue 12 Mar 2024."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def month_span(year: int, month: int, months: int = 1) -> Span:
    """A month, or several from it on. Raises ValueError at the ends of the calendar."""
    years, rest = divmod(month - 1 + months, 12)
    return Span(date(year, month, 1), date(year + years, rest + 1, 1))


# In words


def _has_words(text: str) -> bool:
    """Numbers alone are read by their forms or not at all, and a single letter is no date."""
    return any(map(str.isalpha, text)) and sum(map(str.isalnum, text)) > 1


def _said(words: str, today: date, order: Order) -> Span | None:
    with _reading:
        try:
            found = _reader(today, order).get_date_data(words)
        except Exception:  # noqa: BLE001  (it fails in many ways on what is no date)
            return None
    if found.date_obj is None or found.date_obj.year not in _YEARS:
        return None
    day, period = found.date_obj.date(), found.period
    if period == "week":
        return _days(day - timedelta(days=day.weekday()), 7)
    if period == "month":
        return month_span(day.year, day.month)
    if period == "year":
        return month_span(day.year, 1, 12)
    return _days(day) if period == "day" else None


@lru_cache(maxsize=2)
def _reader(today: date, order: Order) -> "DateDataParser":
    from dateparser.data.languages_info import language_order
    from dateparser.date import DateDataParser

    own = _locale()[0]
    return DateDataParser(
        languages=list(dict.fromkeys(["en", *[own] * (own in language_order), *_LANGUAGES])),
        use_given_order=True,
        settings={
            "DATE_ORDER": order.upper(),
            "PREFER_DATES_FROM": "past",
            "PREFER_DAY_OF_MONTH": "first",
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "RETURN_TIME_AS_PERIOD": True,
        },
    )


def _usual_order() -> Order:
    return "mdy" if _locale()[1] in _MONTH_FIRST else "dmy"


def _locale() -> tuple[str, str]:
    """Language and territory of the machine, each empty where it has none."""
    name = next(filter(None, (os.environ.get(key) for key in ("LC_ALL", "LC_TIME", "LANG"))), "")
    language, _, territory = re.split(r"[.@]", name)[0].partition("_")
    return language.lower(), territory.upper()


# In numbers


def _days(first: date, days: int = 1) -> Span:
    return Span(first, first + timedelta(days=days))


def _year_first(match: re.Match[str], _today: date, _order: Order) -> Span | None:
    year, month, day = (int(match[part] or 0) for part in ("year", "month", "day"))
    if match["day"]:
        return _days(date(year, month, day))
    if match["month"]:
        return month_span(year, month)
    return month_span(year, 1, 12) if year in _YEARS else None


def _compact(match: re.Match[str], _today: date, _order: Order) -> Span | None:
    year, month, day = (int(part) for part in match.groups())
    return _days(date(year, month, day)) if year in _YEARS else None


def _year_last(match: re.Match[str], today: date, order: Order) -> Span:
    day, month = _day_and_month(match, order)
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if 2000 + year <= today.year else 1900
    return _days(date(year, month, day))


def _yearless(match: re.Match[str], today: date, order: Order) -> Span | None:
    day, month = _day_and_month(match, order)
    for year in range(today.year, today.year - 9, -1):  # 29.2. may be eight years ago
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return _days(found)
    return None


def _day_and_month(match: re.Match[str], order: Order) -> tuple[int, int]:
    """Who writes dots puts the day first wherever they live; what cannot be a month is a day."""
    one, other = int(match["one"]), int(match["other"])
    day, month = (other, one) if order == "mdy" and match["sign"] != "." else (one, other)
    return (month, day) if month > 12 >= day else (day, month)


def _month(match: re.Match[str], _today: date, _order: Order) -> Span:
    return month_span(int(match["year"]), int(match["month"]))


def _quarter(match: re.Match[str], _today: date, _order: Order) -> Span:
    return month_span(int(match["before"] or match["after"]), 3 * int(match["first"] or match["last"]) - 2, 3)


def _week(match: re.Match[str], _today: date, _order: Order) -> Span:
    return _days(date.fromisocalendar(int(match[1]), int(match[2]), 1), 7)


def _today_or_before(match: re.Match[str], today: date, _order: Order) -> Span:
    return _days(today - timedelta(days=match[0] == "yesterday"))


_Read: TypeAlias = Callable[[re.Match[str], date, Order], Span | None]
_FORMS: Final[tuple[tuple[re.Pattern[str], _Read], ...]] = (
    (re.compile(r"(?P<year>\d{4})(?:(?P<sign>[-/. ])(?P<month>\d{1,2})(?:(?P=sign)(?P<day>\d{1,2}))?)?"), _year_first),
    (
        re.compile(r"(?P<year>\d{4}) ?[年년](?: ?(?P<month>\d{1,2}) ?[月월](?: ?(?P<day>\d{1,2}) ?[日일号])?)?"),
        _year_first,
    ),
    (re.compile(r"(\d{4})(\d\d)(\d\d)"), _compact),
    (re.compile(r"(?P<one>\d{1,2})(?P<sign>[-/. ])(?P<other>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)"), _year_last),
    (re.compile(r"(?P<month>\d{1,2})[-/. ](?P<year>\d{4})"), _month),
    (re.compile(r"(?P<one>\d{1,2})(?P<sign>[/.])(?P<other>\d{1,2})"), _yearless),
    (re.compile(r"q(?P<first>[1-4])[-/ ]?(?P<after>\d{4})|(?P<before>\d{4})[-/ ]?q(?P<last>[1-4])"), _quarter),
    (re.compile(r"(\d{4})-?w(\d\d)"), _week),
    (re.compile(r"today|yesterday"), _today_or_before),
)
