"""The passes of a review: what each is over, which one is next, and when others' codes may be seen."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from backscroll.errors import AppError
from backscroll.model.review import Decision, Pass, Review
from backscroll.reviewing.comparing import Outcome, disagreements
from backscroll.reviewing.queue import Queue


def queue_of(review: Review, decisions: Sequence[Decision], author: str, made_in: Pass) -> Queue:
    """A reviewer's queue in one pass, from all that was decided so far.

    The second pass is over the messages on which the reviewer and another one differed in the first, and begins with
    the reviewer's own codes. The last is over those on which reviewers still differ, and begins with the result that
    there is, or with what most of them gave. Raises AppError (`unfinished_pass`) where it would show the others' codes
    before their time.
    """
    if made_in is Pass.ALONE:
        return Queue(author, made_in, range(review.size), decisions)
    check_sight(review, decisions, author)
    differing = differences(decisions, author, made_in)
    found = Queue(author, made_in, [outcome.position for outcome in differing], decisions)
    if made_in is Pass.TOGETHER:
        found.begins_with = {outcome.position: outcome.reviewers[author].codes for outcome in differing}
    else:
        found.begins_with = {outcome.position: _of_most(outcome) for outcome in differing}
    return found


def differences(decisions: Iterable[Decision], author: str, made_in: Pass) -> list[Outcome]:
    """The messages of a later pass, with what the reviewers think of them."""
    if made_in is Pass.TOGETHER:
        alone = [decision for decision in decisions if decision.made_in is Pass.ALONE]
        return [outcome for outcome in disagreements(alone) if author in outcome.reviewers]
    return disagreements(decisions)


def next_pass(review: Review, decisions: Sequence[Decision], author: str) -> Pass | None:
    """The pass in which there is something left to do for a reviewer; None: in none of the first two."""
    for made_in in (Pass.ALONE, Pass.TOGETHER):
        found = queue_of(review, decisions, author, made_in)
        if found.done < len(found.positions):
            return made_in
    return None


def check_sight(review: Review, decisions: Iterable[Decision], author: str) -> None:
    """Raises AppError (`unfinished_pass`) where a reviewer of a blind review has not come to the end of the first pass.

    Who did not begin it may see everything: somebody settles what the others differ on.
    """
    own = sum(d.author == author and d.made_in is Pass.ALONE for d in decisions)
    if review.is_blind and 0 < own < review.size:
        raise AppError(
            f"The first pass is not finished: {review.size - own:,} left",
            "The others' codes show when you have come to its end.",
            code="unfinished_pass",
        )


def _of_most(outcome: Outcome) -> tuple[UUID, ...]:
    if outcome.result is not None:
        return outcome.result.codes
    given = [decision.codes for decision in outcome.reviewers.values()]
    codes = dict.fromkeys(code for codes in given for code in codes)
    return tuple(code for code in codes if 2 * sum(code in codes for codes in given) > len(given))
