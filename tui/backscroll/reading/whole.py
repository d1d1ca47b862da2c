"""A message with all that is known of it and all that the present user wrote about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backscroll.model.code import NO_CODES, Codebook
from backscroll.model.conversation import Place
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.record import EarlierText, MessageRecord
from backscroll.model.sync import NOTE_AREAS, SourceRecord

if TYPE_CHECKING:
    from backscroll.archive.opening import Archive


KEPT: Final = 200
"""Records of a live source that are shown with a message."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a message in full is made of; annotations and earlier texts come oldest first."""

    record: MessageRecord
    bookmark: Bookmark | None
    annotations: Sequence[Annotation]
    versions: Sequence[EarlierText] = ()
    codes: Codebook = NO_CODES
    """The codes that annotations bear."""
    kept: Sequence[SourceRecord] = ()
    """What a live source keeps of it and of its chat, the message's own first; the first `KEPT`."""


async def read_whole(archive: "Archive", place: Place, *, with_notes: bool = True) -> Whole | None:
    """The message at a place, its annotations left out where nobody is to see them; None where it is no longer there.

    Raises AppError.
    """
    record = await archive.messages.record(place)
    if record is None:
        return None
    bookmark = await archive.bookmarks.of_message(place) if record.message.is_bookmarked else None
    is_noted = with_notes and record.message.annotation_count
    annotations = await archive.annotations.of_message(place) if is_noted else []
    codes = await archive.codes.book(is_counted=False) if annotations and record.message.codes else NO_CODES
    versions = await archive.versions.of_message(place)
    kept = await archive.syncs.records_about(place.conversation_id, place.cursor.id, limit=KEPT)
    if not with_notes:
        kept = [one for one in kept if one.area not in NOTE_AREAS]
    return Whole(record, bookmark, annotations, versions, codes, kept)
