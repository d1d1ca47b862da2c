"""The desk: where a person's writing is kept at once, laid over what is shown, and sent from."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.ids import new_id
from backscroll.model.writes import Outcome, Payload, Write
from backscroll.writing.outbox import Kept, Outbox
from backscroll.writing.overlay import Overlay
from backscroll.writing.sender import Sender

_LOOK: Final = 0.05
"""Seconds between two looks at what another program sends for this one."""

Ended: TypeAlias = Callable[[Write, Outcome | AppError], None]
"""Is told how a write ended; an error says that it was parked."""


class Desk:
    """Everything that is written goes through here. `ended` may be set to be told how writes end."""

    def __init__(self, outbox: Outbox, archive: Archive) -> None:
        self.outbox = outbox
        self.ended: Ended = lambda _write, _outcome: None
        self._archive = archive
        self._outcomes: dict[UUID, Outcome | AppError] = {}
        self.sender = Sender(outbox, archive.writes, self._told)
        self._task: asyncio.Task[None] | None = None
        self._order = asyncio.Lock()
        self._overlaid: tuple[Kept, ...] = ()
        self._overlay: Overlay | None = None

    async def write(self, payload: Payload) -> Write:
        """Keeps what was written; it is safe when this returns, and is sent from then on. Raises AppError."""
        self.sender.rests.clear()
        async with self._order:  # two quick keys are kept in their order
            write = Write(new_id(), payload, datetime.now(UTC))
            await asyncio.to_thread(self.outbox.add, write)
        self.sender.wake()
        return write

    async def send(self, payload: Payload, patience: float) -> Outcome | None:
        """Keeps what was written and sends it; None where the archive did not answer for so many seconds.

        Raises AppError where it cannot be kept, or was refused: it is parked then.
        """
        write = await self.write(payload)
        await self._send_all(patience)
        if any(kept.id == write.id and not kept.is_parked for kept in self.outbox.all()):
            return None
        outcome = self._outcomes.get(write.id)
        if isinstance(outcome, AppError):
            raise outcome
        # Another program may have sent it: the archive knows how it ended.
        return outcome or await self._archive.writes.apply(write, patience=patience)

    def overlay(self) -> Overlay:
        """What is not in the archive yet, to be laid over what the archive says. Raises AppError.

        What was parked is part of it: it is what the person wrote.
        """
        kept = self.outbox.all()
        if self._overlay is None or kept is not self._overlaid:
            writes = [write for each in kept if (write := each.write()) is not None]
            self._overlaid, self._overlay = kept, Overlay(writes)
        return self._overlay

    def start(self) -> None:
        """Sends in the background from now on."""
        if self._task is None:
            self._task = asyncio.create_task(self.sender.run())

    async def stop(self) -> None:
        """Sends nothing more; what waits stays in the outbox."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def sent(self) -> None:
        """Returns when nothing waits any more, while it is sent in the background."""
        await self.sender.rests.wait()

    async def finish(self, patience: float) -> int:
        """Sends what waits, for at most so many seconds, and says how many writes wait then. Raises AppError."""
        await self.stop()
        await self._send_all(patience)
        waiting = sum(not kept.is_parked for kept in self.outbox.all())
        self.outbox.close()
        return waiting

    async def _send_all(self, patience: float) -> None:
        end = monotonic() + patience
        while self.outbox.first() is not None and (left := end - monotonic()) > 0:
            await self.sender.send(left)
            await asyncio.sleep(_LOOK if self.outbox.first() else 0)

    async def _told(self, write: Write, outcome: Outcome | AppError) -> None:
        if self._task is None:
            self._outcomes[write.id] = outcome
        self.ended(write, outcome)
