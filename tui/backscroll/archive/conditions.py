"""Puts a condition into SQL, out of the blocks of sql/queries/conditions.sql."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Self

from psycopg import sql

from backscroll.archive.queries import queries
from backscroll.model.condition import Condition, Leaf
from backscroll.model.message import NEWEST, OLDEST
from backscroll.model.query import All, Either, Not

_SQL = queries("conditions")
_AND: Final = sql.SQL(" AND ")
_OR: Final = sql.SQL(" OR ")


@dataclass(slots=True)
class Clause:
    """A condition in SQL for messages from `since` until `until`, and the parameters that it stands for."""

    since: datetime | None = None
    until: datetime | None = None
    parameters: dict[str, object] = field(default_factory=dict)

    def between(self, since: datetime | None, until: datetime | None) -> Self:
        """The same for messages of another stretch, with what was put to `parameters` already."""
        return replace(self, since=since, until=until)

    def of(self, condition: Condition) -> sql.Composed:
        """The condition as SQL; its values go to `parameters`."""
        if isinstance(condition, All | Either):
            joint = _AND if isinstance(condition, All) else _OR
            return sql.SQL("({})").format(joint.join(map(self.of, condition.parts)))
        if isinstance(condition, Not):
            # What is not known (a system message has no sender) is not so.
            return sql.SQL("({}) IS NOT TRUE").format(self.of(condition.part))
        return sql.SQL("({})").format(self._leaf(condition))

    def _leaf(self, leaf: Leaf) -> sql.Composed:
        values = dict(leaf.values)
        if leaf.is_join:
            values |= {"since": self.since or OLDEST.sent_at, "until": self.until or NEWEST.sent_at}
        names = {name: f"{name}{len(self.parameters) + i}" for i, name in enumerate(values)}
        self.parameters |= {names[name]: value for name, value in values.items()}
        return _SQL[leaf.name].format(**{name: sql.Placeholder(numbered) for name, numbered in names.items()})
