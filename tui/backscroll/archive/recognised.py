"""Which system a database belongs to, and the system's queries in the words of that database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from psycopg import sql

from backscroll.archive.systems import System, Table, systems

_CASTS: Final = {"json": "jsonb", "varchar": "text", "bpchar": "text", "citext": "text", "name": "text"}
_NUMBERS: Final = {"int2", "int4", "int8", "numeric", "float4", "float8"}


class Column(NamedTuple):
    """A column of some database that may be read; `type_kind` is `e` for an enum. `rows` of its table are estimated."""

    schema: str
    relation: str
    name: str
    type: str
    type_kind: str
    rows: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """A system as a database has it: its tables by the names that the system's file gives them."""

    system: System
    schema: str
    relations: Mapping[str, Sequence[Column]]
    columns: Mapping[str, Mapping[str, Column]]
    queries: dict[str, sql.Composed] = field(default_factory=dict)

    def compose(self, zone: str) -> None:
        """Makes the queries; `zone` is where moments without one are."""
        tables = {table.name: self._relation(table, zone) for table in self.system.tables}
        for name, text in self.system.queries.items():
            self.queries[name] = sql.SQL(text).format(**tables)

    def _relation(self, table: Table, zone: str) -> sql.Composed:
        """A table in the words of the system's file: what it lacks is null, and its types are the plain ones."""
        columns = self.columns.get(table.name, {})
        shown = [
            sql.SQL("{} AS {}").format(self._value(table, name, columns.get(name), zone), sql.Identifier(name))
            for name in (*table.required, *table.optional)
        ]
        chosen = sql.SQL(", ").join(shown)
        if not columns:
            return sql.SQL("(SELECT {} WHERE false)").format(chosen)
        one = next(iter(columns.values()))
        return sql.SQL("(SELECT {} FROM {})").format(chosen, sql.Identifier(one.schema, one.relation))

    def _value(self, table: Table, name: str, column: Column | None, zone: str) -> sql.Composable:
        if column is not None:
            return _moment(column, zone) if name in table.moments else _plain(column, zone)
        other = table.like.get(name)
        compared = self.columns.get(other[0], {}).get(other[1]) if other else None
        kind = _CASTS.get(compared.type, compared.type) if compared else "text"
        return sql.SQL("NULL::{}").format(sql.Identifier(kind))

    @property
    def rows(self) -> int:
        """About how many rows its largest table has."""
        return max((column.rows for found in self.columns.values() for column in found.values()), default=0)


def recognise(columns: Iterable[Column], known: Sequence[System] | None = None) -> list[Recognised]:
    """The systems that columns of a database belong to, the one of which most is there first."""
    schemas: dict[str, dict[str, list[Column]]] = {}
    for column in columns:
        schemas.setdefault(column.schema, {}).setdefault(column.relation, []).append(column)
    found = [
        one
        for schema, relations in schemas.items()
        for system in (systems() if known is None else known)
        if (one := _in_schema(system, schema, relations)) is not None
    ]
    return sorted(found, key=lambda one: (-_fit(one), one.schema != "public", one.schema, one.system.name))


def _in_schema(system: System, schema: str, relations: Mapping[str, Sequence[Column]]) -> Recognised | None:
    columns: dict[str, dict[str, Column]] = {}
    for table in system.tables:
        relation = _named(table.name, relations)
        there = {column.name: column for column in relations[relation]} if relation is not None else {}
        known = {name: _named(name, there) for name in (*table.required, *table.optional)}
        if any(known[name] is None for name in table.required):
            if not table.is_optional:
                return None
            continue
        if there:
            columns[table.name] = {name: there[actual] for name, actual in known.items() if actual is not None}
    return Recognised(system, schema, relations, columns)


def recognise_named(
    columns: Iterable[Column], system: System, named: Mapping[str, tuple[str, str, Mapping[str, str]]]
) -> Recognised:
    """A database of which a person says what is what: by a table of the system its schema, relation and columns there.

    Raises KeyError with the name of what is not there, or may not be read.
    """
    there: dict[tuple[str, str], dict[str, Column]] = {}
    for column in columns:
        there.setdefault((column.schema, column.relation), {})[column.name] = column
    found: dict[str, dict[str, Column]] = {}
    for table, (schema, relation, names) in named.items():
        if (schema, relation) not in there:
            raise KeyError(f"{schema}.{relation}")
        known = there[schema, relation]
        for name in names.values():
            if name not in known:
                raise KeyError(f"{schema}.{relation}.{name}")
        found[table] = {meaning: known[name] for meaning, name in names.items()}
    return Recognised(system, named["messages"][0], {}, found)


def _fit(found: Recognised) -> int:
    return sum(len(columns) for columns in found.columns.values())


def _named(name: str, there: Iterable[str]) -> str | None:
    """The name as it stands there; systems are set up with other spellings of the same words (`is_active`)."""
    names = list(there)
    if name in names:
        return name
    return next((one for one in names if _folded(one) == _folded(name)), None)


def _folded(name: str) -> str:
    return name.replace("_", "").lower()


def missing_columns(columns: Iterable[Column], system: System) -> list[str]:
    """What a database lacks of a system, as `table` or `table.column`; of the schema that has most of it."""
    schemas: dict[str, dict[str, list[Column]]] = {}
    for column in columns:
        schemas.setdefault(column.schema, {}).setdefault(column.relation, []).append(column)
    lacks = [_lacks(system, relations) for relations in schemas.values()]
    return min(lacks, key=len, default=[table.name for table in system.tables])


def _lacks(system: System, relations: Mapping[str, Sequence[Column]]) -> list[str]:
    found: list[str] = []
    for table in system.tables:
        relation = _named(table.name, relations)
        if relation is None:
            found += [] if table.is_optional else [table.name]
            continue
        there = [column.name for column in relations[relation]]
        found += [f"{relation}.{name}" for name in table.required if _named(name, there) is None]
    return found


def _plain(column: Column, zone: str) -> sql.Composable:
    name = sql.Identifier(column.name)
    if column.type == "timestamp":
        return sql.SQL("({} AT TIME ZONE {})").format(name, sql.Literal(zone))
    cast = "text" if column.type_kind == "e" else _CASTS.get(column.type)
    return sql.SQL("{}::{}").format(name, sql.Identifier(cast)) if cast else name


def _moment(column: Column, zone: str) -> sql.Composable:
    """A moment of whatever type; a number counts seconds, milliseconds or microseconds since 1970."""
    if column.type in _NUMBERS:
        return sql.SQL(
            "to_timestamp(CASE WHEN {0} > 100000000000000 THEN {0} / 1000000.0"
            " WHEN {0} > 100000000000 THEN {0} / 1000.0 ELSE {0} END)"
        ).format(sql.Identifier(column.name))
    plain = _plain(column, zone)
    if column.type in {"timestamp", "timestamptz"}:
        return plain
    return sql.SQL("({}::timestamp AT TIME ZONE {})").format(plain, sql.Literal(zone))
