"""The reading screen: chats, the history of one of them, and details, side by side where there is room."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from backscroll.errors import AppError
from backscroll.model.code_writes import CodeWrite
from backscroll.model.writes import Outcome, Write
from backscroll.ui.kept_widths import keep_widths, read_widths
from backscroll.ui.screens.keeping import KeepingScreen
from backscroll.ui.widgets.chat_list import ChatList
from backscroll.ui.widgets.details import Details
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.panes import Panes
from backscroll.ui.widgets.timeline import Timeline
from backscroll.ui.widgets.top_line import TopLine

_NOTED_EVERY = 5.0
_TOLD_EVERY = 1.0
_FIRST = 0.5
"""Seconds that the frame after the first may wait for the first chat."""


class MainScreen(KeepingScreen):
    """Where conversations are read."""

    TITLE = "Reading"
    AUTO_FOCUS = "ChatOptions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "threads", "Threads", show=False),
        Binding("number_sign", "statistics", "Statistics", show=False, key_display="#", tooltip="The chat in figures"),
        Binding("d", "details", "Details"),
        Binding("f", "filter", "Find a chat in the list", show=False),
        Binding("h,left", "pane(-1)", "Pane to the left", show=False),
        Binding("l,right", "pane(1)", "Pane to the right", show=False),
        Binding("tab", "pane(1, True)", "Next pane", show=False),
        Binding("shift+tab", "pane(-1, True)", "Previous pane", show=False),
        Binding("alt+left,backspace", "back", "Back", show=False),
        Binding("alt+right", "forth", "Forth", show=False),
        Binding("u", "mark_unread", "Unread from here", show=False),
        Binding("f5", "refresh", "Look for what is new", show=False),
        Binding("escape", "leave", "Back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._has_looked = False
        self._seen_change: datetime | None = None
        self._codes_changed: datetime | None = None
        self._hid_notes = False

    def compose(self) -> ComposeResult:
        """One line above, the panes, the keys below."""
        zone = self.backscroll.zone
        yield TopLine()
        with Panes(read_widths(self.backscroll.kept)):
            yield ChatList(zone)
            with Vertical(id="reading", classes="pane"):
                yield History(zone, id="chat-history")
                yield Timeline()
            yield Details(zone)
        yield KeyLine()

    @property
    def panes(self) -> Panes:
        """All panes."""
        return self.query_one(Panes)

    def list_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers for the list and for the chat that is read."""
        yield from super().list_commands()
        if self.visit is not None:
            yield SystemCommand("Export this chat", "All its messages with your notes, to a file", self._export_chat)
            yield SystemCommand("Statistics of this chat", "When, who, how soon, which words", self.action_statistics)

    async def _export_chat(self) -> None:
        from backscroll.exporting.offers import chat_offer
        from backscroll.ui.screens.exporting import ExportScreen

        if self.visit is not None:
            offer = chat_offer(self.archive, self.visit.chat, self.backscroll.zone)
            await self.app.push_screen(ExportScreen(offer))

    async def action_statistics(self) -> None:
        """The chat in figures."""
        from backscroll.ui.screens.statistics import StatisticsScreen

        if self.visit is not None:
            await self.app.push_screen(StatisticsScreen(self.visit.chat))

    # What the screens below ask of their heir

    def turn_to_history(self) -> None:
        """Shows the pane with the history and gives it the focus."""
        self.panes.show("reading")

    def turn_to_details(self) -> None:
        """Shows the pane with the details and gives it the focus."""
        self.panes.show("details")

    # The beginning

    @work(group="first", exit_on_error=False)
    async def hold_frames(self) -> None:
        """Draws nothing more until there is news, or that takes too long: half a dozen frames would come before."""
        with self.app.batch_update(), suppress(TimeoutError):
            await asyncio.wait_for(self.has_news.wait(), _FIRST)

    def say_waiting(self, what: str) -> None:
        """Says what is being waited for until the archive is open."""
        self.call_later(self._say, f"{what} …")

    def _say(self, what: str) -> None:
        self.chat_history.placeholder = what
        self.has_news.set()

    def begin(self) -> None:
        """Lists the chats, looks every few seconds for what others add, and notes where the cursor is.

        Says what is to be done where the archive was updated.
        """
        if self.archive.advice:
            self.notify(self.archive.advice, title="The archive was updated", timeout=30, markup=False)
        self.query_one(TopLine).archive = self.archive.name
        self.tell_waiting()
        self.set_interval(_TOLD_EVERY, self.tell_waiting)
        self.list_again()
        self.set_interval(_NOTED_EVERY, self._note_place)
        if self.backscroll.settings.refresh:
            self.set_interval(self.backscroll.settings.refresh, self.look_for_news)
        self.look_for_news()
        self.read_codebook()

    def tell_waiting(self) -> None:
        """Says how much is not sent yet, by this program or another one."""
        with suppress(AppError):  # who writes is told of a broken outbox
            kept = self.desk.outbox.all()
            refused = sum(each.is_parked for each in kept)
            self.query_one(TopLine).waiting = (len(kept) - refused, refused)

    def on_screen_resume(self) -> None:
        """Reads messages anew where notes are to be hidden by now, or to be seen again."""
        if self._hid_notes is not self.backscroll.hides_notes:
            self._hid_notes = self.backscroll.hides_notes
            self.refresh_chat()
            self.refresh_thread()
            self.follow_again()

    # What others add

    @work(group="note", exclusive=True, exit_on_error=False)
    async def _note_place(self) -> None:
        with suppress(AppError):  # nobody asked for it, and the next one comes
            await self.note_place()

    @work(group="news", exclusive=True, exit_on_error=False)
    async def look_for_news(self) -> None:
        """Reads the list and the chat anew where something was added since the last look."""
        with suppress(AppError):
            changed_at = await self.archive.conversations.changed_at()
            is_news = self._has_looked and changed_at != self._seen_change
            self._has_looked, self._seen_change = True, changed_at
            if is_news:
                self.action_refresh()
            if await self.archive.codes.changed_at() != self._codes_changed:
                self.read_codebook()

    def note_ended(self, write: Write, outcome: Outcome | AppError) -> None:
        """A change of the codebook that was refused goes again."""
        super().note_ended(write, outcome)
        if isinstance(write.payload, CodeWrite) and isinstance(outcome, AppError):
            self.read_codebook()

    @work(group="codebook", exclusive=True, exit_on_error=False)
    async def read_codebook(self) -> None:
        """Reads the codes, once there is something to show them on; the first chat does not wait for them."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.has_news.wait(), _FIRST)
        with suppress(AppError):
            self._codes_changed = await self.archive.codes.changed_at()
            await self.backscroll.read_codebook()

    def action_refresh(self) -> None:
        """Looks for what came in meanwhile, in the list and in the chat; the view stays where it is."""
        self.list_again()
        self.refresh_chat()
        self.refresh_thread()
        self.show_summaries()

    # Keys

    def action_threads(self) -> None:
        """Lists the threads of the chat."""
        from backscroll.ui.screens.threads import ThreadsScreen

        if self.chat is not None:
            self.app.push_screen(ThreadsScreen(self.chat))

    def action_details(self) -> None:
        """Shows or hides the details."""
        self.panes.toggle_details()

    def action_filter(self) -> None:
        """Narrows the list of chats."""
        self.panes.active = "chats"
        self.chats.focus_filter()

    def action_pane(self, step: int, around: bool = False) -> None:
        """Another pane."""
        self.panes.move(step, around=around)

    @on(Panes.WidthsSet)
    def _widths_set(self, event: Panes.WidthsSet) -> None:
        keep_widths(self.backscroll.kept, event.widths)

    def action_leave(self) -> None:
        """From the details to the chat's history; else back to where one came from, or one pane to the left."""
        if self.panes.active == "details":
            self.panes.show("reading")
        elif not self.backscroll.go_back():
            self.panes.show("chats")
