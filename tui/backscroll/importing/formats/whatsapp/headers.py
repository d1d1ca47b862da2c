"""The line that opens a message: which families of it exist, and a pattern locked to one of them.

A file is written by one phone in one language, so all its headers look alike. Locking the pattern to that look is
what keeps lines pasted from another chat, and dates inside a message, from being taken for messages.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

MARKS: Final = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"
BEFORE_NOON: Final = ("am", "上午", "午前", "오전", "ص", "πμ")  # without blanks and full stops
AFTER_NOON: Final = ("pm", "下午", "午後", "오후", "م", "μμ")

_BLANK = "[ \u00a0\u202f\u2009]"
_WORD = f"(?:(?:klo|kl\\.?|à|às|alle|a las|um|om|at|в|o){_BLANK})?"
_NOON = (
    f"(?:[AaPp]\\.?{_BLANK}?[Mm]\\.?|[πμ]\\.?μ\\.?|"
    + "|".join(m for m in (*BEFORE_NOON, *AFTER_NOON) if not m.isascii() and "μ" not in m)
    + ")"
)
# A name may hold a colon, but not one before a blank: there the text begins.
_NAME = f"[{MARKS}]*+(?:([^\\n:]{{1,100}}(?::[^\\n: ][^\\n:]{{0,60}}){{0,3}}):(?: |$))?"

Shape = Literal["bracket", "time first", "dash", "colon"]
YearPlace = Literal["first", "last", "short", "era"]
ERAS: Final = {"R": 2018, "令和": 2018, "H": 1988, "平成": 1988}
"""Japanese eras, and the year before each began."""
_ERA: Final = f"(?:{'|'.join(ERAS)})"
_DATES: Final[dict[YearPlace, str]] = {
    "era": f"{_ERA}\\d{{1,2}}%s\\d{{1,2}}%s\\d{{1,2}}",
    "first": "\\d{4}%s\\d{1,2}%s\\d{1,2}",
    "last": "\\d{1,2}%s\\d{1,2}%s\\d{4}",
    "short": "\\d{1,2}%s\\d{1,2}%s\\d{2}",
}


@dataclass(frozen=True, slots=True)
class Family:
    """How the headers of one file look.

    `year` says where a four-digit year stands, or that a Japanese era's stands first; a short year may stand anywhere.
    `noon` says where the marker of a 12-hour clock stands, empty for a 24-hour clock.
    """

    shape: Shape
    separator: str
    year: YearPlace
    comma: bool
    seconds: bool
    noon: Literal["", "before", "after"]

    def pattern(self) -> re.Pattern[str]:
        """Finds headers in many lines at once. Groups: date, hour, minute, second, marker, marker, name (each may be
        empty or None); the message's text begins where the match ends, or at the name where that is no name."""
        mark = f"[{MARKS}]*+"
        separator = mark + re.escape(self.separator) + mark
        date = "(" + _DATES[self.year].replace("%s", separator) + ")\\.?" + mark
        before = f"({_NOON}){_BLANK}?" if self.noon == "before" else "()"
        after = f"{_BLANK}?({_NOON})" if self.noon == "after" else "()"
        second = "[:.](\\d\\d)" if self.seconds else "()"
        time = f"{before}(\\d{{1,2}})[:.](\\d\\d){second}{mark}{after}{mark}"
        between = f"{'[,،]' if self.comma else ''}{mark}{_BLANK}{{1,2}}{mark}{_WORD}"
        first, last = (time, date) if self.shape == "time first" else (date, time)
        opening, closing = _FRAMES[self.shape]
        return re.compile(f"^{mark}{opening}{mark}{first}{between}{last}{closing}{_NAME}", re.MULTILINE)


_FRAMES: Final[dict[Shape, tuple[str, str]]] = {
    "bracket": ("\\[", "\\][ \u00a0\u202f]?"),
    "time first": ("\\[", "\\][ \u00a0\u202f]?"),
    "dash": ("", f"{_BLANK}?[-–]{_BLANK}"),
    "colon": ("", ": "),
}


