"""Dates and times of headers: in which order day, month and year stand, and which moment that was."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from backscroll.errors import AppError
from backscroll.importing.format import DateOrder
from backscroll.importing.formats.whatsapp.headers import AFTER_NOON, BEFORE_NOON, ERAS, Family, Header

_NUMBERS: Final = re.compile(r"\d+")
_ORDERS: Final[dict[str, tuple[DateOrder, ...]]] = {
    "first": ("ymd",),
    "last": ("dmy", "mdy"),
    "short": ("dmy", "mdy", "ymd"),
    "era": ("ymd",),
}
_FILLING: Final = str.maketrans("", "", " .\u00a0\u202f\u2009")
_EXAMPLES: Final = 3
_FIRST_YEAR: Final = 2009  # of WhatsApp; earlier dates speak against an order, but are read all the same


def read_date(text: str, order: DateOrder) -> date:
    """The day that a header's date means. Raises ValueError where there is no such day."""
    a, b, c = (int(number) for number in _NUMBERS.findall(text))
    before_era = next((year for era, year in ERAS.items() if text.startswith(era)), None)
    if before_era is not None:
        return date(before_era + a, b, c)
    year, month, day = (c, b, a) if order == "dmy" else (c, a, b) if order == "mdy" else (a, b, c)
    return date(_full_year(year), month, day)


def _full_year(year: int) -> int:
    if year > 2400:  # the Buddhist era
        return year - 543
    if year >= 100:
        return year
    if year >= 70:  # a phone whose clock was never set
        return 1900 + year
    return 2500 + year - 543 if year >= 52 else 2000 + year


class DateOrders:
    """Gathers what the dates of a file say about their order, while the file passes by; keeps no more than a few."""

    def __init__(self, family: Family) -> None:
        self._orders = _ORDERS[family.year]
        self._dates = 0
        self._unlikely = dict.fromkeys(_all_orders(), 0)
        self._backwards = dict.fromkeys(_all_orders(), 0)
        self._latest: dict[DateOrder, date] = {}
        self._examples: list[str] = []
        self._symmetric = True

    def see(self, text: str) -> None:
        """Takes in the date of a message; equal ones in a row need to be shown only once."""
        self._dates += 1
        readings = {}
        for order in _all_orders():
            try:
                readings[order] = read_date(text, order)
            except ValueError:
                self._unlikely[order] += 1
            else:
                self._unlikely[order] += readings[order].year < _FIRST_YEAR
        for order, day in readings.items():
            if day < self._latest.get(order, day):
                self._backwards[order] += 1
            self._latest[order] = day
        if readings.get("dmy") != readings.get("mdy"):
            self._symmetric = False
            both = "dmy" in readings and "mdy" in readings
            if both and len(self._examples) < _EXAMPLES and text not in self._examples:
                self._examples.append(text)

    def decide(self, chosen: DateOrder | None, name: str) -> DateOrder:
        """The order of the whole file. Raises AppError where it cannot be told or the chosen one fits no date."""
        if chosen is not None:
            if self._dates and not self._latest.get(chosen):
                raise AppError(
                    f"No date in {name} can be read as {chosen}",
                    "Leave out --date-order, or name another one: dmy, mdy or ymd.",
                    code="wrong_date_order",
                )
            return chosen
        fewest = min(self._unlikely[order] for order in self._orders)
        left = [order for order in self._orders if self._unlikely[order] == fewest]
        calmest = min(self._backwards[order] for order in left)
        left = [order for order in left if self._backwards[order] <= 3 * calmest]
        if len(left) > 1 and "ymd" in left:  # a year of two digits stands last almost everywhere
            left.remove("ymd")
        if len(left) > 1 and not self._symmetric:
            raise self._ambiguous(name)
        return left[0]

    def _ambiguous(self, name: str) -> AppError:
        shown = [
            f"{text}: {_spoken(read_date(text, 'dmy'))} (dmy) or {_spoken(read_date(text, 'mdy'))} (mdy)"
            for text in self._examples
        ]
        shown.append("Say which with --date-order dmy|mdy|ymd. Nothing was imported.")
        return AppError(f"The dates in {name} can be read in two ways", "\n".join(shown), code="ambiguous_date_order")


def _all_orders() -> tuple[DateOrder, ...]:
    return _ORDERS["short"]


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class _Day(NamedTuple):
    """A day's midnight, on the wall and as a moment; the moment is None on a day on which the clocks are changed."""

    clock: datetime
    moment: datetime | None


class Clock:
    """Turns headers into moments, in one order and one time zone."""

    def __init__(self, order: DateOrder, zone: tzinfo) -> None:
        self._order = order
        self._zone = zone
        self._days: dict[str, _Day] = {}
        self._latest = datetime.min.replace(tzinfo=UTC)

    def read(self, header: Header) -> tuple[datetime, datetime]:
        """The wall clock as the file shows it, and the moment in UTC. Raises ValueError where there is no such time."""
        date_text, hour_text, minute_text, second_text, marker, _ = header
        day = self._days.get(date_text)
        if day is None:
            day = self._day(date_text)
        hour = _hour_of_24(int(hour_text), marker) if marker else int(hour_text)
        minute, second = int(minute_text), int(second_text or 0)
        if hour > 23 or minute > 59 or second > 59:
            raise ValueError("there is no such time of day")
        since = timedelta(0, hour * 3600 + minute * 60 + second)
        clock = day.clock + since
        moment = self._changing(clock) if day.moment is None else day.moment + since
        self._latest = moment
        return clock, moment

    def _changing(self, clock: datetime) -> datetime:
        """The moment on a day with two offsets. In an hour that comes twice, what follows a later message is in its
        second pass."""
        moment = clock.replace(tzinfo=self._zone).astimezone(UTC)
        if moment < self._latest:
            again = clock.replace(tzinfo=self._zone, fold=1).astimezone(UTC)
            return again if again >= self._latest else moment
        return moment

    def _day(self, text: str) -> _Day:
        if len(self._days) > 20_000:
            self._days.clear()
        clock = datetime.combine(read_date(text, self._order), time())
        try:
            moment = clock.replace(tzinfo=self._zone).astimezone(UTC)
            next_moment = (clock + timedelta(1)).replace(tzinfo=self._zone).astimezone(UTC)
        except OverflowError as error:
            raise ValueError("the year is out of range") from error
        day = self._days[text] = _Day(clock, moment if next_moment - moment == timedelta(1) else None)
        return day


def _hour_of_24(hour: int, marker: str) -> int:
    word = marker.translate(_FILLING).lower()
    if word in BEFORE_NOON:
        return 0 if hour == 12 else hour
    if word in AFTER_NOON:
        return hour + 12 if hour < 12 else hour
    raise ValueError(f"{marker} is no half of a day")
