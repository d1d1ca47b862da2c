"""Finds the SQL that the program carries: `sql/` of the repository, or its copy inside the installed package."""

import re
from functools import cache
from pathlib import Path
from typing import LiteralString, cast

from psycopg import sql

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def sql_directory() -> Path:
    """The directory that holds migrations/, queries/ and sources/."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "sql"
    return installed if installed.is_dir() else package.parents[1] / "sql"


@cache
def queries(area: str) -> dict[str, sql.SQL]:
    """The queries of one area by their names, as they stand after `-- name:` in sql/queries/AREA.sql."""
    text = (sql_directory() / "queries" / f"{area}.sql").read_text("utf-8")
    pieces = _NAME.split(text)[1:]
    # The text is a file of this program, never input: that is what LiteralString asks for.
    return {
        name: sql.SQL(cast("LiteralString", body.strip())) for name, body in zip(pieces[::2], pieces[1::2], strict=True)
    }
