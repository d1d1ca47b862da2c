"""Writes a text as Markdown that shows the same text: program text stays so, and nothing else becomes markup."""

import re
from collections.abc import Iterator
from typing import Final

from backscroll.model.fences import Fence, fences, inline
from backscroll.model.links import link_spans

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>~|&$])")
_BLOCK_START: Final = re.compile(r"^(?=[#+=-])|^(\d{1,9})(?=[.)])", re.MULTILINE)
_INDENT: Final = re.compile(r"^ +", re.MULTILINE)
_BREAK: Final = re.compile(r"(?<!\n)\n(?!\n)")
_TICKS: Final = re.compile("`+")


def as_markdown(text: str) -> str:
    """A cleaned text as Markdown (CommonMark or GitHub's): fences and inline program text kept, links as links."""
    return "\n\n".join(part for part in _parts(text) if part)


def _parts(text: str) -> Iterator[str]:
    position = 0
    for block in fences(text):
        start, end = block.whole
        yield _prose(text[position:start])
        yield _fenced(text, block)
        position = end + 1
    yield _prose(text[position:])


def _fenced(text: str, block: Fence) -> str:
    inside = text[slice(*block.inside)]
    longest = max((len(run) for run in _TICKS.findall(inside)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{text[slice(*block.language)]}\n{inside}\n{ticks}"


def _prose(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    return _BREAK.sub("  \n", _line_starts(_inlines(lines)))


def _inlines(text: str) -> str:
    """Links and program text as they are, everything else escaped."""
    kept = [(start, end, text[start:end]) for start, end in inline(text)]
    taken = [span[:2] for span in kept]
    for start, end in link_spans(text):
        if not any(start < last and first < end for first, last in taken):
            kept.append((start, end, f"<{text[start:end]}>"))
    written, position = [], 0
    for start, end, shown in sorted(kept):
        written += [_SPECIAL.sub(r"\\\1", text[position:start]), shown]
        position = end
    return "".join([*written, _SPECIAL.sub(r"\\\1", text[position:])])


def _line_starts(text: str) -> str:
    """Neither an indentation nor a sign at the beginning of a line makes a block of it."""
    text = _BLOCK_START.sub(lambda match: f"{match[1] or ''}\\", text)
    return _INDENT.sub(lambda match: "&nbsp;" * len(match[0]), text)
