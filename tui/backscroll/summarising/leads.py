"""The sentences of a summary, each with the messages that it leads to."""

from dataclasses import dataclass

from backscroll.model.message import Cursor
from backscroll.model.summary import Summary
from backscroll.summarising.sentences import spans


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence, and the places of the messages that it leans on."""

    text: str
    cursors: tuple[Cursor, ...] = ()


def leads(summary: Summary) -> list[Lead]:
    """All of a summary's text in its order: what links name as one piece stays one, the rest is cut into sentences."""
    found: list[Lead] = []
    position = 0
    linked = dict.fromkeys((link.start, link.end) for link in summary.links)
    for start, end in linked:
        if start >= position:
            found += _unlinked(summary.text[position:start])
            cursors = tuple(link.cursor for link in summary.links if (link.start, link.end) == (start, end))
            found.append(Lead(summary.text[start:end], cursors))
            position = end
    return found + _unlinked(summary.text[position:])


def _unlinked(text: str) -> list[Lead]:
    return [Lead(text[start:end]) for start, end in spans(text)]
