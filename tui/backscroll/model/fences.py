"""Where program text stands in a message's words: blocks between fences of backticks, and runs inside a line."""

import re
from dataclasses import dataclass
from typing import Final

_OPENING: Final = re.compile(r" {0,3}(`{3,})([^`]*)$")
_CLOSING: Final = re.compile(r"(`{3,}) *$")
_LANGUAGE: Final = re.compile(r"[\w+#.-]{1,30}$")
_INLINE: Final = re.compile(r"(?<!`)(`{1,3})(?!`)[^\n]{1,1000}?(?<!`)\1(?!`)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: all of it with its fences, its language where one is named, and the text between the fences.

    Each pair is where it begins and ends in the text, newlines at the ends excluded.
    """

    whole: tuple[int, int]
    language: tuple[int, int]
    inside: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    after: int  # where the backticks end
    end: int  # where the line ends
    ticks: int
    named: str  # what follows the backticks on their line


def fences(text: str, *, goes_on: bool = False) -> list[Fence]:
    """The fenced blocks of a text in its order; a block that is never closed is none.

    Where the text `goes_on` beyond what is given, a block that is open at its end counts as closed there.
    """
    if "```" not in text:
        return []
    found: list[Fence] = []
    opened: _Open | None = None
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if opened is None:
            opening = _OPENING.match(line)
            if opening:
                named = opening[2].strip()
                opened = _Open(position, position + opening.end(1), end, len(opening[1]), named)
        else:
            closing = _CLOSING.search(line)
            if closing and len(closing[1]) >= opened.ticks:
                is_alone = not line[: closing.start()].strip()
                found.append(_fence(opened, end, position - 1 if is_alone else position + closing.start(), is_alone))
                opened = None
        position = end + 1
    if opened is not None and goes_on:
        found.append(_fence(opened, len(text), len(text), is_alone=True))
    return found


def _fence(opened: _Open, end: int, inside_end: int, is_alone: bool) -> Fence:
    """Some write the first and last line of the block on the lines of the fences themselves."""
    nothing = (opened.after, opened.after)
    if not opened.named:
        language, start = nothing, opened.end + 1
    elif is_alone and _LANGUAGE.match(opened.named):
        language, start = (opened.end - len(opened.named), opened.end), opened.end + 1
    else:
        language, start = nothing, opened.after
    return Fence((opened.start, end), language, (start, max(start, inside_end)))


def inline(text: str) -> list[tuple[int, int]]:
    """Where runs between backticks begin and end inside the lines of a text, the backticks included."""
    return [match.span() for match in _INLINE.finditer(text)] if "`" in text else []
