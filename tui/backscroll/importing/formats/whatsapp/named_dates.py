"""Dates with the name of a month: which month that is, and in which year where the headers name none."""

import re
from calendar import isleap
from collections import Counter
from datetime import date, timedelta
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.format import Choices
from backscroll.importing.formats.whatsapp.calendars import months_named
from backscroll.importing.formats.whatsapp.dates import Calendar
from backscroll.importing.formats.whatsapp.headers import MONTH, WEEKDAY, Family, named_date

# Files are named by the day on which they were sent, on Android and on iOS.
_FILE_DAY: Final = re.compile(
    r"\b(?:IMG|VID|AUD|PTT|STK|DOC)-(20\d\d)(\d\d)(\d\d)-WA|\b\d{8}-[A-Z]+-(20\d\d)-(\d\d)-(\d\d)-", re.ASCII
)
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)", re.ASCII)
_NEAR: Final = timedelta(2)  # how far lines may be out of order
_ALMOST_A_YEAR: Final = timedelta(363)
_LEAP: Final = 2000  # a year that has every day


class _Parser:
    """Takes the dates of one family apart."""

    def __init__(self, family: Family) -> None:
        shape = named_date(family.date, family.has_year, f"(?P<month>{MONTH})", r"(?P<day>\d{1,2})", r"(?P<year>\d{4})")
        self._pattern = re.compile(WEEKDAY + shape)

    def parts(self, text: str) -> tuple[str, int, int | None]:
        """The month as it is written, the day and the year. Raises ValueError where the text is no date."""
        found = self._pattern.match(text)
        if found is None:
            raise ValueError("this is no date")
        year = int(found.groupdict().get("year") or 0)
        return found["month"], int(found["day"]), (year - 543 if year > 2400 else year) or None  # the Buddhist era


class NamedDates:
    """Gathers the months of a file and, where the headers have no year, what tells it, while the file passes by."""

    def __init__(self, family: Family, file_name: str) -> None:
        self._parser = _Parser(family)
        self._has_year = family.has_year
        self._file_name = file_name
        self._months: dict[str, int] = {}
        self._dates: list[str] = []  # without a year, each that differs from the one before
        self._sent: list[tuple[int, date]] = []  # a place in `_dates`, and the day that a file was named by then

    is_plain: Final = False
    """Any further date may be of a month that was not met before."""

    @property
    def months(self) -> tuple[str, ...]:
        """The names of months that were seen."""
        return tuple(sorted(self._months))

    def see(self, text: str, line: str, said: str) -> None:  # noqa: ARG002 - dates of numbers are shown with their line
        """Takes in the date of a message and how its text begins; a word that is no month is let pass."""
        try:
            month, _, year = self._parser.parts(text)
            if month not in self._months:
                self._months |= months_named([month])
        except ValueError:
            return
        if year is None:
            if not self._dates or self._dates[-1] != text:
                self._dates.append(text)
            day = _day_of_file(said)
            if day is not None:
                self._sent.append((len(self._dates) - 1, day))

    def decide(self, choices: Choices, name: str) -> Calendar:
        """How the whole file is read. Raises AppError where its year cannot be told or the chosen one does not fit."""
        self._months = months_named(self._months)
        if self._has_year:
            return Calendar(self._read)
        first, reason = self._first_year(choices, name)
        walk = _Walk(first)
        told = f"The headers name no year; the chat is taken to begin in {first}, {reason}."
        return Calendar(lambda text: walk.date_of(self._leap_day(text)), follows=True, remarks=(("year", told),))

    def _read(self, text: str) -> date:
        _, _, year = self._parser.parts(text)
        return self._leap_day(text).replace(year=year or _LEAP)

    def _leap_day(self, text: str) -> date:
        """The date in a year that has every day."""
        month, day, _ = self._parser.parts(text)
        if month not in self._months:
            raise ValueError("there is no such month")
        return date(_LEAP, self._months[month], day)

    def _first_year(self, choices: Choices, name: str) -> tuple[int, str]:
        """The year in which the file begins, and who told it."""
        days, later = self._years_later()
        if choices.year is not None:
            if not _exist(days, later, choices.year):
                raise AppError(
                    f"The dates in {name} do not begin in {choices.year}",
                    "One of them is 29 February of a year that has none. Name another --year.",
                    code="wrong_year",
                )
            return choices.year, "as chosen"
        sent = Counter(
            day.year - later[place] for place, day in self._sent if abs(day.replace(year=_LEAP) - days[place]) <= _NEAR
        )
        if sent:
            return sent.most_common(1)[0][0], "as the names of the files that were sent tell"
        named = sorted({int(year) for year in _YEAR.findall(self._file_name)})
        if named and named[-1] - named[0] == max(later, default=0) and _exist(days, later, named[0]):
            return named[0], "as the name of the export tells"
        raise self._unknown(name, max(later, default=0))

    def _years_later(self) -> tuple[list[date], list[int]]:
        """The days of the dates that were seen, and by how many years each comes after the first."""
        walk = _Walk(0)
        days: list[date] = []
        later: list[int] = []
        for text in self._dates:
            try:
                day = self._leap_day(text)
            except ValueError:  # a day that no month has: told where it is read
                day = days[-1] if days else date(_LEAP, 1, 1)
            days.append(day)
            later.append(walk.year_of(day))
        return days, later

    def _unknown(self, name: str, turns: int) -> AppError:
        years = f" {turns} years later" if turns > 1 else " of the next year" if turns else ""
        shown = (
            f"The first is {self._dates[0]}, the last is {self._dates[-1]}{years}.\n" if len(self._dates) > 1 else ""
        )
        hint = f"{shown}Say with --year in which year the chat begins. Nothing was imported."
        return AppError(f"The dates in {name} name no year", hint, code="no_year")


class _Walk:
    """Finds the year of one date after another: where a date lies before the last one, a year has passed."""

    def __init__(self, first: int) -> None:
        self._first = self._year = first
        self._latest: date | None = None

    def date_of(self, day: date) -> date:
        """The date in its year. Raises ValueError where that year has no such day."""
        return day.replace(year=self.year_of(day))

    def year_of(self, day: date) -> int:
        """The year of a date that follows the last one; lines may be a little out of order."""
        if self._latest is None or self._latest <= day:
            if self._latest and day - self._latest >= _ALMOST_A_YEAR and self._year > self._first:
                return self._year - 1  # 31 December after 1 January
            self._latest = day
        elif self._latest - day > _NEAR:
            self._year += 1
            self._latest = day
        return self._year


def _exist(days: list[date], later: list[int], first: int) -> bool:
    """Whether every day is one in the year that it would fall into."""
    return all(isleap(first + n) for day, n in zip(days, later, strict=True) if (day.month, day.day) == (2, 29))


def _day_of_file(said: str) -> date | None:
    """The day that the name of a file tells on which the application saved it."""
    found = _FILE_DAY.search(said)
    if found is None:
        return None
    try:
        return date(*(int(number) for number in found.groups() if number))
    except ValueError:
        return None
