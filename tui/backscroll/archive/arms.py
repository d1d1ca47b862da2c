"""Puts together one statement that asks some quarters one after another: an arm for each, in the order of the walk."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, Literal, TypeAlias

from psycopg import sql

from backscroll.archive.queries import queries
from backscroll.archive.steps import Way

_SQL = queries("search")
_WORDS: Final = queries("conditions")["words"]
_PARAMETER: Final = re.compile(r"%\((\w+)\)s")
Statement: TypeAlias = Literal["first", "first_in_chat", "hits", "ranked", "count"]
Arm: TypeAlias = tuple[str, sql.Composed]
"""A quarter's name, and the condition on its messages."""


@cache
def numbered(statement: Statement, quarters: tuple[str, ...], way: Way) -> tuple[bytes, tuple[str, ...]]:
    """The statement for the one condition that `query` is a query for the word index: its text, with $1, $2, ... for
    parameters, and the names of these.

    It is put together once: to do so for each search, or to look for names in it, takes longer than most quarters.
    """
    condition = _WORDS.format(query=sql.Placeholder("query"))
    text = united(statement, [(quarter, condition) for quarter in quarters], way).as_string()
    names = tuple(dict.fromkeys(_PARAMETER.findall(text)))
    return _PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", text).encode(), names


def united(statement: Statement, arms: Sequence[Arm], way: Way) -> sql.Composed:
    """The statement over these arms."""
    if statement == "hits":
        gates = [_SQL["always"], *([_SQL["in_time"]] * (len(arms) - 1))]
        return _SQL["hits"].format(arms=_joined(_gated(arms, gates, way)))
    if statement in ("ranked", "count"):
        each = (_SQL[f"{statement}_in"].format(quarter=table(quarter), condition=c) for quarter, c in arms)
        return _SQL[statement].format(arms=_joined(each))
    gates = [_SQL["short"], *([_SQL["short_in_time"]] * (len(arms) - 1))]
    whose = _SQL["in_chat" if statement == "first_in_chat" else "always"]
    walk = {"inside": whose, "condition": arms[0][1], **directions(way)}
    walked, further = (_SQL["walk"].format(rows=_SQL[rows], **walk) for rows in ("near", "far"))
    return _SQL["first"].format(walked=walked, further=further, arms=_joined(_gated(arms, gates, way)))


def _gated(arms: Sequence[Arm], gates: Sequence[sql.SQL], way: Way) -> Iterator[sql.Composed]:
    """The hits of each arm whose gate is open, and the row that says that all were asked."""
    for (quarter, condition), gate in zip(arms, gates, strict=True):
        yield _SQL["hits_in"].format(quarter=table(quarter), condition=condition, gate=gate, **directions(way))
    yield _SQL["all_asked"].format(gate=_SQL["in_time"])


def _joined(arms: Iterable[sql.Composed]) -> sql.Composed:
    return sql.SQL("\nUNION ALL\n").join(arms)


def table(quarter: str) -> sql.Identifier:
    """A quarter by its name."""
    return sql.Identifier("backscroll", quarter)


def directions(way: Way) -> dict[str, sql.Composable]:
    """What differs between the ways through time."""
    return {part: _SQL[f"{part}_{way}"] for part in ("beyond", "within", "order")}
