"""A conversation that was begun anew in the middle: the way that led to its end is the chat, every other a thread."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from backscroll.importing.documents import Json
from backscroll.importing.records import Entry, Topic
from backscroll.model.message import Attachment, Kind

_TITLE_MAX: Final = 80


@dataclass(frozen=True, slots=True)
class Said:
    """A message before its place is known: who said it (None for the program) and when (None where it is not told)."""

    person: str | None
    words: str
    kind: Kind
    moment: datetime | None
    files: tuple[Attachment, ...]
    raw: Json | None


@dataclass(slots=True)
class Tree:
    """Messages by id in the order of the source, None for a node that says nothing; each has at most one parent.

    `leaf` is where the conversation ends; None takes the last node. `began` is the time of what has none.
    """

    chat: str
    nodes: Mapping[str, Said | None]
    parents: Mapping[str, str]
    leaf: str | None
    began: datetime | None
    _current: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        leaf = self.leaf if self.leaf in self.nodes else next(reversed(list(self.nodes)), None)
        self._current = frozenset(self._way(leaf))

    def records(self) -> Iterator[Topic | Entry]:
        """Every message in order of time, each thread before its first message."""
        found = [self._entry(node) for node in self._order() if self.nodes[node] is not None]
        told: set[str] = set()
        for entry in sorted(found, key=lambda entry: entry.sent_at):
            if entry.thread and entry.thread not in told:
                told.add(entry.thread)
                yield Topic(self.chat, entry.thread, self._title(entry), entry.external_id)
            yield entry

    def _order(self) -> list[str]:
        """Each node after its parent, then those that no way leads to."""
        children: dict[str | None, list[str]] = {}
        for node in self.nodes:
            parent = self.parents.get(node)
            children.setdefault(parent if parent in self.nodes else None, []).append(node)
        order: dict[str, None] = {}
        waiting = list(reversed(children.get(None, [])))
        while waiting:
            node = waiting.pop()
            order[node] = None
            waiting += reversed(children.get(node, []))
        return [*order, *(node for node in self.nodes if node not in order)]

    def _way(self, node: str | None) -> Iterator[str]:
        """The node, its parent, and so on to the beginning."""
        seen: set[str] = set()
        while node is not None and node in self.nodes and node not in seen:
            seen.add(node)
            yield node
            node = self.parents.get(node)

    def _entry(self, node: str) -> Entry:
        said = self.nodes[node]
        assert said is not None  # noqa: S101
        moments = (one.moment for way in self._way(node) if (one := self.nodes[way]) is not None)
        moment = next((moment for moment in moments if moment is not None), self.began)
        if moment is None:
            raise ValueError("no message of it has a time")
        entry = Entry(self.chat, moment, said.person, said.words, said.kind, node, attachments=said.files, raw=said.raw)
        return self._branched(entry, node)

    def _branched(self, entry: Entry, node: str) -> Entry:
        if node in self._current:
            return entry
        off = [way for way in self._way(node) if way not in self._current]
        speaking = [way for way in off if self.nodes[way] is not None]
        first = speaking[-1]
        before = (way for way in self._way(off[-1]) if way in self._current and self.nodes[way] is not None)
        return replace(entry, thread=first, parent=next(before, None) if first == node else None)

    @staticmethod
    def _title(entry: Entry) -> str:
        words = " ".join(entry.text.split())
        shown = words if len(words) <= _TITLE_MAX else words[: _TITLE_MAX - 1] + "…"
        return f"Another way: {shown}" if shown else "Another way"
