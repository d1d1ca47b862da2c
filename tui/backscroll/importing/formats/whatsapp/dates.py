"""Dates made of numbers: in which order day, month and year stand in a whole file, and which day each means."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from backscroll.errors import AppError, UndecidedDatesError
from backscroll.importing.format import Choices, DateOrder
from backscroll.importing.formats.whatsapp.headers import ERAS, DateForm
from backscroll.importing.shown_dates import EXAMPLES, both_ways, spoken

_NUMBERS: Final = re.compile(r"\d+")
_ERA: Final = re.compile("|".join(ERAS))
_ORDERS: Final[dict[DateForm, tuple[DateOrder, ...]]] = {
    "year first": ("ymd",),
    "year last": ("dmy", "mdy"),
    "short": ("dmy", "mdy", "ymd"),
    "era first": ("ymd",),
    "era last": ("dmy", "mdy"),
    "era after": ("dmy", "mdy"),
}
_ALL: Final[tuple[DateOrder, ...]] = ("dmy", "mdy", "ymd")
_SPOKEN: Final[dict[DateOrder, str]] = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_ONLY: Final = "in any other order there would be no such days"
_CALMER: Final = "in any other order time would run backwards"
_ALIKE: Final = "as in the other files of this import"
_PLAIN: Final = 100
"""Dates that must speak against every other order, and none against one, for that to be plain."""
FIRST_YEAR: Final = 2009
"""The year in which WhatsApp began; earlier dates speak against an order, but are read all the same."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How the dates of one file are read.

    `read` raises ValueError where there is no such day. `order` is None where nothing hangs on it, and `reason` says in
    words how it was decided. Where `follows`, a date's year hangs on the dates before it, so that they must be read in
    the order of the file. `remarks` tell what was taken for granted, each with its subject.
    """

    read: Callable[[str], date]
    order: DateOrder | None = None
    reason: str = ""
    follows: bool = False
    remarks: tuple[tuple[str, str], ...] = ()


def read_date(text: str, order: DateOrder) -> date:
    """The day that a header's numbers mean. Raises ValueError where there is no such day."""
    a, b, c = (int(number) for number in _NUMBERS.findall(text))
    year, month, day = (c, b, a) if order == "dmy" else (c, a, b) if order == "mdy" else (a, b, c)
    era = _ERA.search(text)
    return date(ERAS[era[0]] + year if era else _full_year(year), month, day)


def _full_year(year: int) -> int:
    if year > 2400:  # the Buddhist era
        return year - 543
    if year >= 100:
        return year
    if year > 92:
        return 1900 + year
    return 2500 + year - 543 if year >= 52 else 2000 + year  # 2552 was the year in which WhatsApp began


class DateOrders:
    """Gathers what the dates of a file say about their order, while the file passes by; keeps no more than a few."""

    def __init__(self, form: DateForm) -> None:
        self._orders = _ORDERS[form]
        self._dates = 0
        self._impossible = dict.fromkeys(_ALL, 0)
        self._early = dict.fromkeys(_ALL, 0)
        self._backwards = dict.fromkeys(_ALL, 0)
        self._latest: dict[DateOrder, date] = {}
        self._examples: dict[str, str] = {}
        self._symmetric = True

    def see(self, text: str, line: str, said: str = "") -> None:  # noqa: ARG002 - other dates are told by what was said
        """Takes in the date of a message, and its line up to the text; of equal ones in a row one is enough."""
        self._dates += 1
        readings = {}
        for order in _ALL:
            try:
                readings[order] = read_date(text, order)
            except ValueError:
                self._impossible[order] += 1
            else:
                self._early[order] += readings[order].year < FIRST_YEAR
        for order, day in readings.items():
            if day < self._latest.get(order, day):
                self._backwards[order] += 1
            self._latest[order] = day
        if readings.get("dmy") != readings.get("mdy"):
            self._symmetric = False
            both = "dmy" in readings and "mdy" in readings
            if both and len(self._examples) < EXAMPLES and text not in self._examples:
                self._examples[text] = line

    @property
    def is_plain(self) -> bool:
        """Whether what follows would not change the order: a phone writes all of a file in one."""
        against = [self._impossible[order] + self._early[order] for order in self._orders]
        first, *others = sorted(against)
        return not first and self._dates >= _PLAIN and all(count >= _PLAIN for count in others)

    def decide(self, choices: Choices, name: str) -> Calendar:
        """How the whole file is read. Raises AppError where it cannot be told or the chosen order fits no date."""
        order, reason = self._decided(choices, name)
        remarks = [("date order", self._told(order, reason))] if reason in (_CALMER, _ALIKE) else []
        if self._dates and self._early[order] + self._impossible[order] == self._dates:
            remarks.append(("dates", f"No date is of {FIRST_YEAR} or later: they may be of another calendar."))
        matters = bool(reason) or not self._symmetric or len(self._orders) == 1
        read = partial(read_date, order=order)
        return Calendar(read, order if matters else None, reason, remarks=tuple(remarks))

    def _decided(self, choices: Choices, name: str) -> tuple[DateOrder, str]:
        """The order and why it is that one; no reason where nothing had to be decided."""
        if choices.date_order is not None:
            if self._dates and not self._latest.get(choices.date_order):
                raise AppError(
                    f"No date in {name} can be read as {choices.date_order}",
                    "Leave out --date-order, or name another one: dmy, mdy or ymd.",
                    code="wrong_date_order",
                )
            return choices.date_order, "as chosen"
        left = self._likeliest()
        reason = _ONLY if "dmy" not in left or "mdy" not in left else ""
        calmest = min(self._backwards[order] for order in left)
        calm = [order for order in left if self._backwards[order] <= 3 * calmest]
        if len(calm) > 1 and "ymd" in calm:  # a year of two digits stands last almost everywhere
            calm.remove("ymd")
        if len(calm) == 1 or self._symmetric:
            return calm[0], (reason or _CALMER) if self._varies() else ""
        if choices.likely_date_order in calm:
            return choices.likely_date_order, _ALIKE
        raise self._ambiguous(name)

    def _likeliest(self) -> list[DateOrder]:
        """The orders in which the fewest dates are impossible or before WhatsApp's time."""
        unlikely = {order: self._impossible[order] + self._early[order] for order in self._orders}
        left = [order for order in self._orders if unlikely[order] == min(unlikely.values())]
        # In another calendar every date is early, in either order.
        rivals = [order for order in left if order != "ymd"]
        fewest = min((self._impossible[order] for order in rivals), default=0)
        return [order for order in left if order == "ymd" or self._impossible[order] == fewest]

    def _varies(self) -> bool:
        return len(self._orders) > 1 and not self._symmetric

    def _told(self, order: DateOrder, reason: str) -> str:
        example = next(iter(self._examples), None)
        shown = f" ({example} is {spoken(read_date(example, order))})" if example else ""
        return f"Dates are read {_SPOKEN[order]}{shown}: {reason}."

    def _ambiguous(self, name: str) -> AppError:
        return UndecidedDatesError(name, [both_ways(line, *self._both(text)) for text, line in self._examples.items()])

    def _both(self, text: str) -> tuple[date, date]:
        return read_date(text, "dmy"), read_date(text, "mdy")
