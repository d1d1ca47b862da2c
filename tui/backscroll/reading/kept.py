"""Records that live sources keep beside messages, in words: who reads them is no program."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Final
from uuid import UUID

from backscroll.dates import local
from backscroll.text import safe_line

_LONGEST: Final = 300
"""Characters of one text in it."""
_DEEPEST: Final = 6
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_OF_THE_ROW: Final = {"updated_at", "updatedAt"}


def in_words(value: object, zone: tzinfo | None) -> str:
    """A JSON value as one clean line, moments in a person's `zone` (None: the machine's).

    What is empty is left out, and so are UUIDs and when a row was changed last: they are there for programs.
    """
    return safe_line(_said(value, zone, _DEEPEST))


def _said(value: object, zone: tzinfo | None, deep: int) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_fields(value, zone, deep)) if deep else "…"
    if isinstance(value, list):
        return "; ".join(filter(None, (_said(one, zone, deep - 1) for one in value))) if deep else "…"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _text("" if value is None else str(value), zone)


def _fields(fields: Mapping[str, object], zone: tzinfo | None, deep: int) -> Iterator[str]:
    for name, value in fields.items():
        said = _said(value, zone, deep - 1)
        if said and name not in _OF_THE_ROW:
            yield f"{name} ({said})" if isinstance(value, dict | list) else f"{name} {said}"


def _text(text: str, zone: tzinfo | None) -> str:
    if _MOMENT.fullmatch(text):
        return _moment(text, zone)
    if _is_uuid(text):
        return ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _moment(text: str, zone: tzinfo | None) -> str:
    try:
        moment = datetime.fromisoformat(text)
        return f"{local(moment, zone) if moment.tzinfo else moment:%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError):
        return text


def _is_uuid(text: str) -> bool:
    try:
        return len(text) == len(str(UUID(int=0))) and bool(UUID(text))
    except ValueError:
        return False
