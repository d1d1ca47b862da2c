"""Figures and decisions in words, for the screen and the command line."""

from collections.abc import Sequence
from uuid import UUID

from backscroll.model.code import Codebook
from backscroll.reviewing.result import Written
from backscroll.text import safe_line


def code_names(codes: Sequence[UUID], book: Codebook) -> str:
    """Codes by their paths; none: a dash."""
    found = (book.path(code) if (code := book.get(identity)) else str(identity)[:8] for identity in codes)
    return ", ".join(map(safe_line, found)) or "–"


def figure(value: float | None, form: str = "{:.3f}") -> str:
    """A figure; a dash where it is not defined."""
    return "–" if value is None else form.format(value)


def interval_words(bounds: tuple[float, float] | None) -> str:
    """The bounds of an interval; a dash where there are none."""
    return f"{bounds[0]:.3f} to {bounds[1]:.3f}" if bounds else "–"


def written_words(written: Written) -> str:
    """What became of the result of a review."""
    return (
        f"{written.annotated:,} messages bear the codes of the result. On {written.without_codes:,} none applies; "
        f"{written.unsettled:,} have no result yet."
    )
