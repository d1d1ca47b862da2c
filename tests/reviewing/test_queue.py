"""A reviewer walks through a queue, goes back, leaves and comes again, and sees the others' codes when it is time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from backscroll.errors import AppError
from backscroll.model.code import Code
from backscroll.model.review import DecisionState, Pass, Review, Sample
from backscroll.reviewing.keys import keys_of
from backscroll.reviewing.passes import next_pass, queue_of
from backscroll.reviewing.queue import Queue, laid_over
from tests.reviewing.test_comparing import A, B, decided

NOW = datetime(2024, 1, 2, tzinfo=UTC)
CODED, SKIPPED = DecisionState.CODED, DecisionState.SKIPPED
REVIEW = Review(UUID(int=1), "Talk", "", Sample(), (), is_blind=True, size=4, created_at=NOW)


def test_codes_are_toggled_and_each_decision_leads_to_the_next_message() -> None:
    walk = Queue("ana", Pass.ALONE, range(3), [])
    walk.toggle(A)
    walk.toggle(B)
    walk.toggle(A)
    walk.toggle_flag()
    walk.note(" odd ")
    made = walk.decide(CODED, 12.0, NOW)
    assert made is not None
    assert (made.position, made.codes, made.is_flagged, made.remark, made.seconds) == (0, (B,), True, "odd", 12)
    walk.toggle(A)
    skipped = walk.decide(SKIPPED, 9_000, NOW)
    assert skipped is not None
    assert (skipped.position, skipped.codes, skipped.seconds) == (1, (), 300)
    assert (walk.done, walk.position, walk.ahead(3)) == (2, 2, [])
    assert walk.seconds_left == pytest.approx(156)


def test_one_goes_back_changes_something_and_comes_to_where_one_was() -> None:
    walk = Queue("ana", Pass.ALONE, range(4), [])
    for code in (A, B):
        walk.toggle(code)
        walk.decide(CODED, 1.0, NOW)
    walk.toggle(A)  # not decided yet
    assert walk.back()
    assert walk.back()
    assert not walk.back()
    assert walk.draft.codes == (A,)
    walk.toggle(A)
    again = walk.decide(CODED, 2.0, NOW + timedelta(seconds=5))
    assert again is not None
    assert again.codes == ()
    assert (walk.decided[0].codes, walk.decided[0].seconds) == ((), 3.0)
    assert (walk.position, walk.draft.codes) == (2, (A,))


def test_who_comes_again_goes_on_at_the_first_message_that_was_left() -> None:
    left = [decided(0, "ana"), decided(2, "ana", A), decided(1, "bo")]
    walk = Queue("ana", Pass.ALONE, range(4), left)
    assert (walk.position, walk.ahead(3), walk.done) == (1, [3], 2)
    walk.decide(CODED, 1.0, NOW)
    walk.decide(CODED, 1.0, NOW)
    assert (walk.position, walk.done) == (None, 4)
    assert walk.decide(CODED, 1.0, NOW) is None
    assert walk.back()
    assert walk.position == 3


def test_what_waits_is_laid_over_what_the_archive_has() -> None:
    there = [decided(0, "ana", A), decided(1, "ana", A)]
    later = replace(decided(1, "ana", B), decided_at=NOW, seconds=2.0)
    found = laid_over(there, [later, decided(2, "ana")])
    assert [(d.position, d.codes) for d in found] == [(0, (A,)), (1, (B,)), (2, ())]
    assert laid_over(found, [later]) == found  # it came to the archive meanwhile


def test_others_codes_show_at_the_end_of_the_first_pass_where_reviewers_differ() -> None:
    bo = [decided(p, "bo", A) for p in range(4)]
    some = [decided(p, "ana", A) for p in range(3)]
    assert next_pass(REVIEW, [*bo, *some], "ana") is Pass.ALONE
    for made_in in (Pass.TOGETHER, Pass.RESULT):
        with pytest.raises(AppError, match="1 left") as caught:
            queue_of(REVIEW, [*bo, *some], "ana", made_in)
        assert caught.value.code == "unfinished_pass"
    whole = [*bo, *some, decided(3, "ana", B)]
    assert next_pass(REVIEW, whole, "ana") is Pass.TOGETHER
    walk = queue_of(REVIEW, whole, "ana", Pass.TOGETHER)
    assert (list(walk.positions), walk.draft.codes) == ([3], (B,))
    assert queue_of(REVIEW, [*bo, *some], "di", Pass.RESULT).position is None
    whole += [decided(3, "ana", B, made_in=Pass.TOGETHER), decided(3, "cy", B)]
    assert next_pass(REVIEW, whole, "ana") is None
    settling = queue_of(REVIEW, whole, "di", Pass.RESULT)
    assert (settling.position, settling.draft.codes) == (3, (B,))


def _code(number: int, key: str = "") -> Code:
    return Code(UUID(int=number), None, f"code {number}", "", key, "", "", 0, None, 1, NOW, NOW, None)


def test_codes_have_their_own_keys_and_the_others_free_ones() -> None:
    codes = [_code(0), _code(1, "2"), _code(2, "s"), _code(3, "T"), *map(_code, range(4, 50))]
    keys = keys_of(codes, taken="spf")
    found = {code.id.int: key for key, code in keys.items()}
    assert (found[0], found[1], found[2], found[3], found[4]) == ("1", "2", "3", "T", "4")
    assert len(keys) == 34  # ten digits, the letters that are not taken, and T
    assert not set("spf") & keys.keys()
