"""The result of a review as annotations: what was settled, or what all who coded a message agree on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from backscroll.archive.opening import Archive
from backscroll.model.ids import result_id
from backscroll.model.notes import Annotation
from backscroll.model.review import Decision, Item
from backscroll.model.writes import AnnotationWrite, Write
from backscroll.reviewing.comparing import outcomes
from backscroll.reviewing.decided import Decided

_STEP = 500
"""Messages of a queue that are fetched at once."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many messages bear the result's codes now, on how many none applies, and how many have no result yet."""

    annotated: int
    without_codes: int
    unsettled: int


async def write_result(
    archive: Archive, found: Decided, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Written:
    """Writes an annotation of the archive's own user on each message whose result has codes. Raises AppError.

    Each is written once: doing it again goes on where it broke off and adds what was settled since; what was written
    stays, also where somebody changed it or took it away.
    """
    settled = [outcome.result for outcome in outcomes(found.decisions) if outcome.result]
    coded = {decision.position: decision for decision in settled if decision.codes}
    positions = list(coded)
    for first in range(0, len(positions), _STEP):
        items = await archive.reviews.items(found.review.id, positions[first : first + _STEP])
        titles = await archive.conversations.titles_of(list({item.conversation_id for item in items}))
        for number, item in enumerate(items, first + 1):
            note = _annotation(found, item, coded[item.position], titles.get(item.conversation_id, ""))
            await archive.writes.apply(Write(note.id, AnnotationWrite(note), note.created_at))
            progress(number, len(positions))
    return Written(len(coded), len(settled) - len(coded), found.review.size - len(settled))


def _annotation(found: Decided, item: Item, decision: Decision, chat: str) -> Annotation:
    now = datetime.now(UTC)
    return Annotation(
        id=result_id(found.review.id, item.position),
        conversation_id=item.conversation_id,
        conversation=chat,
        message=item.message,
        sender=item.sender,
        quote=item.quote,
        text=decision.remark,
        category=None,
        tags=(),
        created_at=now,
        updated_at=now,
        codes=decision.codes,
    )
