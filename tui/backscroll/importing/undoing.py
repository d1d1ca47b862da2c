"""Takes an import run back: chat by chat, may be broken off and repeated."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.archive.undoing import Brought
from backscroll.importing.stemming import finish_stems

STEP: Final = 50_000
"""Messages that are taken out in one transaction; a chat that holds more goes whole."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What went: messages, and chats that held nothing else."""

    messages: int
    chats: int


async def undo(
    archive: Archive, run: UUID, *, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Undone:
    """Takes out of the archive what a run brought; bookmarks and annotations stay.

    Cancelling keeps what was done, and the run is then being taken back: doing it again goes on. `progress` is told
    how many messages of how many are gone. Raises AppError.
    """
    number = await archive.undoing.begin(run)
    left = await archive.undoing.left(number)
    total, done = sum(chat.messages for chat in left), 0
    for chats in _steps(left):
        done += await archive.undoing.take(number, chats)
        progress(done, total)
    source = await archive.undoing.source(run)
    gone = Undone(done, await archive.undoing.finish(run))
    if source:  # texts that came back may be older than their chat's language
        await finish_stems(archive, [source])
    return gone


def _steps(left: Sequence[Brought]) -> Iterator[list[UUID]]:
    step: list[UUID] = []
    size = 0
    for chat in left:
        if step and size + chat.messages > STEP:
            yield step
            step, size = [], 0
        step.append(chat.conversation_id)
        size += chat.messages
    if step:
        yield step
