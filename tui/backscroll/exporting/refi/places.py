"""Finds the messages that the selections of a chat's text are on, reading the text once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from backscroll.exporting.refi.layout import Head, read_head
from backscroll.exporting.refi.project import Selection
from backscroll.model.notes import QUOTED

_LONGEST: Final = 64 * 1024**2
"""Characters between two heads of messages; a text without heads is none of ours."""


@dataclass(slots=True)
class _Block:
    """A message as it lies in the text: from its head to where the next head begins."""

    head: Head | None = None
    start: int = 0
    lines: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def body(self) -> str:
        """The message's text."""
        return "".join(self.lines).rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Placed:
    """A selection and what it is on: a message, characters of one (`span`), or the messages up to that of `end`."""

    selection: Selection
    head: Head
    quote: str
    span: tuple[int, int] | None = None
    end: Head | None = None


@dataclass(slots=True)
class _Begun:
    selection: Selection
    head: Head
    start: int
    size: int
    body: str


def placed(lines: Iterable[str], selections: Iterable[Selection]) -> Iterator[Placed | Selection]:
    """Each selection with its message; as it is where it is on no message. Raises ValueError."""
    waiting = sorted(selections, key=lambda one: (one.start, one.end), reverse=True)
    begun: list[_Begun] = []
    for block in _blocks(lines):
        limit = block.start + block.length
        body = block.body
        while waiting and waiting[-1].start < limit:
            one = waiting.pop()
            if block.head is None or one.start < 0 or one.end < one.start:
                yield one
            else:
                begun.append(_Begun(one, block.head, block.start, len(body), body[:QUOTED]))
        yield from (_placed(here, block, body) for here in begun if here.selection.end <= limit)
        begun = [here for here in begun if here.selection.end > limit]
    yield from (here.selection for here in begun)
    yield from waiting


def _placed(one: _Begun, block: _Block, body: str) -> Placed:
    selection = one.selection
    if block.head is not None and block.start != one.start:
        return Placed(selection, one.head, one.body, end=block.head)
    first, last = max(selection.start - one.start, 0), min(selection.end - one.start, one.size)
    if (first, last) == (0, one.size) or first >= last:
        return Placed(selection, one.head, one.body)
    return Placed(selection, one.head, body[first:last][:QUOTED], span=(first, last))


def _blocks(lines: Iterable[str]) -> Iterator[_Block]:
    block, position = _Block(), 0
    for line in lines:
        head = read_head(line)
        position += len(line)
        if head is not None:
            # What is selected of a head belongs to its message: the blocks meet before it.
            block.length = position - len(line) - block.start
            yield block
            block = _Block(head, position)
            continue
        block.lines.append(line)
        block.length += len(line)
        if block.length > _LONGEST:
            raise ValueError("its text has no heads of messages")
    block.length = position - block.start
    yield block
