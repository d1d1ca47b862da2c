"""Finds chats by a part of their title, typing mistakes included; prefixes and beginnings of words come first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from unicodedata import combining, normalize
from uuid import UUID

from textual.content import Content

from backscroll.text import safe_line

_CUTOFF: Final = 70
_LIT: Final = "bold underline"


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat by name: `title` has passed `safe_line`, `folded` has as many characters, without case and accents."""

    id: UUID
    title: str
    folded: str


@dataclass(frozen=True, slots=True)
class Match:
    """A chat that fits, how well (0 to 400), and which letters of its title do."""

    chat: Chat
    score: float
    spans: tuple[tuple[int, int], ...]

    @property
    def content(self) -> Content:
        """The title with the matching letters lit."""
        content = Content(self.chat.title)
        for start, end in self.spans:
            content = content.stylize(_LIT, start, end)
        return content


def chats_by_name(titles: Iterable[tuple[UUID, str]]) -> list[Chat]:
    """The chats, ready to be matched, in the given order."""
    lines = ((identity, safe_line(title)) for identity, title in titles)
    return [Chat(identity, line, fold(line)) for identity, line in lines]


def fold(text: str) -> str:
    """The text without case and accents, character by character, so that places in it stay the same."""
    return text.lower() if text.isascii() else "".join(map(_plain, text))


def _plain(character: str) -> str:
    parts = normalize("NFD", character.lower())
    return parts[0] if all(map(combining, parts[1:])) else character


def match_titles(typed: str, chats: list[Chat], limit: int = 50) -> list[Match]:
    """The `limit` chats that fit best what was typed; without anything typed the first ones."""
    needle = fold(" ".join(typed.split()))
    if not needle:
        return [Match(chat, 0, ()) for chat in chats[:limit]]
    scored = [(score, i) for i, chat in enumerate(chats) if (score := _literal(needle, chat.folded))]
    if len(scored) < limit and len(needle) > 2:
        scored += _similar(needle, chats, {i for _, i in scored})
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    return [Match(chats[i], score, _spans(needle, chats[i].folded)) for score, i in scored[:limit]]


def _literal(needle: str, title: str) -> float:
    """400 for the whole title, 300 where it begins so, 200 where a word does, 100 for any place; 0 for none."""
    place = title.find(needle)
    if place <= 0:
        return 0 if place else 400 if len(title) == len(needle) else 300
    return 200 if any(word.startswith(needle) for word in title.split()) or f" {needle}" in title else 100


def _similar(needle: str, chats: list[Chat], known: set[int]) -> list[tuple[float, int]]:
    from rapidfuzz import fuzz, process  # here, because the first frame need not wait for it

    # A title shorter than what was typed is a part of it too easily: those are compared as a whole.
    long = {i: c.folded for i, c in enumerate(chats) if i not in known and len(c.folded) >= len(needle)}
    short = {i: c.folded for i, c in enumerate(chats) if i not in known and len(c.folded) < len(needle)}
    found = process.extract(needle, long, scorer=fuzz.partial_ratio, score_cutoff=_CUTOFF, limit=None)
    found += process.extract(needle, short, scorer=fuzz.ratio, score_cutoff=_CUTOFF, limit=None)
    return [(score * 0.99, i) for _, score, i in found]


def _spans(needle: str, title: str) -> tuple[tuple[int, int], ...]:
    place = 0 if title.startswith(needle) else title.find(f" {needle}") + 1 or title.find(needle)
    if place >= 0:
        return ((place, place + len(needle)),)
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    aligned = fuzz.partial_ratio_alignment(needle, title)
    start = aligned.dest_start if aligned and len(title) >= len(needle) else 0
    end = aligned.dest_end if aligned and len(title) >= len(needle) else len(title)
    steps = LCSseq.opcodes(needle, title[start:end])
    return tuple((start + s.dest_start, start + s.dest_end) for s in steps if s.tag == "equal")
