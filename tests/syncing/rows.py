"""Writes rows into a source's tables, as its own program would."""

from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb


def insert(connection: psycopg.Connection[Any], table: str, **values: Any) -> None:
    """Adds a row; dictionaries and lists become JSON."""
    names = sql.SQL(", ").join(map(sql.Identifier, values))
    places = sql.SQL(", ").join(sql.Placeholder() * len(values))
    query = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), names, places)
    connection.execute(query, [_given(value) for value in values.values()])


def update(connection: psycopg.Connection[Any], table: str, where: dict[str, Any], **values: Any) -> None:
    """Changes the rows of which some columns have these values."""
    query = sql.SQL("UPDATE {} SET {} WHERE {}").format(
        sql.Identifier(table), _pairs(values, sql.SQL(", ")), _pairs(where, sql.SQL(" AND "))
    )
    connection.execute(query, [_given(value) for value in (*values.values(), *where.values())])


def delete(connection: psycopg.Connection[Any], table: str, **where: Any) -> None:
    """Takes rows out."""
    query = sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier(table), _pairs(where, sql.SQL(" AND ")))
    connection.execute(query, list(where.values()))


def _pairs(values: dict[str, Any], between: sql.SQL) -> sql.Composed:
    pair = sql.SQL("{} = %s")
    return between.join(pair.format(sql.Identifier(name)) for name in values)


def _given(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict | list) else value
