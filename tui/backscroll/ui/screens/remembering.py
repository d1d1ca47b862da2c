"""Asking again: the history of searches, and those that are kept by a name."""

from abc import abstractmethod
from asyncio import to_thread
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from backscroll.errors import AppError
from backscroll.model.query import Inside
from backscroll.model.saved import SavedSearch
from backscroll.searching.language import parse
from backscroll.searching.narrowing import EVERYWHERE, Choice, Scope, choices_of, narrowed_to
from backscroll.searching.recalling import Asked
from backscroll.text import safe_line
from backscroll.ui.screens.asking import AskingScreen
from backscroll.ui.screens.recall import RecallScreen, SaveScreen


class RememberingScreen(AskingScreen):
    """An `AskingScreen` whose queries are remembered once they were meant, and can be saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "recall", "History", key_display="^R", tooltip="What was asked before, and saved searches"),
        Binding("ctrl+b", "save", "Save", key_display="^B", tooltip="Save the search by a name"),
    ]

    @property
    @abstractmethod
    def choices(self) -> tuple[Choice, ...]:
        """What the query is narrowed to."""

    @abstractmethod
    def choose(self, choices: Sequence[Choice]) -> None:
        """Narrows what is asked next to these choices alone."""

    def on_mount(self) -> None:
        """Reads what was asked before."""
        self._read_history()

    @work(group="history", exclusive=True, exit_on_error=False)
    async def _read_history(self) -> None:
        self.asking.history = await self.archive.saved.history()

    def remember(self) -> None:
        """Puts the query into the history, where it can be understood."""
        self._remember(self.asking.text)

    @work(group="history", exclusive=True, exit_on_error=False)
    async def _remember(self, query: str) -> None:
        try:
            await to_thread(parse, query, self.backscroll.zone)
            await self.archive.saved.remember(query)
        except AppError as error:
            if error.code not in {"bad_query", "no_right", "read_only"}:  # who may only read is welcome to search
                raise
        self.asking.history = await self.archive.saved.history()

    def action_recall(self) -> None:
        """Shows what was asked before, to ask it again."""
        self.app.push_screen(RecallScreen(), self._recalled)

    def _recalled(self, asked: Asked | None) -> None:
        self._read_history()
        if asked is None:
            return
        if asked.saved:
            self.order = asked.saved.order
            self.look_in(_scope(asked.saved))
            self.choose(choices_of(asked.saved))
            self._use(asked.saved)
        self.asking.ask(asked.query)
        self.begin(pause=0)

    @work(group="saved", exit_on_error=False)
    async def _use(self, saved: SavedSearch) -> None:
        await self.archive.saved.use(saved)

    def action_save(self) -> None:
        """Saves the query by a name, with its order and scope and what it is narrowed to."""
        query = self.asking.text.strip()
        if query:
            self.app.push_screen(SaveScreen(query), self._named)
        else:
            self.notify("There is nothing to save yet.", markup=False)

    def _named(self, name: str | None) -> None:
        if name is not None:
            self._save(name, self.asking.text.strip())

    @work(group="saved", exit_on_error=False)
    async def _save(self, name: str, query: str) -> None:
        inside = self.scope.inside
        chat, thread = (inside.chats[0], inside.thread) if inside else (None, None)
        await self.archive.saved.add(
            name, query, order=self.order, conversation=chat, thread=thread, narrowed_to=narrowed_to(self.choices)
        )
        self.notify(f"Saved as {safe_line(name)}. ^R lists it.", markup=False)


def _scope(saved: SavedSearch) -> Scope:
    if saved.conversation_id is None:
        return EVERYWHERE
    title = saved.thread or saved.conversation or "a chat that is no longer here"
    return Scope(title, Inside((saved.conversation_id,), saved.thread_id))
