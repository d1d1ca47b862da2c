"""Cuts the messages of a stretch into parts that a language model takes at once."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import tzinfo

from backscroll.archive.opening import Archive
from backscroll.model.message import Cursor
from backscroll.model.summary import Stretch
from backscroll.summarising.by_model.masking import Mask
from backscroll.summarising.by_model.prompts import line
from backscroll.summarising.by_model.tokens import tokens_of
from backscroll.summarising.gathering import Gathered, pages


class Parts:
    """The parts of a stretch, as they are read; `gathered` and `cursors` then tell what was read.

    Number n in a part's lines is the message at `cursors[n - 1]`. A part takes at most `room` tokens.
    """

    def __init__(self, archive: Archive, stretch: Stretch, zone: tzinfo | None, mask: Mask | None, room: int) -> None:
        self.gathered = Gathered()
        self.cursors: list[Cursor] = []
        self._archive = archive
        self._stretch = stretch
        self._zone = zone
        self.mask = mask
        self._room = room

    async def read(self) -> AsyncIterator[list[str]]:
        """The lines of each part. Raises AppError."""
        packing = Packing(self._room)
        async for page in pages(self._archive, self._stretch, self._zone):
            self.gathered.take(page)
            for message in page:
                self.cursors.append(message.cursor)
                said = line(len(self.cursors), message, self._zone, self.mask)
                full = packing.add(cut(said, self._room)) if said else None
                if full:
                    yield full
        if packing.held:
            yield packing.held


class Packing:
    """Puts texts together as long as there is room, in tokens."""

    def __init__(self, room: int) -> None:
        self.held: list[str] = []
        self._room = room
        self._taken = 0

    def add(self, text: str) -> list[str] | None:
        """Takes a text; gives those before it where it does not fit with them."""
        size = tokens_of(text) + 1
        full = self.held if self.held and self._taken + size > self._room else None
        if full:
            self.held, self._taken = [], 0
        self.held.append(text)
        self._taken += size
        return full


def packed(texts: Iterable[str], room: int) -> Iterator[list[str]]:
    """Texts in their order, together as there is room; at least two at a time, however long they are."""
    packing = Packing(room)
    for text in texts:
        full = packing.add(cut(text, room // 2))
        if full:
            yield full
    if packing.held:
        yield packing.held


def cut(text: str, tokens: int) -> str:
    """The beginning of a text, where it takes more than so many tokens."""
    while tokens_of(text) + 1 > tokens:
        text = text[: len(text) * tokens // (tokens_of(text) + 2)]
    return text
