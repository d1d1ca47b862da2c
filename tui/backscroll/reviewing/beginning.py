"""Begins a review: what is asked for, which messages are drawn, and what it is called."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.ids import new_id
from backscroll.model.message import OLDEST
from backscroll.model.query import Query, Sent
from backscroll.model.review import Review, Sample
from backscroll.reviewing.sampling import Sampling

EVERYTHING: Final = Query("", Sent(since=OLDEST.sent_at))
"""All messages."""
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """What a review is to be: its messages come from `query`, `codes` are those in use (none: the whole codebook)."""

    title: str
    query: Query
    sample: Sample
    codes: tuple[UUID, ...] = ()
    is_blind: bool = True


async def begin(archive: Archive, plan: Plan, zone: tzinfo) -> Review:
    """Draws the messages, months being those of a zone, and writes the review with its queue. Raises AppError."""
    title = plan.title.strip()
    if not 0 < len(title) <= _LONGEST:
        raise AppError("A review needs a title", f"Give 1 to {_LONGEST} characters.", code="bad_title")
    drawn = await Sampling(archive, zone).draw(plan.query, plan.sample)
    review = Review(
        new_id(), title, plan.query.text, plan.sample, plan.codes, plan.is_blind, len(drawn), datetime.now(UTC)
    )
    await archive.reviews.begin(review, drawn)
    return review
