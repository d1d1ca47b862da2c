"""The result of a review becomes annotations, each once."""

from datetime import UTC

from backscroll.archive.opening import Archive
from backscroll.model.ids import new_id
from backscroll.model.review import Pass, Sample
from backscroll.model.writes import AnnotationRemove, ReviewDecide, Write
from backscroll.reviewing.beginning import EVERYTHING, Plan, begin
from backscroll.reviewing.decided import decided as looked_up
from backscroll.reviewing.result import Written, write_result
from backscroll.writing.overlay import Overlay
from tests.making import chat, store
from tests.reviewing.test_comparing import START, A, B, decided


async def test_what_was_settled_is_written_once_whatever_becomes_of_it(archive: Archive) -> None:
    await store(archive, chat("talk", [f"line {n}" for n in range(4)]))
    review = await begin(archive, Plan("All", EVERYTHING, Sample()), UTC)

    async def write() -> Written:
        return await write_result(archive, await looked_up(archive, Overlay([]), review))

    alone = [decided(0, "ana", A, B), decided(0, "bo", B, A), decided(1, "ana", A), decided(1, "bo"), decided(2, "bo")]
    for decision in alone:
        await archive.writes.apply(Write(new_id(), ReviewDecide(review.id, decision), START))
    assert await write() == Written(annotated=1, without_codes=1, unsettled=2)
    (note,) = await archive.annotations.page(limit=9)
    (item,) = await archive.reviews.items(review.id, [0])
    assert (note.message, note.quote, note.codes, note.author) == (item.message, "line 0", (A, B), "")
    await archive.writes.apply(Write(new_id(), AnnotationRemove(note), START))
    settled = decided(1, "di", B, made_in=Pass.RESULT)
    await archive.writes.apply(Write(new_id(), ReviewDecide(review.id, settled), START))
    assert await write() == Written(annotated=2, without_codes=1, unsettled=1)
    (other,) = await archive.annotations.page(limit=9)
    assert other.codes == (B,)
