"""What a text names that has a form: links, addresses of mail, phone numbers, mentions, hashtags, dates and amounts."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from backscroll.model.links import link_spans


class EntityKind(StrEnum):
    """What is named."""

    LINK = "link"
    EMAIL = "email"
    MENTION = "mention"
    HASHTAG = "hashtag"
    DATE = "date"
    AMOUNT = "amount"
    PHONE = "phone"


class Entity(NamedTuple):
    """Something that a text names, as it is written there: characters `start` to `end` (exclusive)."""

    kind: EntityKind
    value: str
    start: int
    end: int


_NUMBER: Final = r"\d+(?:[.,'\u00A0\u202F ]\d{3})*(?:[.,]\d{1,2})?"
_SIGNS: Final = "€$£¥₹₽₩₺₴₪฿"
_CODES: Final = "EUR|USD|GBP|CHF|JPY|CNY|INR|RUB|SEK|NOK|DKK|PLN|CZK|BRL|CAD|AUD|TRY|euros?|dollars?|pounds?"
_MONTH: Final = r"[^\W\d_]{3,}\.?"
_PATTERNS: Final = (
    (EntityKind.EMAIL, re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")),
    (EntityKind.MENTION, re.compile(r"(?<![\w@/.])@\w(?:[\w.-]*\w)?")),
    (EntityKind.HASHTAG, re.compile(r"(?<![\w#&/])#\w*[^\W\d_]\w*")),
    (
        EntityKind.DATE,
        re.compile(r"(?<![\w.-])\d{4}-\d{2}-\d{2}(?!\d)|(?<![\w./-])\d{1,2}([./])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/])"),
    ),
    (EntityKind.DATE, re.compile(rf"(?<!\w)(?:\d{{1,2}}\.?\s{_MONTH}|{_MONTH}\s\d{{1,2}},?)\s\d{{4}}(?!\d)")),
    (
        EntityKind.AMOUNT,
        re.compile(rf"(?<!\w)[{_SIGNS}]\s?{_NUMBER}|(?<![\w.,]){_NUMBER}\s?(?:[{_SIGNS}]|(?:{_CODES})\b)"),
    ),
    (EntityKind.PHONE, re.compile(r"(?<![\w+.,/-])(?:\+|00|0|\(0)\d(?:[ ()/.\u2011-]{0,2}\d){6,14}(?![\w-])")),
)
"""The first that fits a place has it."""


def entities(text: str, is_date: Callable[[str], bool] = lambda _: True) -> list[Entity]:
    """The entities of a text in its order; they never overlap. `is_date` refuses words that only look like a date."""
    taken = list(_links(text))
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found = Entity(kind, match.group(), *match.span())
            is_free = not any(found.start < other.end and other.start < found.end for other in taken)
            if is_free and (kind is not EntityKind.DATE or (_is_possible(found.value) and is_date(found.value))):
                taken.append(found)
    return sorted(taken, key=lambda entity: entity.start)


def _links(text: str) -> Iterator[Entity]:
    for start, end in link_spans(text):
        yield Entity(EntityKind.LINK, text[start:end], start, end)


def _is_possible(value: str) -> bool:
    """Whether numbers alone may be a date: in one order of day and month or the other."""
    parts = re.split(r"[-./]", value)
    if len(parts) != 3 or not all(map(str.isdigit, parts)):
        return True
    first, second, third = map(int, parts)
    orders = [(first, second, third)] if len(parts[0]) == 4 else [(third, second, first), (third, first, second)]
    return any(_exists(year if year > 99 else 2000 + year, month, day) for year, month, day in orders)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
