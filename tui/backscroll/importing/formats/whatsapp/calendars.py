"""The names of months and the marks of a 12-hour clock in some 200 languages, from the tables that dateparser keeps."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Final, NamedTuple

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_FILLING: Final = str.maketrans("", "", " .\u00a0\u202f\u2009\u200c\u200e\u200f॰")


class Words(NamedTuple):
    """What one language says: its months, and the marks of the hours before and after noon."""

    months: dict[str, int]
    before_noon: frozenset[str]
    after_noon: frozenset[str]


def plain(word: str) -> str:
    """The word as the tables have it: in small letters, without blanks, full stops and invisible marks."""
    return word.translate(_FILLING).casefold()


@cache
def languages() -> dict[str, Words]:
    """Every language's words by its code, those of the most people first. Read once, in a quarter of a second."""
    from dateparser.data.languages_info import language_order

    return {code: _words(code) for code in language_order}


def _words(code: str) -> Words:
    info = import_module(f"dateparser.data.date_translation_data.{code}").info
    regions = [info, *info.get("locale_specific", {}).values()]

    def said(key: str) -> Iterator[str]:
        return (plain(word) for region in regions for word in region.get(key, ()))

    months = {word: number for number, key in enumerate(_MONTHS, 1) for word in said(key)}
    return Words(months, frozenset(said("am")), frozenset(said("pm")))


def is_month(word: str) -> bool:
    """Whether the word is a month in any language."""
    return plain(word) in _any_month()


@cache
def _any_month() -> frozenset[str]:
    return frozenset(word for one in languages().values() for word in one.months)


def months_named(names: Iterable[str]) -> dict[str, int]:
    """The numbers of months by their names as given, read in the first language that knows all of them.

    Where no language does, each is read in the first that knows it. Raises ValueError where none does.
    """
    plains = {name: plain(name) for name in names}
    for one in languages().values():
        if all(word in one.months for word in plains.values()):
            return {name: one.months[word] for name, word in plains.items()}
    try:
        return {
            name: next(one.months[word] for one in languages().values() if word in one.months)
            for name, word in plains.items()
        }
    except StopIteration as error:
        raise ValueError("there is no such month") from error
