"""The filters of the clock: on which day of the week, and in which hour of the day, something was sent."""

from typing import Final

from backscroll.model.query import Asked, Clocked
from backscroll.searching.readings import Setting, wrong
from backscroll.searching.tokens import Token

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekday(token: Token, setting: Setting) -> Asked:
    """A day of the week by its English name or the beginning of it, or those from one to another."""
    first, dots, last = token.text.lower().partition("..")
    begin = _day(token, first)
    days = _round(begin, _day(token, last) if dots else begin, 7)
    return Clocked(tuple(day + 1 for day in days), (), setting.zone_name)


def hour(token: Token, setting: Setting) -> Asked:
    """An hour of the day, or those from one to another, past midnight too."""
    first, dots, last = token.text.partition("..")
    begin = _hour(token, first)
    return Clocked((), _round(begin, _hour(token, last) if dots else begin, 24), setting.zone_name)


def _round(first: int, last: int, size: int) -> tuple[int, ...]:
    return tuple(sorted((first + step) % size for step in range((last - first) % size + 1)))


def _day(token: Token, said: str) -> int:
    fitting = [day for day, name in enumerate(_NAMES) if len(said) > 1 and name.startswith(said.strip())]
    if len(fitting) != 1:
        hint = f"Write {token.typed}:sun, or {token.typed}:mon..fri."
        raise wrong(token, f"{said[:40] or token.typed + ':'} is no day of the week", hint)
    return fitting[0]


def _hour(token: Token, said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 3 and int(said) < 24):
        hint = f"Write {token.typed}:17, or {token.typed}:22..6: hours are 0 to 23."
        raise wrong(token, f"{said[:40] or token.typed + ':'} is no hour of the day", hint)
    return int(said)
