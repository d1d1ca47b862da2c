"""Numbers the messages that a model reads, and finds the numbers again in what it writes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backscroll.model.message import Cursor
from backscroll.model.summary import Link
from backscroll.summarising.sentences import spans

_CITED: Final = re.compile(r" ?\[(\d{1,9}(?:\s*[,;–-]\s*\d{1,9})*)\]")
_BEGUN: Final = re.compile(r" ?\[[\d\s,;–-]*$")
_NUMBER: Final = re.compile(r"\d+")
_MOST: Final = 20
"""Messages that a sentence is linked with."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A text without its numbers, and what each part of it leans on."""

    text: str
    links: tuple[Link, ...]


def uncited(answer: str) -> str:
    """An answer that goes on, without numbers in brackets, whole or begun."""
    return _BEGUN.sub("", _CITED.sub("", answer))


def cited(answer: str, cursors: Sequence[Cursor]) -> Cited:
    """Takes the numbers out of an answer; each belongs to the sentence before it. Number 1 is the first of `cursors`.

    Numbers that no message has are dropped.
    """
    text, marks, position = "", [], 0
    for found in _CITED.finditer(answer):
        text += answer[position : found.start()]
        marks.append((len(text.rstrip()), [int(number) for number in _NUMBER.findall(found[1])]))
        position = found.end()
    text += answer[position:]
    leaning: dict[tuple[int, int], dict[Cursor, None]] = {}
    sentences = spans(text)
    for end, numbers in marks:
        sentence = next((span for span in sentences if span[0] < end <= span[1]), None)
        if sentence:
            known = [cursors[number - 1] for number in numbers if 0 < number <= len(cursors)]
            leaning.setdefault(sentence, {}).update(dict.fromkeys(known))
    links = [Link(*span, cursor) for span, found in sorted(leaning.items()) for cursor in list(found)[:_MOST]]
    return Cited(text, tuple(links))
