"""A condition on messages: a query whose names have become ids, and what is known of all that fit it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.model.query import All, Either, Not, Tree


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of every message that fits; None: nothing.

    `words` is a query for to_tsquery that a word index can answer. `is_indexed` says that some index leads to the
    messages, so that a quarter need not be read whole.
    """

    words: str | None = None
    chats: frozenset[UUID] | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_indexed: bool = False

    def __and__(self, other: "Reach") -> "Reach":
        both = f"({self.words} & {other.words})" if self.words and other.words else self.words or other.words
        if self.chats is None or other.chats is None:
            chats = other.chats if self.chats is None else self.chats
        else:
            chats = self.chats & other.chats
        return Reach(
            both,
            chats,
            _chosen(max, self.since, other.since),
            _chosen(min, self.until, other.until),
            self.is_indexed or other.is_indexed,
        )

    def __or__(self, other: "Reach") -> "Reach":
        return Reach(
            f"({self.words} | {other.words})" if self.words and other.words else None,
            None if self.chats is None or other.chats is None else self.chats | other.chats,
            None if self.since is None or other.since is None else min(self.since, other.since),
            None if self.until is None or other.until is None else max(self.until, other.until),
            self.is_indexed and other.is_indexed,
        )


def _chosen(
    choose: Callable[[datetime, datetime], datetime], a: datetime | None, b: datetime | None
) -> datetime | None:
    return choose(a, b) if a and b else a or b


@dataclass(frozen=True, slots=True)
class Leaf:
    """One test: the block `name` of sql/queries/conditions.sql with its values.

    `is_join`: it looks into a table beside messages, which leads to few of them, but only where every hit has to
    pass. `is_slow`: it has to read texts.
    """

    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    reach: Reach = Reach()
    is_join: bool = False
    is_slow: bool = False


Condition: TypeAlias = Tree[Leaf]

NOTHING: Final = Leaf("nothing", reach=Reach(chats=frozenset(), is_indexed=True))
"""Fits no message."""


def reach(condition: Condition) -> Reach:
    """What is known of every message that fits a condition."""
    if isinstance(condition, All):
        return reduce(Reach.__and__, map(reach, condition.parts))
    if isinstance(condition, Either):
        reaches = [reach(part) for part in condition.parts if part != NOTHING] or [NOTHING.reach]
        known = reduce(Reach.__or__, reaches)
        # Tables beside messages cannot be joined by one arm of an OR.
        joins = any(leaf.is_join for part in condition.parts for leaf in leaves(part))
        return Reach(known.words, known.chats, known.since, known.until, known.is_indexed and not joins)
    if isinstance(condition, Not):
        return Reach()
    return condition.reach


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every test of a condition."""
    if isinstance(condition, All | Either):
        for part in condition.parts:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        yield condition
