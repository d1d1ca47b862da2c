"""Chats that read like real ones, in each of five systems with all that is its own: for the pictures of the README."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

_DDL = Path(__file__).parents[1] / "ddl"
_LINE = re.compile(r"(\d\d):(\d\d) (\w+)(?: \^(\d+))?: (.*)")


@dataclass(frozen=True)
class Line:
    """What somebody said; `number` counts from 0, `answers` is the number of an earlier line."""

    number: int
    at: datetime
    who: str
    text: str
    answers: int | None = None


def lines(script: str) -> Iterator[Line]:
    """What a script says: `2024-05-03` begins a day, `18:02 ana: words` says something; `ana ^2:` answers the last line
    but one."""
    day, number = datetime.min, 0
    for written in filter(None, map(str.strip, script.splitlines())):
        said = _LINE.fullmatch(written)
        if said is None:
            day = datetime.fromisoformat(written)
            continue
        hour, minute, who, back, text = said.groups()
        at = day.replace(hour=int(hour), minute=int(minute), second=number * 7 % 60, tzinfo=UTC)
        yield Line(number, at, who, text, number - int(back) if back else None)
        number += 1


def make_tables(connection: psycopg.Connection[Any], system: str) -> None:
    """Makes a system's own tables."""
    connection.execute((_DDL / f"{system}.sql").read_text("utf-8").encode())
