"""Bookmarks and annotations in words, for files that people read."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from backscroll.model.notes import Annotation, Bookmark
from backscroll.text import safe, safe_line


@dataclass(frozen=True, slots=True)
class Words:
    """What kind of note it is, with its labels, on one line; and what it says, which may be empty. Both are clean."""

    head: str
    text: str


def _bookmark_words(bookmark: Bookmark) -> Words:
    """A bookmark in words."""
    title = safe_line(bookmark.title)
    return Words(f"★ Bookmark: {title}" if title else "★ Bookmark", safe(bookmark.notes).strip())


def _annotation_words(annotation: Annotation, codes: Mapping[UUID, str]) -> Words:
    """An annotation in words; `codes` has the paths of codes."""
    parts = ["✎ Note", *labels(annotation, codes), *(f"#{tag}" for tag in annotation.tags)]
    if annotation.author:
        parts.append(f"by {annotation.author}")
    if annotation.span is not None:
        parts.append(f"on “{annotation.quote}”")
    elif annotation.end is not None:
        parts.append(f"on the messages up to {annotation.end.sent_at:%Y-%m-%d %H:%M} UTC")
    return Words(" · ".join(map(safe_line, parts)), safe(annotation.text).strip())


def labels(annotation: Annotation, codes: Mapping[UUID, str]) -> list[str]:
    """What it was coded as: the paths of its codes, and its category."""
    named = [codes.get(code, str(code)) for code in annotation.codes]
    return [*named, *([annotation.category] if annotation.category else [])]


def note_words(note: Bookmark | Annotation, codes: Mapping[UUID, str]) -> Words:
    """A note in words."""
    return _bookmark_words(note) if isinstance(note, Bookmark) else _annotation_words(note, codes)
