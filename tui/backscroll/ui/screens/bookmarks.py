"""What was marked: bookmarks, and on a second tab the annotations of every chat."""

from contextlib import suppress
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TabbedContent, TabPane

from backscroll.errors import AppError
from backscroll.model.message import Message
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationWrite,
    BookmarkRemove,
    BookmarkSet,
    Outcome,
    Payload,
    Write,
)
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.note import AnnotateScreen, BookmarkScreen, remark_of, rewritten
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.marked import AnnotationList, BookmarkList, place_of
from backscroll.ui.widgets.paged_list import PagedList

PAGE: Final = 100
MANY: Final = 2000


class BookmarksScreen(BaseScreen[None]):
    """Bookmarks and annotations, newest first; each opens in its chat."""

    TITLE = "Bookmarks"
    CSS_PATH = "bookmarks.tcss"
    AUTO_FOCUS = "#bookmarks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", tooltip="Back to where you were"),
        Binding("d,delete", "remove", "Remove", key_display="d", tooltip="Remove the bookmark or annotation"),
        Binding("u", "app.undo", "Undo", tooltip="Undo what was written last"),
        Binding("e", "edit", "Edit", tooltip="Write it anew"),
        Binding("s", "settle", "Settle", tooltip="Settle what was changed in two places"),
        Binding("t", "turn", "Other list", tooltip="Bookmarks or annotations"),
        Binding("i", "inspect", "In full", tooltip="The message in full"),
        Binding("B", "close", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._known_bookmarks: list[Bookmark] = []
        self._known_annotations: list[Annotation] = []
        self._ended: set[BookmarkList | AnnotationList] = set()

    def compose(self) -> ComposeResult:
        """Two lists, each on its tab."""
        with TabbedContent(initial="bookmarks-tab"):
            with TabPane("Bookmarks", id="bookmarks-tab"):
                yield BookmarkList(id="bookmarks")
                yield Static("No bookmarks yet: b on a message sets one.", id="no-bookmarks", classes="empty")
            with TabPane("Annotations", id="annotations-tab"):
                yield AnnotationList(id="annotations")
                yield Static("No annotations yet: a on a message writes one.", id="no-annotations", classes="empty")
        yield KeyLine()

    def on_mount(self) -> None:
        """Times are the person's."""
        self._bookmarks.zone = self._annotations.zone = self.backscroll.zone

    def on_screen_resume(self) -> None:
        """Reads again what is shown: it may have changed while a message was open."""
        self._read_again()

    @property
    def _bookmarks(self) -> BookmarkList:
        return self.query_one("#bookmarks", BookmarkList)

    @property
    def _annotations(self) -> AnnotationList:
        return self.query_one("#annotations", AnnotationList)

    @property
    def _shows_annotations(self) -> bool:
        return self.query_one(TabbedContent).active == "annotations-tab"

    # Reading

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _read_again(self) -> None:
        limits = max(PAGE, len(self._known_bookmarks)), max(PAGE, len(self._known_annotations))
        bookmarks = await self.archive.bookmarks.page(limit=limits[0])
        annotations = await self.archive.annotations.page(limit=limits[1])
        self._ended = {self._bookmarks} if len(bookmarks) < limits[0] else set()
        self._ended |= {self._annotations} if len(annotations) < limits[1] else set()
        self._known_bookmarks, self._known_annotations = bookmarks, annotations
        self._lay()

    @on(PagedList.EndReached)
    def _end_reached(self, event: PagedList.EndReached) -> None:
        if (self._annotations if self._shows_annotations else self._bookmarks) not in self._ended:
            self._go_on(MANY if event.is_all_wanted else PAGE)

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _go_on(self, limit: int) -> None:
        overlay = self.desk.overlay()
        if self._shows_annotations:
            notes = await self.archive.annotations.page(limit=limit, after=self._known_annotations[-1])
            self._ended |= {self._annotations} if len(notes) < limit else set()
            self._known_annotations += notes
            shown = overlay.on_annotation_page(notes, is_first=False)
            self._annotations.add(shown, is_last=self._annotations in self._ended)
        else:
            marks = await self.archive.bookmarks.page(limit=limit, after=self._known_bookmarks[-1])
            self._ended |= {self._bookmarks} if len(marks) < limit else set()
            self._known_bookmarks += marks
            shown_marks = overlay.on_bookmarks(marks, is_first=False)
            self._bookmarks.add(shown_marks, is_last=self._bookmarks in self._ended)
        self._count()

    def _lay(self) -> None:
        """Shows what is known of the archive, with what waits laid over it."""
        overlay = self.desk.overlay()
        self._bookmarks.waiting = self._annotations.waiting = overlay.notes
        self._bookmarks.show(overlay.on_bookmarks(self._known_bookmarks, is_first=True))
        self._annotations.show(overlay.on_annotation_page(self._known_annotations, is_first=True))
        self._count()

    def note_written(self, write: Write) -> None:  # noqa: ARG002  (the base's)
        """Shows it."""
        self._lay()

    def note_ended(self, write: Write, outcome: Outcome | AppError) -> None:  # noqa: ARG002  (the base's)
        """Reads anew: it waits no more, and may have ended otherwise than thought."""
        self._read_again()

    def _count(self) -> None:
        self.set_class(not self._bookmarks.items, "-no-bookmarks")
        self.set_class(not self._annotations.items, "-no-annotations")
        tabs = self.query_one(TabbedContent)
        tabs.get_tab("bookmarks-tab").label = Content(f"Bookmarks ({len(self._bookmarks.items):,})")
        tabs.get_tab("annotations-tab").label = Content(f"Annotations ({len(self._annotations.items):,})")

    # Keys

    @on(PagedList.Selected)
    def _open(self, event: PagedList.Selected) -> None:
        if event.item.is_gone:
            self._say_gone()
        else:
            self.backscroll.show_place(place_of(event.item))

    def action_inspect(self) -> None:
        """The message in hand in full."""
        current = (self._annotations if self._shows_annotations else self._bookmarks).current
        if current and current.is_gone:
            self._say_gone()
        elif current:
            self.backscroll.inspect(place_of(current))

    def _say_gone(self) -> None:
        words = "Its import was taken back. What was written about it stays, with the words that it said."
        self.notify(words, title="Message gone", severity="warning", markup=False)

    def action_close(self) -> None:
        """Back to where you were."""
        self.dismiss()

    def action_turn(self) -> None:
        """Bookmarks or annotations."""
        tabs = self.query_one(TabbedContent)
        tabs.active = "bookmarks-tab" if self._shows_annotations else "annotations-tab"
        self.query_one("#annotations" if self._shows_annotations else "#bookmarks").focus()

    @property
    def _current(self) -> Bookmark | Annotation | None:
        return (self._annotations if self._shows_annotations else self._bookmarks).current

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is something to settle only after a conflict."""
        if action != "settle" or not self.is_mounted:
            return True
        return self._current is not None and self._current.conflicts_with is not None

    @on(PagedList.Highlighted)
    def on_tabbed_content_tab_activated(self) -> None:
        """The footer shows what can be done on this tab."""
        self.refresh_bindings()

    def action_remove(self) -> None:
        """Removes the bookmark or annotation in hand."""
        current = self._current
        if isinstance(current, Annotation):
            self._write(AnnotationRemove(current))
            self.notify("u brings it back.", title="Annotation removed", markup=False)
        elif current is not None:
            self._write(BookmarkRemove(current.conversation_id, current.message, current))
            self.notify("u brings it back.", title="Bookmark removed", markup=False)

    def action_settle(self) -> None:
        """Settles a conflict."""
        if self._current is not None:
            self.backscroll.settle(self._current)

    def action_edit(self) -> None:
        """Writes the bookmark or annotation in hand anew."""
        current = self._current
        if isinstance(current, Annotation):
            self._edit_annotation(current)
        elif current is not None:
            self.app.push_screen(BookmarkScreen(current), lambda changed: self._edited(current, changed))

    def _edited(self, before: Bookmark, changed: Bookmark | None) -> None:
        if changed:
            self._write(BookmarkSet(changed, before))

    @work(group="edit", exclusive=True, exit_on_error=False)
    async def _edit_annotation(self, note: Annotation) -> None:
        messages: list[Message] = []
        with suppress(AppError):  # without the server its quote is what it can be about
            messages = await self.archive.messages.at([place_of(note)])
        message = messages[0] if messages else None
        screen = AnnotateScreen(message.text if message else note.quote, remark_of(note), is_run=note.end is not None)
        remark = await self.app.push_screen_wait(screen)
        if remark is not None:
            self._write(AnnotationWrite(rewritten(note, remark, message), note))

    @work(group="write", exit_on_error=False)
    async def _write(self, payload: Payload) -> None:
        await self.desk.write(payload)
