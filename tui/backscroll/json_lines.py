"""Rows of values as lines of JSON, the same in files and in pipes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID

from backscroll.text import safe_json

Row: TypeAlias = Mapping[str, object]


def json_line(row: Row) -> str:
    """A row as JSON on one line: times as RFC 3339 in UTC, ids as text, nothing in it that a terminal acts on."""
    return safe_json(json.dumps(row, ensure_ascii=False, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
