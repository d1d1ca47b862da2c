"""The sender: brings what waits in the outbox to the archive, in its order, each write once."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import time
from typing import Final, Protocol, TypeAlias

from backscroll.archive.server import locks
from backscroll.errors import AppError, unexpected
from backscroll.model.writes import Outcome, Write
from backscroll.writing.outbox import Kept, Outbox

_PATIENCE: Final = 5.0
"""Seconds that the archive may be away before a write is put back until later."""
_PAUSE: Final = 1.0
"""Seconds until what could not be sent is tried again, or another program's leftovers are looked for."""

_DAY: Final = 86_400.0

Told: TypeAlias = Callable[[Write, Outcome | AppError], Awaitable[None]]
"""Is told how each write ended; an error says that it was parked."""


class Applies(Protocol):
    """The archive as far as a sender needs it."""

    async def apply(self, write: Write, *, patience: float, may_be_sent: bool) -> Outcome:
        """Applies a write once, which may have been sent before. Raises AppError."""

    async def forget_old(self) -> None:
        """Forgets writes of more than `REMEMBERED` ago. Raises AppError."""

    def may_pass(self, error: AppError) -> bool:
        """Whether a failed write may go better later."""


class Sender:
    """Sends in the order of writing. A server that is away is waited for; what it refuses for good is parked."""

    def __init__(self, outbox: Outbox, archive: Applies, told: Told) -> None:
        self._outbox = outbox
        self.archive = archive
        self._told = told
        self._woken = asyncio.Event()
        self.rests = asyncio.Event()
        """Set while nothing waits that could be sent."""

    def wake(self) -> None:
        """There is something to send."""
        self.rests.clear()
        self._woken.set()

    async def run(self) -> None:
        """Sends whatever comes, until it is cancelled."""
        while True:
            self._woken.clear()
            with suppress(AppError):  # the outbox cannot be read: who writes to it is told
                await self.send()
                if self._outbox.first() is None and not self._woken.is_set():
                    self.rests.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(_PAUSE):
                    await self._woken.wait()

    async def send(self, patience: float = _PATIENCE) -> None:
        """Sends what waits; returns when nothing does, the archive does not answer, or another program is sending."""
        if self._outbox.first() is None:
            return
        held = locks.try_exclusive(self._outbox.sender_lock)
        if held is None:
            return
        try:
            # Of the first one nobody knows whether a program was killed that had sent it; all others follow it.
            may_be_sent = True
            while (kept := self._outbox.first()) and await self._send(kept, patience, may_be_sent=may_be_sent):
                may_be_sent = False
            if kept is None:
                await self._forget_old(held)
        finally:
            os.close(held)

    async def _forget_old(self, held: int) -> None:
        """Once a day, which the time of the lock's file tells to every program."""
        if os.fstat(held).st_mtime < time() - _DAY:
            with suppress(AppError):  # nobody asked for it, and tomorrow is another day
                await self.archive.forget_old()
            os.utime(held)

    async def _send(self, kept: Kept, patience: float, *, may_be_sent: bool) -> bool:
        """Whether the next one may follow."""
        write = kept.write()
        if write is None:
            await self._put_back(kept, "This version does not know what it is", parked=True)
            return True
        try:
            may_be_sent = may_be_sent or kept.attempts > 0
            outcome = await self.archive.apply(write, patience=patience, may_be_sent=may_be_sent)
        except AppError as error:
            return await self._refused(kept, write, error)
        except Exception as error:  # noqa: BLE001  (a mistake of ours is no reason to hold up the others)
            return await self._refused(kept, write, unexpected(error))
        # A program that is killed before this sends the write again, and the archive knows it by its id.
        await asyncio.to_thread(self._outbox.done, kept.id)
        await self._told(write, outcome)
        return True

    async def _refused(self, kept: Kept, write: Write, error: AppError) -> bool:
        is_parked = not self.archive.may_pass(error)
        await self._put_back(kept, f"{error.title}. {error.hint}", parked=is_parked)
        if is_parked:
            await self._told(write, error)
        return is_parked

    async def _put_back(self, kept: Kept, error: str, *, parked: bool) -> None:
        await asyncio.to_thread(self._outbox.failed, kept.id, error, parked=parked)
