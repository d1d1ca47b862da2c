"""Reviews, their queues and what was decided in them: the typed face of sql/queries/reviews.sql."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import kwargs_row, tuple_row
from psycopg.types.json import Jsonb

from backscroll.archive.gateway import Connection, Gateway
from backscroll.archive.queries import queries
from backscroll.errors import AppError
from backscroll.model.message import Cursor
from backscroll.model.review import (
    Decision,
    DecisionState,
    Drawn,
    Item,
    Pass,
    Progress,
    Review,
    Sample,
    SampleKind,
    Stratum,
)
from backscroll.model.writes import Outcome, ReviewDecide

_SQL = queries("reviews")
_STEP: Final = 2_000
"""Messages of a queue that are written in one statement."""


class Reviews:
    """Reviews of the archive; everybody who may read it sees them."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def begin(self, review: Review, drawn: Sequence[Drawn]) -> None:
        """Writes a review and its queue, whole or not at all; again changes nothing. Raises AppError."""
        sample = {"kind": review.sample.kind, "size": review.sample.size, "seed": review.sample.seed}
        parameters = {
            "id": review.id,
            "title": review.title,
            "query": review.query,
            "sample": Jsonb(sample | {"by": review.sample.by}),
            "codes": list(review.codes),
            "is_blind": review.is_blind,
            "size": review.size,
            "created_at": review.created_at,
        }

        async def unit(connection: Connection) -> None:
            if not (await connection.execute(_SQL["begin"], parameters)).rowcount:
                return
            for first in range(0, len(drawn), _STEP):
                part = drawn[first : first + _STEP]
                added = await connection.execute(_SQL["add_items"], _items_of(review.id, first, part))
                if added.rowcount != len(part):
                    hint = "Somebody took an import back or moved a message meanwhile: begin again."
                    raise AppError("A message of the review is no longer there", hint, code="no_such_message")

        await self._gateway.transact(unit)

    async def all(self) -> list[Review]:
        """Every review, the newest first."""
        return await self._gateway.fetch_all(_SQL["all"], {}, kwargs_row(_review))

    async def named(self, text: str) -> Review:
        """The review that a person names: by its title, its id, or the beginning of its id. Raises AppError."""
        reviews = await self.all()
        found = [r for r in reviews if r.title.casefold() == text.strip().casefold()]
        beginning = text.strip().lower().replace("-", "")
        found = found or [r for r in reviews if len(beginning) >= 4 and r.id.hex.startswith(beginning)]
        if not found:
            raise AppError(f"There is no review {text[:60]}", "`backscroll reviews` lists them.", code="no_such_review")
        if len(found) > 1:
            ids = ", ".join(str(review.id) for review in found[:5])
            raise AppError(
                f"{text[:60]} fits {len(found)} reviews", f"Name one by its id: {ids}.", code="ambiguous_review"
            )
        return found[0]

    async def close(self, review: UUID) -> None:
        """Ends a review: nothing more is decided in it."""
        await self._gateway.execute(_SQL["close"], {"review": review})

    async def reopen(self, review: UUID) -> None:
        """Takes the end of a review back."""
        await self._gateway.execute(_SQL["reopen"], {"review": review})

    async def items(self, review: UUID, positions: Sequence[int]) -> list[Item]:
        """Messages of a queue, in its order; a position that it has not is left out."""
        parameters = {"review": review, "positions": list(positions)}
        return await self._gateway.fetch_all(_SQL["items"], parameters, kwargs_row(_item))

    async def decisions(self, review: UUID) -> list[Decision]:
        """All that was decided, in the order of the queue."""
        return await self._gateway.fetch_all(_SQL["decisions"], {"review": review}, kwargs_row(_decision))

    async def progress(self, reviews: Sequence[UUID]) -> dict[UUID, list[Progress]]:
        """How far each reviewer of some reviews is with each pass that they began."""
        rows = await self._gateway.fetch_all(_SQL["progress"], {"reviews": list(reviews)}, kwargs_row(_progress))
        found: dict[UUID, list[Progress]] = {review: [] for review in reviews}
        for review, progress in rows:
            found[review].append(progress)
        return found

    async def reviewer(self, review: UUID, name: str) -> str:
        """The name under which the present user reviews: the one given, or else their own.

        Raises AppError (`reviewer_taken`) where somebody else reviews under it.
        """
        found = await self._gateway.fetch_one(_SQL["reviewer"], {"review": review, "name": name}, tuple_row)
        if found is None:  # who may only read
            return name
        if found[1]:
            raise _taken()
        return str(found[0])


async def decide(connection: Connection, _identity: UUID, payload: ReviewDecide) -> Outcome:
    """Writes a decision; a conflict says that a later one of the same reviewer stands instead.

    Raises AppError where it can never be written: the review is closed or gone, or somebody else uses the name.
    """
    review, decision = payload.review, payload.decision
    parameters = {
        "review": review,
        "position": decision.position,
        "author": decision.author,
        "pass": decision.made_in,
        "codes": list(decision.codes),
        "state": decision.state,
        "is_flagged": decision.is_flagged,
        "remark": decision.remark,
        "seconds": decision.seconds,
        "decided_at": decision.decided_at,
    }
    if (await connection.execute(_SQL["decide"], parameters)).rowcount:
        return Outcome.APPLIED
    why = await (await connection.execute(_SQL["undecided"], parameters)).fetchone()
    is_gone, is_closed, is_anothers = why or (True, False, False)
    if is_gone:
        raise AppError(
            "The review is no longer there", "`backscroll reviews` lists those that are.", code="no_such_review"
        )
    if is_closed:
        hint = "What was decided before stays as it is. Where it is reopened, `backscroll outbox --retry` sends this."
        raise AppError("The review is closed", hint, code="closed_review")
    if is_anothers:
        raise _taken()
    return Outcome.CONFLICT


def _items_of(review: UUID, first: int, part: Sequence[Drawn]) -> dict[str, object]:
    places = [drawn.place for drawn in part]
    return {
        "review": review,
        "from": first,
        "conversations": [place.conversation_id for place in places],
        "sent_ats": [place.cursor.sent_at for place in places],
        "ids": [place.cursor.id for place in places],
        "strata": [drawn.stratum for drawn in part],
    }


def _review(sample: dict[str, Any], codes: list[UUID], **columns: Any) -> Review:
    by = sample.get("by")
    chosen = Sample(SampleKind(sample["kind"]), sample["size"], sample["seed"], Stratum(by) if by else None)
    return Review(sample=chosen, codes=tuple(codes), **columns)


def _item(
    message_sent_at: datetime, message_id: UUID, quoted_sender: str | None, quoted_text: str, **columns: Any
) -> Item:
    return Item(message=Cursor(message_sent_at, message_id), sender=quoted_sender, quote=quoted_text, **columns)


def _decision(made_in: int, codes: list[UUID], state: str, **columns: Any) -> Decision:
    return Decision(made_in=Pass(made_in), codes=tuple(codes), state=DecisionState(state), **columns)


def _progress(review_id: UUID, made_in: int, **columns: Any) -> tuple[UUID, Progress]:
    return review_id, Progress(made_in=Pass(made_in), **columns)


def _taken() -> AppError:
    hint = "Code under a name of your own: --reviewer, or `reviewer` in the settings."
    return AppError("Somebody else reviews under this name", hint, code="reviewer_taken")
