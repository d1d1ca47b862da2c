"""Waits for an archive whose server is away: it is opened again and again until it answers."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import stamina
import stamina.instrumentation

from backscroll.archive.failures import is_away
from backscroll.errors import AppError

T = TypeVar("T")


async def waited_for(
    opening: Callable[[], Awaitable[T]], told: Callable[[AppError, float | None], None], waits: tuple[float, float]
) -> T:
    """What `opening` gives, tried for as long as the server is away.

    `told` gets each failure and in how many seconds it is tried again; `waits` is how many at first, and at most.
    Raises AppError where it fails otherwise.
    """
    # Its default hooks write warnings to stderr, which would land in the middle of a screen.
    stamina.instrumentation.set_on_retry_hooks([])
    first, most = waits
    async for attempt in stamina.retry_context(
        on=lambda error: isinstance(error, AppError) and is_away(error),
        attempts=None,
        timeout=None,
        wait_initial=first,
        wait_max=most,
        wait_jitter=0,
    ):
        with attempt:
            try:
                return await opening()
            except AppError as error:
                if is_away(error):
                    told(error, attempt.next_wait)
                raise
    raise AssertionError("retry_context ends by returning or raising")
