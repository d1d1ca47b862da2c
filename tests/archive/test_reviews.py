"""A review keeps its queue and each decision: whole or not at all, the later one of a reviewer, nobody else's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backscroll.archive.gateway import Connection
from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.conversation import Place
from backscroll.model.ids import new_id
from backscroll.model.message import Cursor
from backscroll.model.review import Decision, DecisionState, Drawn, Pass, Review, Sample, SampleKind, Stratum
from backscroll.model.writes import Outcome, ReviewDecide, Write
from backscroll.reviewing.beginning import EVERYTHING, Plan, begin
from tests.making import START, chat, chat_id, store

SAMPLE = Sample(SampleKind.STRATIFIED, 5, seed=3, by=Stratum.SENDER)
WHEN = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture
async def review(archive: Archive) -> Review:
    await store(archive, chat("talk", [f"line {n} " + "x" * 500 for n in range(20)]))
    return await begin(archive, Plan("First look", EVERYTHING, SAMPLE, codes=(new_id(),)), UTC)


async def _decide(archive: Archive, review: Review, decision: Decision) -> Outcome:
    return await archive.writes.apply(Write(new_id(), ReviewDecide(review.id, decision), WHEN))


def _decision(position: int, author: str = "ana", *, after: int = 0, **columns: object) -> Decision:
    made = Decision(position, author, Pass.ALONE, (), DecisionState.CODED, WHEN + timedelta(seconds=after))
    return replace(made, **columns)


async def test_a_review_is_there_as_it_was_begun(archive: Archive, review: Review) -> None:
    (kept,) = await archive.reviews.all()
    assert kept == review
    assert review.size == 5
    items = await archive.reviews.items(review.id, range(10))
    assert [item.position for item in items] == list(range(5))
    assert {(item.stratum, item.sender) for item in items} == {("Ana", "Ana"), ("Bo", "Bo")}
    assert {len(item.quote) for item in items} == {400}
    assert len({item.message.id for item in items}) == 5
    assert await archive.reviews.named("first LOOK") == kept
    assert await archive.reviews.named(str(review.id)[:12]) == kept
    with pytest.raises(AppError) as caught:
        await archive.reviews.named("second look")
    assert caught.value.code == "no_such_review"


async def test_a_review_is_begun_once_and_whole(archive: Archive, review: Review) -> None:
    drawn = [Drawn(item.place, item.stratum) for item in await archive.reviews.items(review.id, range(5))]
    await archive.reviews.begin(review, drawn[:2])
    assert len(await archive.reviews.items(review.id, range(9))) == 5
    gone = Drawn(Place(chat_id("talk"), Cursor(START, new_id())))
    with pytest.raises(AppError) as caught:
        await archive.reviews.begin(replace(review, id=new_id()), [*drawn, gone])
    assert caught.value.code == "no_such_message"
    assert len(await archive.reviews.all()) == 1


async def test_of_two_decisions_of_a_reviewer_the_later_one_stays(archive: Archive, review: Review) -> None:
    code = new_id()
    first = _decision(0, after=10, codes=(code,), seconds=2.5, remark="why?")
    assert await _decide(archive, review, first) is Outcome.APPLIED
    assert await _decide(archive, review, _decision(0, after=5, seconds=1.0)) is Outcome.CONFLICT
    assert await _decide(archive, review, _decision(0, after=20, is_flagged=True, seconds=1.0))
    assert await _decide(archive, review, _decision(1, state=DecisionState.SKIPPED))
    assert await _decide(archive, review, _decision(0, "bo", codes=(code,)))
    first, of_bo, second = await archive.reviews.decisions(review.id)
    assert (first.codes, first.is_flagged, first.remark, first.seconds) == ((), True, "", 3.5)
    assert not second.is_coded
    assert (of_bo.author, of_bo.codes, of_bo.made_in) == ("bo", (code,), Pass.ALONE)
    ana, bo = (await archive.reviews.progress([review.id]))[review.id]
    assert (ana.author, ana.coded, ana.skipped, ana.flagged, ana.seconds) == ("ana", 1, 1, 1, 3.5)
    assert (bo.author, bo.coded) == ("bo", 1)


async def test_what_can_never_be_decided_says_why(archive: Archive, review: Review) -> None:
    async def refused(review: Review, decision: Decision) -> str:
        with pytest.raises(AppError) as caught:
            await _decide(archive, review, decision)
        return caught.value.code

    await _decide(archive, review, _decision(0))
    gateway = archive.reviews._gateway

    async def give_away(connection: Connection) -> None:
        await connection.execute("INSERT INTO backscroll.users (id, role, name) VALUES (gen_random_uuid(), 'x', 'x')")
        await connection.execute(
            "UPDATE backscroll.review_decisions SET user_id = (SELECT id FROM backscroll.users WHERE role = 'x')"
        )

    await gateway.transact(give_away)
    assert await refused(review, _decision(0, after=9)) == "reviewer_taken"
    with pytest.raises(AppError, match="under this name"):
        await archive.reviews.reviewer(review.id, "ana")
    assert await archive.reviews.reviewer(review.id, "cy") == "cy"
    assert await archive.reviews.reviewer(review.id, "") not in ("", "ana")
    assert await refused(replace(review, id=new_id()), _decision(0)) == "no_such_review"
    await archive.reviews.close(review.id)
    closed = (await archive.reviews.named("First look")).closed_at
    await archive.reviews.close(review.id)
    assert (await archive.reviews.named("First look")).closed_at == closed is not None
    assert await refused(review, _decision(1)) == "closed_review"
