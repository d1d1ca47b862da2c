"""Decisions side by side: figures by code and pair, disagreements, and what comes of each message."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from backscroll.model.review import Decision, DecisionState, Pass
from backscroll.reviewing.comparing import disagreements, figures, outcomes, to_talk_about

A, B = UUID(int=0xA), UUID(int=0xB)
START = datetime(2024, 1, 1, tzinfo=UTC)


def decided(position: int, author: str, *codes: UUID, made_in: Pass = Pass.ALONE, skipped: bool = False) -> Decision:
    state = DecisionState.SKIPPED if skipped else DecisionState.CODED
    return Decision(position, author, made_in, codes, state, START + timedelta(minutes=position))


def test_figures_are_told_for_all_and_for_each_pair_on_all_codes_and_on_each() -> None:
    ana = [decided(0, "ana", A), decided(1, "ana"), decided(2, "ana", A, B), decided(3, "ana", B)]
    bo = [decided(0, "bo", A), decided(1, "bo"), decided(2, "bo", B, A), decided(3, "bo", A)]
    cy = [decided(0, "cy", A), decided(1, "cy", skipped=True), decided(2, "cy", A, made_in=Pass.TOGETHER)]
    found = {(f.code, f.reviewers): f for f in figures([*ana, *bo, *cy], [])}
    everybody = ("ana", "bo", "cy")
    assert list(found) == [
        (code, names) for code in (None, A, B) for names in (everybody, ("ana", "bo"), ("ana", "cy"), ("bo", "cy"))
    ]
    pair = found[None, ("ana", "bo")]
    assert (pair.messages, pair.percent) == (4, 75)  # the order of codes says nothing
    assert pair.kappa == pytest.approx((4 * 3 - 4) / (16 - 4))  # by chance 2 + 1 + 1 + 0 of 16
    assert pair.interval is None
    assert found[A, ("ana", "bo")].kappa == pytest.approx((4 * 3 - (2 * 3 + 2 * 1)) / (16 - (2 * 3 + 2 * 1)))
    assert found[A, ("ana", "cy")].messages == 1  # what was skipped, and another pass, does not count
    assert found[A, everybody].kappa is None
    assert found[A, everybody].interval is not None
    assert figures(cy, []) == []


def test_the_second_pass_and_then_the_result_take_the_place_of_what_was_decided_before() -> None:
    decisions = [
        decided(0, "ana", A),
        decided(0, "bo", A),
        decided(1, "ana", A),
        decided(1, "bo", B),
        decided(1, "bo", A, made_in=Pass.TOGETHER),
        decided(2, "ana", A),
        decided(2, "bo", B),
        decided(3, "ana", A),
        decided(3, "bo"),
        decided(3, "di", B, made_in=Pass.RESULT),
        replace(decided(4, "ana", skipped=True), is_flagged=True),
        decided(5, "ana", skipped=True),
    ]
    found = outcomes(reversed(decisions))
    assert [outcome.position for outcome in found] == [0, 1, 2, 3, 4]
    assert found[4].flagged_by == ("ana",)
    results = [outcome.result.codes if outcome.result else None for outcome in found]
    assert results == [(A,), (A,), None, (B,), None]
    assert [outcome.position for outcome in disagreements(decisions)] == [2, 3]
    assert [outcome.position for outcome in to_talk_about(decisions)] == [2, 3, 4]
    assert {name: d.codes for name, d in found[1].reviewers.items()} == {"ana": (A,), "bo": (A,)}
