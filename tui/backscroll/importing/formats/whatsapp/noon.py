"""The 12-hour clock: what its marks mean, and which marks may stand in the same file."""

import re
from functools import cache
from typing import Final

from backscroll.importing.formats.whatsapp.calendars import languages, plain
from backscroll.importing.formats.whatsapp.words.clock import AT, HALVES, Half

_BLANK: Final = "[ \u00a0\u202f\u2009]"
_FILLING: Final = "[. \u00a0\u202f\u2009\u200c]"
_LATIN: Final = f"[AaPp]\\.?{_BLANK}?[Mm]\\.?"


@cache
def half_of(mark: str) -> Half | None:
    """Which half of the day a mark means; None where it is none in any language."""
    word = plain(mark)
    for marks in HALVES:
        if word in marks:
            return marks[word]
    if not word or word in AT:  # so the tables are not read for a Finnish `klo`
        return None
    for one in languages().values():
        if word in one.before_noon or word in one.after_noon:
            return "morning" if word in one.before_noon else "afternoon"
    return None


def marks_like(mark: str) -> str:
    """A pattern for the mark and all others of its languages, with and without full stops and blanks."""
    word = plain(mark)
    if word in ("am", "pm"):
        return _LATIN
    known = {other for marks in HALVES if word in marks for other in marks}
    if not known:
        both = (one.before_noon | one.after_noon for one in languages().values())
        known = {other for one in both if word in one for other in one}
    return "|".join(_spaced(other) for other in sorted(known, key=len, reverse=True))


def _spaced(word: str) -> str:
    """A pattern for a plain word as it is written: in any letters, with full stops and blanks between."""
    letters = (f"[{c}{c.upper()}]" if len(c.upper()) == 1 and c.upper() != c else re.escape(c) for c in word)
    return f"{_FILLING}{{0,3}}".join(letters) + "\\.?"


def hour_of_24(hour: int, mark: str) -> int:
    """The hour of the day. Raises ValueError where the mark is none."""
    half = half_of(mark)
    if half is None:
        raise ValueError(f"{mark} is no half of a day")
    if half == "midday":
        return hour if hour >= 10 else hour + 12
    if half == "morning" or (half == "night" and (hour == 12 or hour < 6)):
        return 0 if hour == 12 else hour
    return hour + 12 if hour < 12 else hour
