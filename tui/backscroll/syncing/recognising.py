"""Finds out which chat system a database belongs to, and says what was found there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from backscroll.archive.batch import SourceRow
from backscroll.archive.live import LiveDatabase
from backscroll.archive.recognised import Column, Recognised, missing_columns, recognise
from backscroll.archive.systems import System, systems
from backscroll.errors import AppError
from backscroll.model import ids
from backscroll.syncing.mapping import MappingFile
from backscroll.syncing.suggesting import Suggestion, suggestions

_SHOWN: Final = 5


class UnknownSourceError(AppError):
    """A database of no known system; `likely` are its tables that look like messages."""

    def __init__(self, title: str, hint: str, likely: Sequence[Suggestion]) -> None:
        super().__init__(title, hint, code="unknown_source")
        self.likely = likely


@dataclass(frozen=True, slots=True)
class Found:
    """A source that was recognised: its system as it has it, its row, and what a person is told of it.

    `others` are systems that would fit, too; `excluded` are the chats (their external ids) that the source's own list
    keeps from being read.
    """

    recognised: Recognised
    source: SourceRow
    server_version: str
    missing_indexes: tuple[str, ...]
    others: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    mapping: MappingFile | None = None

    @property
    def told(self) -> dict[str, Any]:
        """What is kept of it with its sync."""
        return {
            "system": self.recognised.system.title,
            "schema": self.recognised.schema,
            "tables": sorted(self.recognised.columns),
            "server_version": self.server_version,
            "rows": self.recognised.rows,
            "missing_indexes": list(self.missing_indexes),
            "others": list(self.others),
            "excluded": list(self.excluded),
            "mapping": str(self.mapping.path.absolute()) if self.mapping else None,
        }


def find(
    database: LiveDatabase,
    *,
    name: str | None = None,
    system: System | None = None,
    schema: str | None = None,
    zone: str | None = None,
    mapping: MappingFile | None = None,
) -> Found:
    """What an open database holds.

    `name` is the source's where a person gives one, `zone` that of its plain moments; `mapping` says what is what where
    no system is known. Raises AppError where no system is recognised, with the tables that look like messages.
    """
    columns = [column for column in database.catalog() if schema is None or column.schema == schema]
    candidates: list[Recognised] = []
    if mapping is not None:
        first = mapping.on(columns)
    else:
        candidates = recognise(columns, [system] if system else None)
        if not candidates:
            raise _unknown(columns, system)
        first = candidates[0]
    zone = zone or first.system.zone or database.zone()
    first.compose(zone)
    identity = f"{first.system.name}:{name or database.place}"
    called = name or database.name
    if mapping is None and first.schema != "public":
        identity = f"{identity}/{first.schema}"
    if mapping is not None:  # a database may hold several
        identity = f"{identity}/{mapping.tables['messages'][0]}"
        called = mapping.title or called
    source = SourceRow(ids.source_id(identity), identity, first.system.name, called, zone, None, is_live=True)
    others = tuple(f"{one.system.name} in schema {one.schema}" for one in candidates[1:])
    indexes, excluded = tuple(_missing_indexes(database, first)), excluded_there(database, first)
    return Found(first, source, database.server_version, indexes, others, excluded, mapping)


def excluded_there(database: LiveDatabase, found: Recognised) -> tuple[str, ...]:
    """The chats that the source itself says are not to be read."""
    rows = database.plain(found, "excluded", {}) if "excluded" in found.queries else []
    return tuple(sorted(row["chat"] for row in rows))


def _missing_indexes(database: LiveDatabase, found: Recognised) -> Iterable[str]:
    """What the owner of the source may run so that following it costs less there."""
    there = database.indexes(found.schema)
    for index in found.system.indexes:
        columns = found.columns.get(index.table, {})
        if not columns:
            continue
        relation = next(iter(columns.values())).relation
        names = [_written(name, columns) for name in index.columns]
        if not any(one == relation and _begins(have, names) for one, have in there):
            listed = ", ".join(names)
            yield f"CREATE INDEX CONCURRENTLY ON {_quoted(found.schema)}.{_quoted(relation)} ({listed});"


def _begins(have: Sequence[str], names: Sequence[str]) -> bool:
    return [_plain(one) for one in have[: len(names)]] == [_plain(one) for one in names]


def _plain(column: str) -> str:
    return column.replace('"', "").replace("(", "").replace(")", "").replace(" ", "").replace("::text", "").lower()


def _written(column: str, columns: Mapping[str, Column]) -> str:
    return _quoted(columns[column].name) if column in columns else column


def _quoted(name: str) -> str:
    return name if name.islower() and name.replace("_", "a").isalnum() else '"' + name.replace('"', '""') + '"'


def _unknown(columns: Sequence[Column], system: System | None) -> AppError:
    if not columns:
        hint = "Nothing in it may be read by this user, or it is empty. Ask its owner for SELECT."
        return AppError("The database holds no tables that may be read", hint, code="unknown_source")
    if system is not None:
        lacks = ", ".join(missing_columns(columns, system)[:_SHOWN])
        hint = f"It lacks {lacks}, or they may not be read by this user."
        return AppError(f"The database is not one of {system.title}", hint, code="unknown_source")
    known = ", ".join(one.title for one in systems())
    likely = suggestions(columns)
    hint = f"Known are: {known}. A mapping says which column is what (`--mapping FILE`)."
    if likely:
        hint += f" These tables look like messages: {'; '.join(one.line for one in likely)}."
        hint += f" A mapping may begin so:\n{likely[0].mapping}"
    return UnknownSourceError("The database belongs to no chat system that is known", hint, likely)
