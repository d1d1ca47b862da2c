"""Recognises the family of a header, of any shape and in any language, from one line or from a file's beginning."""

import re
from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import Final

from backscroll.importing.formats.whatsapp.calendars import is_month, plain
from backscroll.importing.formats.whatsapp.headers import (
    BLANK,
    ERAS,
    MARK,
    MONTH,
    WEEKDAY,
    DateForm,
    Family,
    Shape,
    named_date,
)
from backscroll.importing.formats.whatsapp.noon import half_of, marks_like
from backscroll.importing.formats.whatsapp.words.clock import UNITS

_ERA: Final = f"(?:{'|'.join(ERAS)})"
_NUMBERS: Final = (
    f"(?P<era>{_ERA})?(?P<a>\\d{{1,4}}){MARK}(?P<separator>[/.-]{BLANK}?|{BLANK}){MARK}\\d{{1,2}}{MARK}(?P=separator){MARK}"
    f"(?P<late_era>{_ERA})?(?P<c>\\d{{1,4}})(?P<era_after>{BLANK}?{_ERA}(?![^\\W\\d_]))?"
    f"(?P<tail>\\.|{BLANK}?(?:BE|AD|CE|г\\.|р\\.|พ\\.ศ\\.))?"
)
_NAMED: Final[tuple[tuple[DateForm, bool], ...]] = tuple(
    (form, has_year) for form in ("named ymd", "named dmy", "named mdy") for has_year in (True, False)
)
_NAMED_DATE: Final = WEEKDAY + "(?:" + "|".join(
    named_date(form, has_year, f"(?P<month{n}>{MONTH})") for n, (form, has_year) in enumerate(_NAMED)
) + ")"  # fmt: skip
_TIME: Final = (
    f"(?:(?P<lead>[^\\W\\d_][^\\d\\n:\\[\\]]{{0,23}}?){BLANK}?)??\\d{{1,2}}(?P<point>[:.]|{BLANK}?[hH]{BLANK}?)\\d\\d"
    f"(?P<second>[:.]\\d\\d)?{MARK}(?:{BLANK}?(?P<trail>[^\\W\\d_][^\\d\\n:\\[\\],–—-]{{0,23}}?))?{MARK}"
)
_GLUE: Final = f"(?:(?P<comma>[,،]){MARK}{BLANK}{{0,2}}|{MARK}{BLANK}{{1,2}}|(?<=[日일])){MARK}"
_CLOSING: Final = f"(?P<closing>\\]|{BLANK}?[-–—]{BLANK}|: )"


def _recogniser(date: str, *, time_first: bool) -> re.Pattern[str]:
    both = f"{_TIME}{_GLUE}{date}" if time_first else f"{date}{MARK}{_GLUE}{_TIME}"
    return re.compile(f"{MARK}(?P<bracket>\\[)?{MARK}{both}{MARK}{_CLOSING}")


_RECOGNISERS: Final = tuple(
    (time_first, named, _recogniser(_NAMED_DATE if named else _NUMBERS, time_first=time_first))
    for named in (False, True) for time_first in (False, True)
)  # fmt: skip
_HAS_TIME: Final = re.compile(r"\d(?:[:.]| ?[hH] ?)\d\d")
_INSIDE: Final = re.compile("[^\u200e\u200f\ufeff\\[][\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_LONGEST: Final = 100  # characters of date and time


def family_of(line: str) -> Family | None:
    """The family of a header line, or None where the line is no header."""
    head = line[:_LONGEST]
    if _HAS_TIME.search(head) is None:
        return None
    for time_first, named, recogniser in _RECOGNISERS:
        found = recogniser.match(head)
        if found is not None:
            family = _family(found, time_first=time_first, named=named)
            if family is not None and family.pattern().match("\n" + line):
                return family
    return None


def _family(found: re.Match[str], *, time_first: bool, named: bool) -> Family | None:
    part = found.groupdict()
    shape = _shape(part)
    dated = _named(part) if named else _numbered(part)
    if shape is None or dated is None:
        return None
    timed = _timed(part, dated)
    if timed is None or (time_first and timed.has_word):
        return None
    within = found.group()
    return replace(
        timed,
        shape=shape,
        time_first=time_first,
        comma=part["comma"] is not None,
        point=part["point"],
        has_seconds=part["second"] is not None,
        has_marks=_INSIDE.search(within) is not None,
    )


def _shape(part: dict[str, str | None]) -> Shape | None:
    closing = (part["closing"] or "").strip()
    if part["bracket"]:
        return "bracket" if closing == "]" else None
    if closing == ":":
        return "colon" if part["second"] else None
    return None if closing == "]" else "dash"


def _numbered(part: dict[str, str | None]) -> Family | None:
    form = _form(part)
    separator = part["separator"] or ""
    return Family(date=form, separator=separator, tail=part["tail"] or "") if form else None


def _form(part: dict[str, str | None]) -> DateForm | None:
    first, last = len(part["a"] or ""), len(part["c"] or "")
    if part["era"] or part["late_era"] or part["era_after"]:
        is_short = first <= 2 and last <= 2
        return ("era first" if part["era"] else "era last" if part["late_era"] else "era after") if is_short else None
    if first == 4 and last <= 2:
        return "year first"
    if first <= 2 and last == 4:
        return "year last"
    return "short" if first <= 2 and last == 2 else None


def _named(part: dict[str, str | None]) -> Family | None:
    for n, (form, has_year) in enumerate(_NAMED):
        month = part[f"month{n}"]
        if month:
            return Family(date=form, has_year=has_year) if is_month(month) else None
    return None


def _timed(part: dict[str, str | None], family: Family) -> Family | None:
    """The family with what stands before and after the time; None where the latter is neither a mark nor a unit."""
    word, mark = _before_time(part["lead"] or "")
    trail = (part["trail"] or "").strip()
    is_unit = plain(trail) in UNITS
    if trail and not is_unit:
        if mark or half_of(trail) is None:
            return None
        return replace(family, noon="after", noon_marks=marks_like(trail), has_word=bool(word))
    return replace(
        family,
        noon="before" if mark else "",
        noon_marks=marks_like(mark) if mark else "",
        unit=trail,
        has_word=bool(word),
    )


def _before_time(lead: str) -> tuple[str, str]:
    """Words before the time, and the mark of a 12-hour clock among them that stands right before it; either may be
    empty."""
    words = lead.split()
    for n in range(len(words)):
        mark = " ".join(words[n:])
        if half_of(mark):
            return " ".join(words[:n]), mark
    return lead.strip(), ""


def family_in(head: str) -> Family | None:
    """The family that a file's beginning is written in.

    An export opens with a header, so the first line's family counts, unless it is rare beside another one.
    """
    first = opening_family(head)
    lines = head.count("\n") + 1
    if first is not None and 10 * sum(1 for _ in first.pattern().finditer("\n" + head)) >= lines:
        return first
    counts = Counter(family for family in map(family_of, head.split("\n")) if family is not None)
    if not counts:
        return None
    commonest, count = counts.most_common(1)[0]
    return first if first is not None and counts[first] * 10 >= count else commonest


def opening_family(head: str) -> Family | None:
    """The family of the first line that is not blank; None where that is no header."""
    for line in islice(head.split("\n", 20), 20):
        if line.strip(" \t\r\ufeff\u200e\u200f"):
            return family_of(line)
    return None
