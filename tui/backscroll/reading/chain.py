"""The answers to a message and the answers to those, held as a thread is."""

from typing import TYPE_CHECKING, Final

from backscroll.model.conversation import Place
from backscroll.model.message import Cursor, Message
from backscroll.reading.window import Marking, Window

if TYPE_CHECKING:
    from backscroll.archive.messages import Messages

MOST: Final = 1_000
"""Messages of a chain that are shown, no more than a window holds."""


class Chain(Window):
    """The chain of answers around one message; each load looks at the archive anew."""

    def __init__(self, messages: "Messages", place: Place, marked: Marking = list) -> None:
        super().__init__(messages, place.conversation_id, marked=marked)
        self._place = place

    async def _before(self, cursor: Cursor, limit: int) -> list[Message]:
        return [message for message in await self._whole() if message.cursor < cursor][-limit:]

    async def _after(self, cursor: Cursor, limit: int) -> list[Message]:
        return [message for message in await self._whole() if message.cursor > cursor][:limit]

    async def _starting(self, cursor: Cursor, limit: int) -> list[Message]:
        return [message for message in await self._whole() if message.cursor >= cursor][:limit]

    async def _whole(self) -> list[Message]:
        return self._marked(await self._archive.chain(self._place, limit=MOST))
