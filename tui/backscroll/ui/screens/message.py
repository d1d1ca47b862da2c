"""One message in full: everything that the archive knows of it, over the screen where it was read."""

import asyncio
from typing import ClassVar, NamedTuple
from uuid import UUID

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from backscroll.model.conversation import Place
from backscroll.model.links import links
from backscroll.model.message import Attachment, Message
from backscroll.reading.account import account, raw_json
from backscroll.reading.files import FileState, file_content, file_state
from backscroll.reading.whole import Whole, read_whole
from backscroll.ui import opening, pictures
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.section import SectionView

_PICTURE_WIDTH, _PICTURE_HEIGHT = 60, 20


class Seen(NamedTuple):
    """The message that was shown last, and whether its thread is wanted next."""

    message: Message
    wants_thread: bool


class MessageScreen(BaseModal[Seen | None]):
    """A message in full; n and p walk on through its chat, or through the thread that is being read."""

    TITLE = "Message in full"
    CSS_PATH = "message.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i,q", "close", "Close", key_display="Esc"),
        Binding("j,down", "scroll(1)", "Scroll", key_display="j/k", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("home", "scroll(-1000000)", "To the beginning", show=False),
        Binding("end,G", "scroll(1000000)", "To the end", show=False),
        Binding("n,right", "walk(1)", "Next", key_display="n", tooltip="The next message"),
        Binding("p,left", "walk(-1)", "Previous", key_display="p", tooltip="The message before"),
        Binding("enter", "choose", "Go, or more", tooltip="Go to the answered message or thread, show more of a text"),
        Binding("y", "copy", "Copy", tooltip="Copy the section in focus"),
        Binding("Y", "copy_all", "Copy all", show=False),
        Binding("c", "copy_raw", "Copy record", tooltip="Copy the source's own record as JSON"),
        Binding("o", "open", "Open", tooltip="Open the file in focus, else the first file or link"),
        *(Binding(str(n), f"open_link({n})", "Open the link of this number", show=False) for n in range(1, 10)),
    ]

    def __init__(self, place: Place, thread: UUID | None = None) -> None:
        super().__init__()
        self._place = place
        self._thread = thread
        self._whole: Whole | None = None

    def compose(self) -> ComposeResult:
        """One column of sections."""
        with VerticalScroll(id="message-in-full", can_focus=False) as column:
            column.border_title = "Message in full"
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads the message."""
        self._read(self._place)

    @property
    def _column(self) -> VerticalScroll:
        return self.query_one("#message-in-full", VerticalScroll)

    @property
    def _sections(self) -> list[SectionView]:
        return list(self.query(SectionView))

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _read(self, place: Place) -> None:
        whole = await read_whole(self.archive, place, with_notes=not self.backscroll.hides_notes)
        if whole is None:
            self.notify("The message is no longer there.", severity="warning", markup=False)
            if self._whole is None:
                self.dismiss(None)
            return
        sections = await asyncio.to_thread(account, whole, self.backscroll.zone)
        self._place, self._whole = place, whole
        column = self._column
        async with self.batch():
            await column.remove_children()
            await column.mount_all([SectionView(section) for section in sections])
        column.scroll_home(animate=False)
        self._sections[0].focus(scroll_visible=False)
        for number, file in enumerate(whole.record.message.attachments):
            await self._add_picture(file, f"#section-file-{number}")

    async def _add_picture(self, file: Attachment, after: str) -> None:
        if not pictures.is_picture(file):
            return
        if await asyncio.to_thread(file_state, file) not in (FileState.THERE, FileState.ZIPPED):
            return
        await self._column.mount(await self._picture(file), after=after)

    async def _picture(self, file: Attachment) -> Widget:
        if not pictures.can_draw():
            return Static(pictures.HINT, markup=False, classes="no-picture")
        try:
            content = await asyncio.to_thread(file_content, file, pictures.BYTES_MAX)
            width = min(_PICTURE_WIDTH, max(8, self._column.content_size.width - 3))
            return Static(await asyncio.to_thread(pictures.drawn, content, width, _PICTURE_HEIGHT), classes="picture")
        except (OSError, ValueError) as error:
            reason = str(error) if isinstance(error, ValueError) else "the file cannot be read, or is too large"
            return Static(Content(f"not shown: {reason}"), markup=False, classes="no-picture")

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _walk(self, step: int) -> None:
        read = self.archive.messages.after if step > 0 else self.archive.messages.before
        found = await read(self._place.conversation_id, self._place.cursor, limit=1, thread=self._thread)
        if found:
            self._read(Place(self._place.conversation_id, found[0].cursor))
        else:
            self.notify(f"This is the {'last' if step > 0 else 'first'} message.", markup=False)

    # Keys

    def action_close(self) -> None:
        """Back to where the message was read."""
        self._leave(wants_thread=False)

    def _leave(self, *, wants_thread: bool) -> None:
        self.dismiss(Seen(self._whole.record.message, wants_thread) if self._whole else None)

    def action_scroll(self, lines: int) -> None:
        """Moves the text."""
        self._column.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Moves the text by a page."""
        self._column.scroll_relative(y=pages * max(1, self._column.size.height - 2), animate=False)

    def action_walk(self, step: int) -> None:
        """Shows the next or the previous message."""
        self._walk(step)

    def action_choose(self) -> None:
        """Goes where the section in focus leads, or shows more of it."""
        focused = self.focused
        if not isinstance(focused, SectionView) or self._whole is None or focused.unfold():
            return
        message = self._whole.record.message
        if focused.section.key == "thread":
            self._leave(wants_thread=True)
        elif focused.section.key == "parent" and message.quote is not None:
            self.backscroll.show_place(Place(message.conversation_id, message.quote.cursor))

    def action_copy(self) -> None:
        """Copies the section in focus."""
        if isinstance(self.focused, SectionView):
            section = self.focused.section
            self._copy(section.plain, section.title)

    def action_copy_all(self) -> None:
        """Copies everything that is shown."""
        parts = (f"{view.section.title}\n{view.section.plain}" for view in self._sections)
        self._copy("\n\n".join(parts), "Everything")

    def action_copy_raw(self) -> None:
        """Copies the source's own record."""
        raw = self._whole.record.raw if self._whole else None
        if raw is None:
            self.notify("The source's record holds nothing more than what is shown.", markup=False)
        else:
            self._copy(raw_json(raw), "The record")

    def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        self.notify(f"{what}: in the clipboard.", markup=False)

    def action_open(self) -> None:
        """Opens the file in focus, else the first file, else the first link."""
        files = self._whole.record.message.attachments if self._whole else ()
        key = self.focused.section.key if isinstance(self.focused, SectionView) else ""
        if files and key not in ("text", "links"):
            number = int(key.removeprefix("file-")) if key.startswith("file-") else 0
            opening.open_file(self.app, files[number])
        else:
            self.action_open_link(1)

    def action_open_link(self, number: int) -> None:
        """Opens a link of the text; they are counted from 1."""
        addresses = links(self._whole.record.message.text) if self._whole else []
        if number <= len(addresses):
            opening.open_link(self.app, addresses[number - 1])
        else:
            self.notify("There is no such link in this message.", markup=False)