class Header(NamedTuple):
    """The pieces of one header, as text; second and marker may be empty, `name` is None for WhatsApp's own notices."""

    date: str
    hour: str
    minute: str
    second: str
    marker: str
    name: str | None


def header_of(match: re.Match[str], family: Family) -> Header:
    """The pieces of a header that the family's pattern found."""
    if family.shape == "time first":
        before, hour, minute, second, after, date, name = match.groups()
    else:
        date, before, hour, minute, second, after, name = match.groups()
    return Header(date, hour, minute, second, before or after, name)


_ANY: Final = re.compile(
    f"^[{MARKS}]*+(?P<bracket>\\[)?[{MARKS}]*+"
    f"(?:(?P<early>\\d{{1,2}}[:.]\\d\\d(?P<early_second>[:.]\\d\\d)?(?:{_BLANK}?(?P<early_noon>{_NOON}))?"
    f"(?P<early_comma>,)?{_BLANK}{{1,2}}))?"
    f"(?P<era>{_ERA})?(?P<a>\\d{{1,4}})[{MARKS}]*+(?P<separator>[/.-] ?)[{MARKS}]*+\\d{{1,2}}"
    f"[{MARKS}]*+(?P=separator)[{MARKS}]*+(?P<c>\\d{{1,4}})"
    f"\\.?[{MARKS}]*+(?:\\]|(?P<comma>[,،])?[{MARKS}]*+{_BLANK}{{1,2}}[{MARKS}]*+{_WORD}(?:(?P<before>{_NOON}){_BLANK}?)?"
    f"\\d{{1,2}}[:.]\\d\\d(?P<second>[:.]\\d\\d)?[{MARKS}]*+(?:{_BLANK}?(?P<after>{_NOON}))?[{MARKS}]*+"
    f"(?P<closing>\\]|{_BLANK}?[-–]{_BLANK}|: ))",
    re.MULTILINE,
)


def family_of(line: str) -> Family | None:
    """The family of a header line, or None where the line is no header."""
    found = _ANY.match(line)
    if found is None:
        return None
    part = found.groupdict()
    shape = _shape(part)
    year: YearPlace | None = "era" if part["era"] else _year_place(part["a"], part["c"])
    if shape is None or year is None:
        return None
    if shape == "time first":
        return Family(
            shape,
            part["separator"],
            year,
            part["early_comma"] is not None,
            part["early_second"] is not None,
            "after" if part["early_noon"] else "",
        )
    noon: Literal["", "before", "after"] = "before" if part["before"] else "after" if part["after"] else ""
    family = Family(shape, part["separator"], year, part["comma"] is not None, part["second"] is not None, noon)
    return family if family.pattern().match(line) else None


def _shape(part: dict[str, str | None]) -> Shape | None:
    closing = (part["closing"] or "").strip()
    if part["early"]:
        return "time first" if part["bracket"] and not closing else None
    if part["bracket"]:
        return "bracket" if closing == "]" else None
    if closing == ":":
        return "colon" if part["second"] else None
    return "dash" if closing in ("-", "–") else None


def _year_place(first: str, last: str) -> YearPlace | None:
    if len(first) == 4 and len(last) <= 2:
        return "first"
    if len(first) <= 2 and len(last) == 4:
        return "last"
    return "short" if len(first) <= 2 and len(last) == 2 else None


def family_in(head: str) -> Family | None:
    """The family that a file's beginning is written in.

    An export opens with a header, so the first line's family counts, unless it is rare beside another one.
    """
    lines = head.split("\n")
    counts = Counter(family for family in map(family_of, lines) if family is not None)
    if not counts:
        return None
    commonest, count = counts.most_common(1)[0]
    first = opening_family(head)
    return first if first is not None and counts[first] * 10 >= count else commonest


def opening_family(head: str) -> Family | None:
    """The family of the first line that is not blank; None where that is no header."""
    for line in head.split("\n", 20)[:20]:
        if line.strip(" \t\r\ufeff\u200e\u200f"):
            return family_of(line)
    return None
