"""A reviewer sits down to a review: the queue, the codes, and what may be seen of what others decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.code import Code, Codebook
from backscroll.model.review import Decision, Pass, Review
from backscroll.reviewing.comparing import Reviewers
from backscroll.reviewing.decided import decided
from backscroll.reviewing.passes import differences, next_pass, queue_of
from backscroll.reviewing.queue import Queue
from backscroll.writing.overlay import Overlay


@dataclass(frozen=True, slots=True)
class Sitting:
    """`codes` are those that may be given, in the order of the codebook; `reviewers` what may be seen, by position."""

    queue: Queue
    book: Codebook
    codes: tuple[Code, ...]
    reviewers: Mapping[int, Reviewers]


async def sit_down(
    archive: Archive, overlay: Overlay, review: Review, name: str, made_in: Pass | None = None
) -> Sitting:
    """Begins or goes on with a pass (None: the next of the first two in which something is left).

    `name` is the reviewer's; empty: the user's own. Raises AppError (`closed_review`, `reviewer_taken`,
    `unfinished_pass`).
    """
    if review.closed_at:
        raise AppError(
            "The review is closed",
            "Nothing more is decided in it, unless it is reopened: x in the list of reviews, or `review reopen`.",
            code="closed_review",
        )
    author = await archive.reviews.reviewer(review.id, name)
    found = await decided(archive, overlay, review)
    chosen = made_in or next_pass(review, found.decisions, author) or Pass.TOGETHER
    queue = queue_of(review, found.decisions, author, chosen)
    return Sitting(queue, found.book, found.codes, _visible(review, found.decisions, author, chosen))


def _visible(review: Review, decisions: list[Decision], author: str, made_in: Pass) -> dict[int, Reviewers]:
    if made_in is not Pass.ALONE:
        return {outcome.position: outcome.reviewers for outcome in differences(decisions, author, made_in)}
    others: dict[int, dict[str, Decision]] = {}
    if not review.is_blind:
        for decision in decisions:
            if decision.author != author and decision.made_in is Pass.ALONE and decision.is_coded:
                others.setdefault(decision.position, {})[decision.author] = decision
    return dict(others)
