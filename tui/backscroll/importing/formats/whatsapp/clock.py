"""Turns the date and time of a header into a moment, in one calendar and one time zone."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from backscroll.importing.formats.whatsapp.dates import Calendar
from backscroll.importing.formats.whatsapp.headers import Time
from backscroll.importing.formats.whatsapp.noon import hour_of_24
from backscroll.importing.records import Remark

_DAYS_KEPT: Final = 20_000
_TIMES_KEPT: Final = 20_000


class _Day(NamedTuple):
    """A day's midnight, on the wall and as a moment; the moment is None on a day on which the clocks are changed."""

    clock: datetime
    moment: datetime | None


class Clock:
    """Reads the headers of one file in their order."""

    def __init__(self, calendar: Calendar, zone: tzinfo, zone_name: str) -> None:
        self._calendar = calendar
        self._zone = zone
        self._zone_name = zone_name
        self._days: dict[str, _Day] = {}
        self._times: dict[Time, timedelta] = {}
        self._days_kept = 1 if calendar.follows else _DAYS_KEPT
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._twice: Counter[date] = Counter()
        self._skipped: Counter[date] = Counter()

    def read(self, day_text: str, time_text: Time) -> tuple[datetime, datetime]:
        """The wall clock as the file shows it, and the moment in UTC. Raises ValueError where there is no such time."""
        day = self._days.get(day_text)
        if day is None:
            day = self._day(day_text)
        since = self._times.get(time_text)
        if since is None:
            since = self._time(time_text)
        clock = day.clock + since
        moment = self._changing(clock) if day.moment is None else day.moment + since
        self._latest = moment
        return clock, moment

    def _time(self, text: Time) -> timedelta:
        before, hour_text, minute_text, second_text, after = text
        mark = before or after
        hour = hour_of_24(int(hour_text), mark) if mark else int(hour_text)
        minute, second = int(minute_text), int(second_text or 0)
        if hour > 23 or minute > 59 or second > 59:
            raise ValueError("there is no such time of day")
        if len(self._times) >= _TIMES_KEPT:
            self._times.clear()
        since = self._times[text] = timedelta(0, hour * 3600 + minute * 60 + second)
        return since

    def _changing(self, clock: datetime) -> datetime:
        """The moment on a day with two offsets.

        In an hour that comes twice, what follows a later message is in its second pass. A time that is skipped is
        moved on by as much as the clocks were.
        """
        moment = clock.replace(tzinfo=self._zone).astimezone(UTC)
        again = clock.replace(tzinfo=self._zone, fold=1).astimezone(UTC)
        if again < moment:
            self._skipped[clock.date()] += 1
        elif again > moment:
            self._twice[clock.date()] += 1
            return again if moment < self._latest <= again else moment
        return moment

    def _day(self, text: str) -> _Day:
        if len(self._days) >= self._days_kept:
            self._days.clear()
        clock = datetime.combine(self._calendar.read(text), time())
        try:
            moment = clock.replace(tzinfo=self._zone).astimezone(UTC)
            next_moment = (clock + timedelta(1)).replace(tzinfo=self._zone).astimezone(UTC)
        except OverflowError as error:
            raise ValueError("the year is out of range") from error
        day = self._days[text] = _Day(clock, moment if next_moment - moment == timedelta(1) else None)
        return day

    def remarks(self, place: str) -> Iterator[Remark]:
        """What changes of the clock meant for the messages that were read."""
        for day, count in sorted(self._twice.items()):
            told = f"stood in an hour that came twice in {self._zone_name}; the order of the file told which was meant"
            yield Remark("clock change", f"{_messages(count)} of {_spoken(day)} {told}.", place)
        for day, count in sorted(self._skipped.items()):
            told = f"bore a time that {self._zone_name} skipped, and moved on with the clocks"
            hint = "Perhaps another --timezone is right"
            yield Remark("clock change", f"{_messages(count)} of {_spoken(day)} {told}. {hint}.", place)


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _messages(count: int) -> str:
    return f"{count:,} message" + ("s" if count != 1 else "")
