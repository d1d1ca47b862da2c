"""A chat as texts in their order, each with the annotations on it: for programs that label texts."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from backscroll.exporting.collection import Collection
from backscroll.model.message import Cursor, Message
from backscroll.model.notes import Annotation, NotedChat
from backscroll.reading.labels import absent, attachment_labels

_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Passage:
    """One message, or what is quoted of one that is gone (`message` is None then).

    `starting` are the annotations on it, on a span of it, or on a run that begins with it; `running` those on runs
    that began before and reach it.
    """

    cursor: Cursor
    sender: str | None
    text: str
    message: Message | None
    starting: Sequence[Annotation] = ()
    running: Sequence[Annotation] = ()

    @property
    def annotations(self) -> list[Annotation]:
        """All that are on it."""
        return [*self.running, *self.starting]

    def stretch(self, note: Annotation) -> tuple[int, int]:
        """Which characters of the text an annotation on it is about; all of them where it is on no span of it.

        An edit may have made the text shorter than it was when the span was chosen.
        """
        size = len(self.text)
        if note.span is None or self.message is None or note.span.start >= size:
            return 0, size
        return note.span.start, min(note.span.end, size)


async def passages(collection: Collection, chat: NotedChat) -> AsyncIterator[Passage]:
    """All messages of a chat and those that are gone but annotated, in their order. Raises AppError."""
    runs: list[Annotation] = []
    async for cursor, message, starting in _places(collection, chat):
        runs = [run for run in runs if run.end is not None and cursor <= run.end]
        if message is None:
            sender, text = starting[0].sender, max((note.quote for note in starting), key=len)
        else:
            sender, text = message.sender, shown_text(message)
        yield Passage(cursor, sender, text, message, starting, tuple(runs))
        runs += [note for note in starting if note.end is not None]


def shown_text(message: Message) -> str:
    """The text of a message; of one without words, what its files are, or what it is."""
    return message.text or "\n".join(attachment_labels(message)) or absent(message) or "…"


async def _places(
    collection: Collection, chat: NotedChat
) -> AsyncIterator[tuple[Cursor, Message | None, Sequence[Annotation]]]:
    """Every message, or the place of one that is gone, with the annotations that begin there."""
    groups = _groups(collection.coded(chat))
    group = await anext(groups, None)
    async for message in _messages(collection, chat):
        while group and group[0].message < message.cursor:
            yield group[0].message, None, group
            group = await anext(groups, None)
        if group and group[0].message == message.cursor:
            yield message.cursor, message, group
            group = await anext(groups, None)
        else:
            yield message.cursor, message, ()
    while group:
        yield group[0].message, None, group
        group = await anext(groups, None)


async def _groups(notes: AsyncIterator[Annotation]) -> AsyncIterator[list[Annotation]]:
    """Annotations that begin at the same message, together."""
    group: list[Annotation] = []
    async for note in notes:
        if group and group[0].message != note.message:
            yield group
            group = []
        group.append(note)
    if group:
        yield group


async def _messages(collection: Collection, chat: NotedChat) -> AsyncIterator[Message]:
    history = collection.archive.messages
    page = await history.after(chat.conversation_id, limit=_PAGE)
    while page:
        for message in page:
            yield message
        page = await history.after(chat.conversation_id, page[-1].cursor, limit=_PAGE)
