"""Finds the SQL that the program carries: `sql/` of the repository, or its copy inside the installed package."""

import re
from functools import cache
from pathlib import Path
from typing import LiteralString, cast

from psycopg import sql

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_INCLUDE = re.compile(r"^ *-- include: (\w+)$", re.MULTILINE)
_COMMENT = re.compile(r"^ *--.*\n", re.MULTILINE)


def sql_directory() -> Path:
    """The directory that holds migrations/, queries/ and sources/."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "sql"
    return installed if installed.is_dir() else package.parents[1] / "sql"


@cache
def queries(area: str) -> dict[str, sql.SQL]:
    """The queries of one area by their names, as they stand after `-- name:` in sql/queries/AREA.sql.

    A line `-- include: NAME` stands for another block of the same file. Other comments are left out: psycopg looks for
    parameters in the text of a long statement anew each time.
    """
    found = blocks((sql_directory() / "queries" / f"{area}.sql").read_text("utf-8"))
    whole = {name: _INCLUDE.sub(lambda line: found[line[1]], body) for name, body in found.items()}
    return {name: sql.SQL(_COMMENT.sub("", body)) for name, body in whole.items()}


def blocks(text: str) -> dict[str, LiteralString]:
    """The pieces of an SQL file by the names that stand before them; only for files that the program carries."""
    pieces = cast("list[LiteralString]", _NAME.split(text)[1:])
    return {name: body.strip() for name, body in zip(pieces[::2], pieces[1::2], strict=True)}
