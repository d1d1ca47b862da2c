"""The stretch of one conversation that is held while someone reads: bounded, without a gap, nothing twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from backscroll.errors import AppError
from backscroll.model.message import NEWEST, OLDEST, Cursor, Message

if TYPE_CHECKING:
    from backscroll.archive.messages import Messages

_STEP = 1000
"""Messages that are fetched at once where many are wanted."""


Marking: TypeAlias = Callable[[list[Message]], list[Message]]
"""Gives messages the marks that a person sees on them."""

_LARGEST = 50
"""Further pages are no larger than this: to lay out a hundred messages at once would hold up a key."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How a window moved: messages added in front, messages added at the end, and messages let go at the other end."""

    before: int = 0
    after: int = 0
    dropped: int = 0


class Window:
    """At most `cap` messages of a conversation or thread, in reading order.

    `at_start` and `at_end` say whether the conversation's first and last message are held. A load that is asked for
    while one in the same direction runs does nothing, so a page never comes twice. `marked` gives what came from the
    archive the marks that the archive does not know of yet.
    """

    def __init__(
        self,
        messages: "Messages",
        conversation: UUID,
        *,
        thread: UUID | None = None,
        page: int = 100,
        cap: int = 600,
        marked: Marking = list,
    ) -> None:
        self._archive = messages
        self._marked = marked
        self._conversation = conversation
        self.thread = thread
        self._page = page
        self._step = min(page, _LARGEST)
        self._cap = cap
        self._loading: set[str] = set()
        self.messages: list[Message] = []
        self.at_start = False
        self.at_end = False

    async def open_newest(self) -> None:
        """Holds the end of the conversation."""
        found = await self._before(NEWEST, self._page)
        self._hold(found, at_start=len(found) < self._page, at_end=True)

    async def open_oldest(self) -> None:
        """Holds the beginning of the conversation."""
        found = await self._after(OLDEST, self._page)
        self._hold(found, at_start=True, at_end=len(found) < self._page)

    async def open_around(self, cursor: Cursor) -> None:
        """Holds the message at the cursor, or the first after it, with half a page on either side."""
        half = self._page // 2
        older = await self._before(cursor, half)
        newer = await self._starting(cursor, half)
        self._hold(older + newer, at_start=len(older) < half, at_end=len(newer) < half)

    async def older(self) -> Shift:
        """Loads the page before what is held; lets go of as much at the end as is over the cap."""
        if self.at_start or not self.messages or "older" in self._loading:
            return Shift()
        self._loading.add("older")
        first = self.messages[0]
        try:
            found = await self._before(first.cursor, self._step)
        finally:
            self._loading.discard("older")
        if not self.messages or self.messages[0] is not first:  # opened elsewhere meanwhile
            return Shift()
        self.at_start = len(found) < self._step
        held = found + self.messages
        dropped = max(0, len(held) - self._cap)
        self.messages = held[: len(held) - dropped]
        self.at_end = self.at_end and not dropped
        return Shift(before=len(found), dropped=dropped)

    async def newer(self) -> Shift:
        """Loads the page after what is held; lets go of as much in front as is over the cap."""
        if self.at_end or not self.messages or "newer" in self._loading:
            return Shift()
        self._loading.add("newer")
        last = self.messages[-1]
        try:
            found = await self._after(last.cursor, self._step)
        finally:
            self._loading.discard("newer")
        if not self.messages or self.messages[-1] is not last:  # opened elsewhere meanwhile
            return Shift()
        self.at_end = len(found) < self._step
        held = self.messages + found
        dropped = max(0, len(held) - self._cap)
        self.messages = held[dropped:]
        self.at_start = self.at_start and not dropped
        return Shift(after=len(found), dropped=dropped)

    async def between(self, first: Cursor, last: Cursor, *, cap: int) -> list[Message]:
        """The messages from one cursor to another, both included, also where they are no longer held.

        Raises AppError where they are more than `cap`.
        """
        held = [message for message in self.messages if first <= message.cursor <= last]
        if not held or held[0].cursor != first or held[-1].cursor != last:
            held = []
            page = await self._starting(first, _STEP)
            while page and len(held) <= cap:
                held += [message for message in page if message.cursor <= last]
                end = page[-1].cursor
                if len(page) < _STEP or end >= last:
                    break
                page = await self._after(end, _STEP)
        if len(held) > cap:
            raise AppError(f"These are more than {cap:,} messages", "Select fewer at once.", code="too_many_messages")
        return held

    def revise(self, message: Message) -> bool:
        """Takes a message as it is now in place of the one held; says whether it is held."""
        index = next((i for i, held in enumerate(self.messages) if held.id == message.id), None)
        if index is None:
            return False
        self.messages = [*self.messages[:index], message, *self.messages[index + 1 :]]
        return True

    async def _before(self, cursor: Cursor, limit: int) -> list[Message]:
        return self._marked(await self._archive.before(self._conversation, cursor, limit=limit, thread=self.thread))

    async def _after(self, cursor: Cursor, limit: int) -> list[Message]:
        return self._marked(await self._archive.after(self._conversation, cursor, limit=limit, thread=self.thread))

    async def _starting(self, cursor: Cursor, limit: int) -> list[Message]:
        return self._marked(await self._archive.starting(self._conversation, cursor, limit=limit, thread=self.thread))

    def _hold(self, messages: list[Message], *, at_start: bool, at_end: bool) -> None:
        self.messages = messages
        self.at_start = at_start
        self.at_end = at_end
