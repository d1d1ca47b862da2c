"""The browser as a whole: its screens, its places, and the keys that work everywhere."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from backscroll.errors import AppError, is_debugging, unexpected
from backscroll.model.code import Codebook
from backscroll.model.conversation import Place
from backscroll.model.query import Query
from backscroll.settings import Settings
from backscroll.ui.commands.provider import ChatCommands, KeyCommands
from backscroll.ui.connecting_app import ConnectingApp, Opening
from backscroll.ui.live_sources import LiveSources
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.main import MainScreen

if TYPE_CHECKING:
    from backscroll.archive.opening import Archive
    from backscroll.model.review import Review


class BackscrollApp(ConnectingApp):
    """The browser over an archive, or over one that is opened once the screen shows; who opens it also closes it.

    `kept` is the file that remembers what a person made of the screen; None: it is forgotten at the end. A `review`
    opens as soon as the archive is open.
    """

    TITLE = "Backscroll"
    CSS_PATH = "screens/reading.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012  (declared so by Textual)
    COMMANDS = App.COMMANDS | {KeyCommands, ChatCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/", show=False),
        Binding("ctrl+k", "switch_chat", "Go to a chat", key_display="^K", show=False),
        Binding("B", "bookmarks", "Bookmarks", show=False),
        Binding("C", "codebook", "Codebook", show=False),
        Binding("R", "reviews", "Reviews", show=False),
        Binding("I", "import", "Import", show=False),
        Binding("f2", "toggle_dark", "Light or dark", show=False),
        Binding("question_mark,f1", "help", "Help", key_display="?"),
        Binding("q", "quit", "Quit", show=False),
    ]

    def __init__(
        self,
        archive: "Archive | Opening",
        settings: Settings,
        kept: Path | None = None,
        *,
        review: "Review | None" = None,
    ) -> None:
        super().__init__(archive, settings)
        self._review = review
        self.kept = kept
        self.zone: tzinfo | None = ZoneInfo(settings.timezone) if settings.timezone else None
        self.live = LiveSources(self)
        self._main = MainScreen()
        self._left: list[Screen[object]] = []
        self._kept: list[Screen[object]] = []

    def get_default_screen(self) -> Screen[None]:
        """The reading screen is always at the bottom of the stack."""
        return self._main

    def on_mount(self) -> None:
        """Takes the person's theme."""
        if self.settings.theme in self.available_themes:
            self.theme = self.settings.theme

    # Opening; the screen shows meanwhile

    def hold_frames(self) -> None:
        """Draws nothing more until there is something to show."""
        self._main.hold_frames()

    def say_waiting(self, what: str) -> None:
        """Says it where the messages will be."""
        self._main.say_waiting(what)

    def begin(self) -> None:
        """Lists the chats, and goes on with a review."""
        self._main.begin()
        self.open_review(self._review)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers besides the keys."""
        yield from super().get_system_commands(screen)
        if isinstance(screen, BaseScreen):
            yield from screen.list_commands()
            words = "Codebook, bookmarks and annotations, to a file"
            yield SystemCommand("Export notes", words, self.export_notes)
            words = "Mirror and follow the databases of chat systems"
            yield SystemCommand("Live sources", words, self.show_sources)

    def look_for_news(self) -> None:
        """Shows what came in, without waiting for the next look."""
        self._main.look_for_news()

    # Places

    def show_place(self, place: Place, query: Query | None = None) -> None:
        """Opens a message in its chat, with a query's words lit; Esc then leads back to the screen that asked."""
        self._uncover(keep=True)
        self._main.show_place(place, query)

    def show_chat(self, conversation_id: UUID) -> None:
        """Opens a chat where it was left, or at its newest message."""
        self._uncover(keep=False)
        self._main.show_chat(conversation_id)

    def show_thread(self, conversation_id: UUID, thread: UUID) -> None:
        """Opens a thread of the chat that is read beside it; a second Esc leads back to the screen that asked."""
        self._uncover(keep=True)
        self._main.show_thread(conversation_id, thread)

    def open_review(self, review: "Review | None") -> None:
        """Goes on with a review, where there is one."""
        if review is not None:
            from backscroll.ui.screens.review import ReviewScreen

            self.push_screen(ReviewScreen(review))

    def inspect(self, place: Place) -> None:
        """Shows a message in full over the screen that asked; from there its thread opens beside its chat."""
        from backscroll.ui.screens.message import MessageScreen, Seen

        def closed(seen: Seen | None) -> None:
            message = seen.message if seen and seen.wants_thread else None
            if message and message.thread_id:
                self._uncover(keep=True)
                self._main.show_in_thread(Place(message.conversation_id, message.cursor), message.thread_id)

        self.push_screen(MessageScreen(place), closed)

    def kept_screens(self) -> Iterable[Screen[Any]]:
        """Those that a place was opened from."""
        return self._left

    def tell_waiting(self) -> None:
        """The line above shows it."""
        self._main.tell_waiting()

    def go_back(self) -> bool:
        """Shows the screens again that a place was opened from; says whether there were any."""
        screens, self._left, self._kept = self._left, [], []
        for screen in screens:
            self.uninstall_screen(screen)  # so that it goes when it is closed
            self.push_screen(screen)
        return bool(screens)

    def _uncover(self, *, keep: bool) -> None:
        """Pops to the reading screen; what is kept stays installed and so keeps all that it shows."""
        covering = self.screen_stack[1:]
        self._left = [screen for screen in covering if keep and not screen.is_modal] or (self._left if keep else [])
        for screen in self._left:
            if not self.is_screen_installed(screen):
                self.install_screen(screen, f"left-{id(screen)}")
        for _ in covering:
            self.pop_screen()
        for screen in [kept for kept in self._kept if kept not in self._left]:
            self.uninstall_screen(screen)
            if screen not in covering:
                screen.remove()
        self._kept = list(self._left)

    # Keys; a screen is waited for, so that what is typed ahead reaches it

    async def action_search(self) -> None:
        """Search all chats."""
        from backscroll.ui.screens.search import SearchScreen

        await self.push_screen(SearchScreen())

    async def search_for(self, query: str) -> None:
        """Opens the search with a query asked already."""
        from backscroll.ui.screens.search import SearchScreen

        await self.push_screen(SearchScreen(query))

    async def show_sources(self) -> None:
        """Opens the list of live sources."""
        from backscroll.ui.screens.sources import SourcesScreen

        await self.push_screen(SourcesScreen())

    def show_codes(self, book: Codebook) -> None:
        """Shows messages with the codes of this state of the codebook."""
        self._main.show_codes(book)

    async def action_switch_chat(self) -> None:
        """Go to a chat by a part of its name."""
        from backscroll.ui.screens.switcher import QuickSwitcher

        await self.push_screen(QuickSwitcher(), lambda found: self.show_chat(found) if found else None)

    async def action_bookmarks(self) -> None:
        """The places that were bookmarked."""
        from backscroll.ui.screens.bookmarks import BookmarksScreen

        await self.push_screen(BookmarksScreen())

    async def action_codebook(self) -> None:
        """The codes, and what they mean."""
        from backscroll.ui.screens.codebook import CodebookScreen

        await self.push_screen(CodebookScreen())

    async def action_reviews(self) -> None:
        """The reviews: code messages with others."""
        from backscroll.ui.screens.reviews import ReviewsScreen

        await self.push_screen(ReviewsScreen())

    async def action_import(self) -> None:
        """Bring an export into the archive."""
        from backscroll.ui.screens.importing import ImportScreen

        await self.push_screen(ImportScreen())

    async def export_notes(self) -> None:
        """Write the codebook, bookmarks and annotations to a file."""
        from backscroll.exporting.offers import notes_offer
        from backscroll.ui.screens.exporting import ExportScreen

        await self.push_screen(ExportScreen(notes_offer(self.archive, self.zone)))

    async def action_help(self) -> None:
        """The keys and what they do."""
        from backscroll.ui.screens.help import HelpScreen

        await self.push_screen(HelpScreen())

    async def action_quit(self) -> None:
        """Leaves the browser; each chat opens again where it was left."""
        with suppress(AppError):
            await self._main.note_place()
        self.exit()

    def action_toggle_dark(self) -> None:
        """Changes between a light and a dark theme."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"

    # A crash

    def _fatal_error(self) -> None:
        """Ends with the kind and the place of the error and no values: they may hold messages or a password."""
        if is_debugging() or self._exception is None:
            super()._fatal_error()
            return
        report = unexpected(self._exception)
        self._exit_renderables.append(Text(f"{report.title}\n{report.hint}"))
        self._close_messages_no_wait()
