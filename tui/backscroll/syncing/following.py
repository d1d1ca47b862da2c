"""Follows a live source: looks again and again for what is new, until it is cancelled."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Final

from backscroll.errors import AppError
from backscroll.syncing.session import Session, Synced

EVERY: Final = 0.5
"""Seconds between two quick looks, if nothing wakes it before."""
_WHOLE_EVERY: Final = 60.0
"""Seconds between two comparisons of all; a comparison that takes long is done more rarely."""
_SHARE: Final = 20
"""Comparing takes at most one in so many seconds of the source."""
_REST: Final = 4
"""A quick look that takes long is followed by a rest of so many times as long."""
_PASSING: Final = {"no_answer", "source_broke_off", "server_busy", "no_server", "no_connection_left", "source_changed"}
_LONGEST_PAUSE: Final = 30.0


async def follow(session: Session, tell: Callable[[Synced], None], *, every: float = EVERY) -> None:
    """Looks until it is cancelled; `tell` is told what each pass brought that brought something.

    A source that goes away is waited for. Raises AppError where waiting does not help.
    """
    whole_at, pause = monotonic() + _WHOLE_EVERY, every
    is_lost = True  # nothing listens yet
    while True:
        began = monotonic()
        try:
            if is_lost:
                await _reconnect(session)
                is_lost = False
            is_due = began >= whole_at
            synced = await (session.whole_pass() if is_due else session.quick_pass())
            took = monotonic() - began
            if is_due:
                whole_at = monotonic() + max(_WHOLE_EVERY, took * _SHARE)
            if synced != Synced():
                tell(synced)
            pause = max(every, took * _REST)
            await asyncio.to_thread(session.database.wait, pause)
        except AppError as error:
            if error.code not in _PASSING:
                raise
            is_lost, pause = True, min(max(pause * 2, 1.0), _LONGEST_PAUSE)
            await asyncio.sleep(pause)


async def _reconnect(session: Session) -> None:
    def whole() -> None:
        session.database.close()
        session.database.open()
        session.database.listen()

    await asyncio.to_thread(whole)
