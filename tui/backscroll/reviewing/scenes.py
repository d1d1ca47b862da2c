"""Messages of a review with what was said around them, fetched before they are wanted."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from msgspec import structs

from backscroll.archive.opening import Archive
from backscroll.model.message import Message
from backscroll.model.review import Item
from backscroll.reading.window import Marking, Window

AROUND: Final = 16
"""Messages that are held with the one in hand, half of them before it; the same for every reviewer."""
_HELD: Final = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """A message of the queue in its surroundings; `is_gone` where it is not in the archive any more."""

    item: Item
    chat: str
    window: Window
    is_gone: bool


def bare(messages: Sequence[Message]) -> list[Message]:
    """Messages that show nothing of the notes on them; bookmarks are one's own."""
    return [structs.replace(message, codes=(), annotation_count=0) for message in messages]


class Scenes:
    """The scenes of one review, with messages `marked` as a window has it."""

    def __init__(self, archive: Archive, review: UUID, marked: Marking) -> None:
        self._archive = archive
        self._review = review
        self._marked = marked
        self._held: OrderedDict[int, Scene] = OrderedDict()

    def held(self, position: int) -> Scene | None:
        """A scene that was fetched already."""
        return self._held.get(position)

    async def at(self, position: int, around: int = AROUND) -> Scene:
        """The message at a position among `around` others. Raises AppError."""
        scene = self._held.get(position)
        if scene is None or around > AROUND:
            (item,) = await self._archive.reviews.items(self._review, [position])
            window = Window(self._archive.messages, item.conversation_id, page=around, marked=self._marked)
            await window.open_around(item.message)
            titles = await self._archive.conversations.titles_of([item.conversation_id])
            is_gone = all(message.id != item.message.id for message in window.messages)
            scene = Scene(item, titles.get(item.conversation_id, ""), window, is_gone)
        self._held[position] = scene
        self._held.move_to_end(position)
        while len(self._held) > _HELD:
            self._held.popitem(last=False)
        return scene
