"""The chat systems that can be mirrored, as their files in sql/sources say: tables, and the queries that read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, LiteralString

from backscroll.archive.queries import blocks, sql_directory

MAPPED: Final = "mapped"
"""The file for databases of which a person says what is what."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a system, with the columns that it must have and those that it may have; a table, too, may be missing.

    `like` names for a column of a table that may be missing the column of another that it is compared with. `moments`
    are columns that hold a moment, in whatever type.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    is_optional: bool
    like: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    moments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Index:
    """An index that reading a system needs to be quick."""

    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class System:
    """A chat system: its tables, and its queries, in which `{TABLE}` stands for a table.

    `zone` is where its moments are that name none; None: where its server is.
    """

    name: str
    title: str
    zone: str | None
    tables: tuple[Table, ...]
    indexes: tuple[Index, ...]
    queries: Mapping[str, LiteralString]


@cache
def systems() -> tuple[System, ...]:
    """Every system that is known, by name."""
    paths = sorted((sql_directory() / "sources").glob("*.sql"))
    return tuple(_system(path.stem, path.read_text("utf-8")) for path in paths if path.stem != MAPPED)


@cache
def mapped() -> System:
    """What is read of a database of which a person says what is what."""
    return _system(MAPPED, (sql_directory() / "sources" / f"{MAPPED}.sql").read_text("utf-8"))


def _system(name: str, text: str) -> System:
    found = blocks(text)
    tables = tuple(_table(line) for line in _lines(found.pop("tables")))
    indexes = tuple(_index(line) for line in _lines(found.pop("indexes", "")))
    return System(name, _said(text, "title") or name, _said(text, "zone"), tables, indexes, found)


def _said(text: str, what: str) -> str | None:
    """What the head of a file says of the system in a comment."""
    return text.partition(f"-- {what}:")[2].partition("\n")[0].strip() or None


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("--")]


def _table(line: str) -> Table:
    """A line such as `attachments?: message_id~messages.id size? made_at@?`."""
    name, _, columns = line.partition(":")
    required: list[str] = []
    optional: list[str] = []
    like: dict[str, tuple[str, str]] = {}
    moments: set[str] = set()
    for word in columns.split():
        marked, _, other = word.partition("~")
        column = marked.rstrip("?@")
        (optional if marked.endswith("?") else required).append(column)
        if "@" in marked:
            moments.add(column)
        if other:
            table, _, name_there = other.partition(".")
            like[column] = table, name_there
    is_optional = name.strip().endswith("?")
    return Table(
        name.strip().removesuffix("?"), tuple(required), tuple(optional), is_optional, like, frozenset(moments)
    )


def _index(line: str) -> Index:
    table, _, columns = line.partition(":")
    return Index(table.strip(), tuple(column.strip() for column in columns.split(",")))
