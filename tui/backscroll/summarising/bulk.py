"""Makes the summaries of many stretches, of one chat or of several: what is there and still true is not made again."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final, TypeAlias

from backscroll.archive.opening import Archive
from backscroll.model.summary import Method, Stretch, Summary
from backscroll.summarising.freshness import stored
from backscroll.summarising.gathering import Tell

Make: TypeAlias = Callable[[Stretch], Awaitable[Summary | None]]
"""Makes the summary of a stretch and does not store it; None where the stretch has no message."""

_ALL: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Bulk:
    """How the summaries of many stretches are made."""

    archive: Archive
    method: Method
    zone: tzinfo | None

    async def left(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        """Those that have no summary of this method, or one to which messages came since. Raises AppError."""
        fresh = set[Stretch]()
        for chat in {stretch.conversation_id for stretch in stretches}:
            known = await stored(self.archive, chat, self.zone, limit=_ALL)
            fresh |= {one.stretch for one in known if one.method is self.method and one.newest and not one.change}
        return [stretch for stretch in stretches if stretch not in fresh]

    async def run(self, stretches: Sequence[Stretch], make: Make, tell: Tell, done: Callable[[Summary], None]) -> int:
        """Makes and stores one of each that has messages; `done` is given each. Gives how many. Raises AppError.

        What was made before it fails or is cancelled stays, so that it goes on where it is begun again.
        """
        made = 0
        for number, stretch in enumerate(stretches, 1):
            summary = await make(stretch)
            if summary is not None:
                await self.archive.summaries.add(summary)
                done(summary)
                made += 1
            tell(number, len(stretches))
        return made
