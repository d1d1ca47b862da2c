"""The line that opens a message: what families of it look like, and a pattern locked to one of them.

A file is written by one phone in one language, so all its headers look alike. Locking the pattern to that look is
what keeps lines pasted from another chat, and dates inside a message, from being taken for messages.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

MARKS: Final = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"
BLANK: Final = "[ \u00a0\u202f\u2009]"
MARK: Final = f"[{MARKS}]*+"

# A name may hold a colon, but not one before a blank: there the text begins.
_NAME: Final = f"{MARK}(?:([^\\n:]{{1,100}}(?::[^\\n: ][^\\n:]{{0,60}}){{0,3}}):(?: |$))?"

Shape = Literal["bracket", "dash", "colon"]
DateForm = Literal[
    "year first", "year last", "short", "era first", "era last", "era after", "named dmy", "named mdy", "named ymd"
]
ERAS: Final = {"R": 2018, "令和": 2018, "H": 1988, "平成": 1988}
"""Japanese eras, and the year before each began."""

_ERA: Final = f"(?:{'|'.join(ERAS)})"
_NUMBERS: Final = {
    "year first": "\\d{4}%s\\d{1,2}%s\\d{1,2}",
    "year last": "\\d{1,2}%s\\d{1,2}%s\\d{4}",
    "short": "\\d{1,2}%s\\d{1,2}%s\\d{2}",
    "era first": f"{_ERA}\\d{{1,2}}%s\\d{{1,2}}%s\\d{{1,2}}",
    "era last": f"\\d{{1,2}}%s\\d{{1,2}}%s{_ERA}\\d{{1,2}}",
    "era after": f"\\d{{1,2}}%s\\d{{1,2}}%s\\d{{1,2}}{BLANK}?{_ERA}",
}
MONTH: Final = f"(?:\\d{{1,2}}[月월]|[Tt]h(?:g|áng){BLANK}\\d{{1,2}}|[^\\W\\d_][^\\d\\s,،:/()\\[\\]-]{{1,15}})"
"""What may be the name of a month; Chinese, Korean and Vietnamese ones hold its number."""
_OF: Final = f"(?:{BLANK}?(?:de|del|di|d[’'])?{BLANK}|[-/])?"
_NAMED: Final = {
    "named dmy": f"<day>(?:er|[.ºª])?{_OF}<month>\\.?",
    "named mdy": f"<month>\\.?{BLANK}<day>(?:st|nd|rd|th)?",
    "named ymd": f"<month>\\.?{BLANK}?<day>[.日일]?",
}
_YEAR_LAST: Final = f"(?:(?:,?{BLANK}(?:(?:de|del|of){BLANK})?|[-/])<year>(?:{BLANK}?[гр]\\.)?)"
_YEAR_FIRST: Final = f"<year>[.年년]?{BLANK}?"
WEEKDAY: Final = f"(?:[^\\W\\d_][^\\d\\s.,،:\\[\\]-]{{1,14}}\\.?[,،]{BLANK})?"
_FRAMES: Final[dict[Shape, tuple[str, str]]] = {
    "bracket": ("\\[", "\\][ \u00a0\u202f]?"),
    "dash": ("", f"{BLANK}?[-–—]{BLANK}"),
    "colon": ("", ": "),
}


def named_date(form: DateForm, has_year: bool, month: str, day: str = "\\d{1,2}", year: str = "\\d{4}") -> str:
    """A pattern for a date with a month's name, made of patterns for its parts."""
    date = _NAMED[form]
    if has_year:
        date = _YEAR_FIRST + date if form == "named ymd" else date + _YEAR_LAST
    return date.replace("<day>", day).replace("<month>", month).replace("<year>", year)


def number_date(form: DateForm, separator: str) -> str:
    """A pattern for a date of numbers with that pattern between them."""
    return _NUMBERS[form].replace("%s", separator)


@dataclass(frozen=True, slots=True)
class Family:
    """How the headers of one file look.

    `separator` stands between the numbers of a date, `tail` after a date, `point` between hours and minutes, `unit`
    after a time; each may be empty. `has_word` says that a word stands between date and time (`klo`). `noon` says on
    which side of the time the mark of a 12-hour clock stands, and `noon_marks` is a pattern for those of the file's
    language; empty for a 24-hour clock. `months` are the names of months that the file was seen to use.
    """

    date: DateForm
    shape: Shape = "dash"
    time_first: bool = False
    separator: str = ""
    has_year: bool = True
    tail: str = ""
    comma: bool = False
    has_word: bool = False
    point: str = ":"
    has_seconds: bool = False
    noon: Literal["", "before", "after"] = ""
    noon_marks: str = ""
    unit: str = ""
    has_marks: bool = False
    months: tuple[str, ...] = ()

    @property
    def has_names(self) -> bool:
        """Whether months are named."""
        return self.date.startswith("named")

    def pattern(self) -> re.Pattern[str]:
        """Finds headers in many lines at once, each with the newline before it, because a search leaps to newlines.

        Groups: date, hour, minute, second, marker, marker, name (each may be empty or None); the message's text begins
        where the match ends, or at the name where that is no name.
        """
        mark = MARK if self.has_marks else ""
        before = f"({self.noon_marks}){BLANK}?" if self.noon == "before" else "()"
        after = f"{BLANK}?({self.noon_marks})" if self.noon == "after" else "()"
        second = "[:.](\\d\\d)" if self.has_seconds else "()"
        unit = f"{BLANK}?{re.escape(self.unit)}" if self.unit else ""
        time = f"{before}(\\d{{1,2}}){re.escape(self.point)}(\\d\\d){second}{mark}{after}{unit}{mark}"
        word = f"[^\\d\\n:\\[\\]]{{1,24}}?{BLANK}?" if self.has_word else ""
        between = f"{'[,،]' if self.comma else ''}{mark}{BLANK}{{{self._least},2}}{mark}{word}"
        date = f"({self._date(mark)}){re.escape(self.tail)}{mark}"
        first, last = (time, date) if self.time_first else (date, time)
        opening, closing = _FRAMES[self.shape]
        return re.compile(f"\n{MARK}{opening}{mark}{first}{between}{last}{closing}{_NAME}", re.MULTILINE)

    @property
    def parts(self) -> tuple[int, slice]:
        """Where a date and a time stand among the pattern's groups."""
        return (5, slice(0, 5)) if self.time_first else (0, slice(1, 6))

    @property
    def _least(self) -> int:
        """How many blanks at least stand between date and time."""
        return 0 if self.comma or self.date == "named ymd" else 1

    def _date(self, mark: str) -> str:
        if self.has_names:
            months = "|".join(map(re.escape, sorted(self.months, key=len, reverse=True)))
            return WEEKDAY + named_date(self.date, self.has_year, f"(?:{months or MONTH})")
        return number_date(self.date, mark + re.escape(self.separator) + mark)


Time: TypeAlias = tuple[str, ...]
"""A mark, hour, minute, second and a mark, as text; all but hour and minute may be empty."""
