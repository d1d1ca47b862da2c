"""The desk: where a person's writing is kept at once, laid over what is shown, and sent from."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.code_writes import CodeWrite
from backscroll.model.ids import new_id
from backscroll.model.writes import AnnotationSettle, BookmarkSettle, Outcome, Payload, Write
from backscroll.writing.outbox import Kept, Outbox
from backscroll.writing.overlay import Overlay
from backscroll.writing.sender import Sender
from backscroll.writing.undoing import Undoing

_LOOK: Final = 0.05
"""Seconds between two looks at what another program sends for this one."""

Ended: TypeAlias = Callable[[Write, Outcome | AppError], None]
"""Is told how a write ended; an error says that it was parked."""
Check: TypeAlias = Callable[[Sequence[Payload]], None]
"""Raises AppError where something can be written no more."""


class Desk:
    """Everything that is written goes through here. `made` and `ended` may be set to be told of it."""

    def __init__(self, outbox: Outbox, archive: Archive) -> None:
        self.outbox = outbox
        self.made: Callable[[Write], None] = lambda _write: None
        self.ended: Ended = lambda _write, _outcome: None
        self._undoing = Undoing()
        self._archive = archive
        self._outcomes: dict[UUID, Outcome | AppError] = {}
        self.sender = Sender(outbox, archive.writes, self._told)
        self._task: asyncio.Task[None] | None = None
        self._order = asyncio.Lock()
        self._overlaid: tuple[Kept, ...] = ()
        self._overlay: Overlay | None = None

    async def write(self, payload: Payload, back: Sequence[Payload] = ()) -> Write:
        """Keeps what was written; it is safe when this returns, and is sent from then on. Raises AppError.

        `back` is what undoes it, where that cannot be told from the payload itself: see `undoing.OPPOSITES`.
        """
        async with self._order:  # two quick keys are kept in their order
            write = await self._keep(payload)
            self._undoing.note(write, back)
        return write

    async def undo(self, check: Check = lambda _: None) -> Write | None:
        """Takes back what was written last in this sitting; None where nothing was.

        Raises AppError; where `check` does so, that is given up, and what was written before it is the next to undo.
        """
        return await self._again(self._undoing.to_undo, self._undoing.undone, self._undoing.give_up_undoing, check)

    async def redo(self, check: Check = lambda _: None) -> Write | None:
        """Writes again what was undone last; None where nothing was. Raises AppError in the same way."""
        return await self._again(self._undoing.to_redo, self._undoing.redone, self._undoing.give_up_redoing, check)

    async def _again(
        self,
        told: Callable[[], Sequence[Payload]],
        done: Callable[[Sequence[Write]], None],
        given_up: Callable[[], None],
        check: Check,
    ) -> Write | None:
        async with self._order:
            payloads = told()
            try:
                check(payloads)
            except AppError:
                given_up()
                raise
            writes = [await self._keep(payload) for payload in payloads]
            if not writes:
                return None
            done(writes)
            # Of the codebook the first write says it; those after it only put codes in their places.
            return writes[0] if isinstance(writes[0].payload, CodeWrite) else writes[-1]

    async def _keep(self, payload: Payload) -> Write:
        write = Write(new_id(), payload, datetime.now(UTC))
        self.sender.rests.clear()
        await asyncio.to_thread(self.outbox.add, write)
        self.sender.wake()
        self.made(write)
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
        if outcome is Outcome.CONFLICT and isinstance(write.payload, AnnotationSettle | BookmarkSettle):
            self._undoing.forget(write)
        self.ended(write, outcome)
