"""The sample's codebook, and its review: two people who do not quite agree."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final, TypeAlias
from uuid import UUID, uuid5

from backscroll.archive.opening import Archive
from backscroll.coding.entry import Entry
from backscroll.coding.naming import named_code
from backscroll.coding.taking import taking
from backscroll.model.review import Decision, DecisionState, Pass, Review, Sample
from backscroll.model.writes import ReviewDecide, Write
from backscroll.reviewing.sampling import Sampling
from backscroll.sample.names import conversation_id, message_id
from backscroll.searching.language import parse

Codes: TypeAlias = dict[str, UUID]
"""The codes of the sample by their paths."""

_SECONDS: Final = 12.0
"""How long each of the two looked at a message."""


async def load_codes(archive: Archive, rows: list[dict[str, Any]]) -> Codes:
    """Takes the sample's codes into the codebook; those that are called so already stand for them. Raises AppError."""
    places = {row["path"]: place for place, row in enumerate(rows)}
    entries = [_entry(row, places) for row in rows]
    await archive.codes.take(taking(await archive.codes.book(), entries, datetime.now(UTC)).writes)
    book = await archive.codes.book(is_counted=False)
    return {path: named_code(book, path, with_retired=True).id for path in places}


def _entry(row: dict[str, Any], places: dict[str, int]) -> Entry:
    above, _, name = row["path"].rpartition("/")
    said = {key: row.get(key, "") for key in ("colour", "key", "description", "examples")}
    return Entry(name, above=places[above] if above else None, **said)


async def load_review(archive: Archive, row: dict[str, Any], codes: Codes, zone: tzinfo) -> None:
    """Begins the review and writes what its two reviewers decided; again changes nothing. Raises AppError."""
    chat = conversation_id(row)
    query = parse(row["query"], zone).inside(chat)
    drawn = await Sampling(archive, zone).draw(query, Sample())
    began = datetime.fromisoformat(row["created_at"])
    identity = uuid5(chat, f"sample review\x1f{row['title']}")
    chosen = tuple(codes[path] for path in row["codes"])
    review = Review(
        identity, row["title"], query.text, Sample(), chosen, is_blind=True, size=len(drawn), created_at=began
    )
    await archive.reviews.begin(review, drawn)
    positions = {one.place.cursor.id: position for position, one in enumerate(drawn)}
    for decided in row["decisions"]:
        position = positions[message_id(row | decided)]
        when = began + timedelta(seconds=_SECONDS * (position + 1))
        for author, given in zip(row["reviewers"], decided["given"], strict=True):
            is_flagged = decided.get("flagged_by") == author
            made = Decision(
                position,
                author,
                Pass.ALONE,
                tuple(codes[path] for path in given),
                DecisionState.CODED,
                when,
                is_flagged,
                decided.get("remark", "") if is_flagged else "",
                _SECONDS,
            )
            name = uuid5(identity, f"{author}\x1f{position}")
            await archive.writes.apply(Write(name, ReviewDecide(identity, made), when))
