"""One visit to a chat: where it begins, how far it was read, and where it is left."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backscroll.model.conversation import Conversation
from backscroll.model.message import Cursor, Message

if TYPE_CHECKING:
    from backscroll.archive.conversations import Conversations


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a visit begins: the message for the cursor (None: the newest), and after which one the new ones stand."""

    cursor: Cursor | None
    read_up_to: Cursor | None


class Visit:
    """What the archive learns of a person who reads a chat.

    A glance, such as the chat that is shown when the program starts, leaves the read mark alone until the person turns
    to it. What was marked unread stays unread until the next visit.
    """

    def __init__(self, conversations: "Conversations", chat: Conversation, *, is_glance: bool = False) -> None:
        self.chat = chat
        self.is_glance = is_glance
        self._conversations = conversations
        self._is_kept_unread = False
        self._marked: Cursor | None = None
        self._left: Cursor | None = None

    async def begin(self) -> Beginning:
        """Where this person left the chat; if that was its end, before what is new, or else at the newest message."""
        mark = await self._conversations.read_mark(self.chat.id) if self.chat.unread else None
        self._left = await self._conversations.left(self.chat.id)
        return Beginning(self._left or mark, mark)

    async def saw_end(self, last: Message) -> bool:
        """Marks the chat as read up to its last message; says whether the mark was moved now."""
        if self.is_glance or self._is_kept_unread or last.cursor == self._marked:
            return False
        self._marked = last.cursor
        await self._conversations.mark_read(self.chat.id, last.cursor)
        return True

    async def keep_unread(self, first: Message) -> Cursor | None:
        """Marks a message and all after it as unread; gives the place that was read up to, None for nothing."""
        self._is_kept_unread = True
        self._marked = None
        await self._conversations.mark_unread(self.chat.id, first.cursor)
        return await self._conversations.read_mark(self.chat.id)

    async def leave(self, here: Cursor | None) -> None:
        """Notes where the person is, None at the end of the chat: the next visit begins there."""
        if here != self._left:
            self._left = here
            await self._conversations.leave(self.chat.id, here)
