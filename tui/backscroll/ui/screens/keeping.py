"""How a person keeps the chats of the list: pinned, archived, hidden, read or unread."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from uuid import UUID

from msgspec import structs
from textual import work
from textual.app import SystemCommand

from backscroll.errors import AppError
from backscroll.model.conversation import Conversation, Shelf
from backscroll.ui.screens.chats import ChatsScreen

_Write = Callable[[], Awaitable[None]]


class KeepingScreen(ChatsScreen):
    """A `ChatsScreen` whose list can be tidied: what is asked for shows at once, and is taken back if it fails."""

    def __init__(self) -> None:
        super().__init__()
        self._keeping = asyncio.Lock()

    def action_pin(self) -> None:
        """Pins a chat before the others, or lets it go."""
        if chat := self.chats.options.current:
            is_pinned = not chat.is_pinned
            write = partial(self.archive.conversations.set_pinned, chat.id, is_pinned)
            self._keep(chat, structs.replace(chat, is_pinned=is_pinned), write)

    def action_archive(self) -> None:
        """Puts a chat away into the archive, or lists it again."""
        self._shelve(Shelf.ARCHIVED, "The chat is archived")

    def action_hide(self) -> None:
        """Hides a chat, or lists it again."""
        self._shelve(Shelf.HIDDEN, "The chat is hidden")

    def _shelve(self, shelf: Shelf, title: str) -> None:
        if chat := self.chats.options.current:
            shelf = Shelf.LISTED if chat.shelf is shelf else shelf
            write = partial(self.archive.conversations.set_shelf, chat.id, shelf)
            self._keep(chat, structs.replace(chat, shelf=shelf), write)
            if shelf is not Shelf.LISTED:
                hint = f"F, then “{shelf}”, shows where it is. The same key lists it again."
                self.notify(hint, title=title, markup=False)

    def action_unread(self) -> None:
        """Marks a chat read, or its newest message unread."""
        chat = self.chats.options.current
        if chat and chat.unread:
            self._keep(chat, structs.replace(chat, unread=0), partial(self.archive.conversations.mark_read, chat.id))
        elif chat and chat.message_count:
            self._keep(chat, structs.replace(chat, unread=1), partial(self._mark_newest_unread, chat.id))

    async def _mark_newest_unread(self, conversation: UUID) -> None:
        newest = await self.archive.messages.before(conversation, limit=1)
        if newest and self.visit is not None and self.visit.chat.id == conversation:
            await self.visit.keep_unread(newest[0])
        elif newest:
            await self.archive.conversations.mark_unread(conversation, newest[0].cursor)

    def list_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers for the list, and for the chat that it is at."""
        yield from super().list_commands()
        yield SystemCommand("Language of the chat", "Which one is spoken, for search", self.action_language)

    @work(group="language", exclusive=True, exit_on_error=False)
    async def action_language(self) -> None:
        """Asks which language a chat is in."""
        from backscroll.ui.screens.language import LanguageScreen

        chat = self.chats.options.current or (self.visit.chat if self.visit else None)
        if chat:
            spoken = await self.archive.languages.of([chat.id])
            known = await self.archive.languages.present()
            screen = LanguageScreen(chat, spoken.get(chat.id), known)
            self.app.push_screen(screen, partial(self._language_chosen, chat))

    def _language_chosen(self, chat: Conversation, has_changed: bool | None) -> None:
        if has_changed and self.visit is not None and self.visit.chat.id == chat.id:
            self.load_facts(chat)

    def _keep(self, before: Conversation, after: Conversation, write: _Write) -> None:
        place = self.chats.options.place_of(before.id)
        self.chats.keep(after)
        self._write(before, after, write, place)

    @work(group="keep", exit_on_error=False)
    async def _write(self, before: Conversation, after: Conversation, write: _Write, place: int | None) -> None:
        try:
            async with self._keeping:
                await write()
        except AppError:
            self.chats.keep(before, place)
            raise
        if before.shelf is not after.shelf:
            self.forget_titles()
        if before.is_pinned is not after.is_pinned and not self.chats.typed:
            self.list_from_the_first()
