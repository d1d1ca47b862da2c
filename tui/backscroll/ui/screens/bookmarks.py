"""What was marked: bookmarks, and on a second tab the annotations of every chat."""

from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TabbedContent, TabPane

from backscroll.model.notes import Bookmark
from backscroll.model.writes import BookmarkRemove, BookmarkRestore, BookmarkSet
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.note import BookmarkScreen
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
        Binding("d,delete", "remove", "Remove", key_display="d", tooltip="Remove the bookmark"),
        Binding("u", "undo", "Undo", tooltip="Bring back the bookmark that was removed last"),
        Binding("e", "edit", "Edit", tooltip="Write a title and notes"),
        Binding("t", "turn", "Other list", tooltip="Bookmarks or annotations"),
        Binding("i", "inspect", "In full", tooltip="The message in full"),
        Binding("B", "close", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._removed: list[Bookmark] = []
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
        marks, notes = self._bookmarks, self._annotations
        limits = max(PAGE, len(marks.items)), max(PAGE, len(notes.items))
        overlay = self.desk.overlay()
        bookmarks = await self.archive.bookmarks.page(limit=limits[0])
        annotations = await self.archive.annotations.page(limit=limits[1])
        self._ended = {marks} if len(bookmarks) < limits[0] else set()
        self._ended |= {notes} if len(annotations) < limits[1] else set()
        marks.show(overlay.on_bookmarks(bookmarks, is_first=True))
        notes.show(annotations)
        self._count()

    @on(PagedList.EndReached)
    def _end_reached(self, event: PagedList.EndReached) -> None:
        if (self._annotations if self._shows_annotations else self._bookmarks) not in self._ended:
            self._go_on(MANY if event.is_all_wanted else PAGE)

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _go_on(self, limit: int) -> None:
        marks, notes = self._bookmarks, self._annotations
        if self._shows_annotations:
            annotations = await self.archive.annotations.page(limit=limit, after=notes.items[-1])
            self._ended |= {notes} if len(annotations) < limit else set()
            notes.add(annotations, is_last=notes in self._ended)
        else:
            bookmarks = await self.archive.bookmarks.page(limit=limit, after=marks.items[-1])
            self._ended |= {marks} if len(bookmarks) < limit else set()
            marks.add(self.desk.overlay().on_bookmarks(bookmarks, is_first=False), is_last=marks in self._ended)
        self._count()

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Annotations are changed where they stand, in their chat."""
        return not self._shows_annotations if action in {"remove", "edit"} else True

    def on_tabbed_content_tab_activated(self) -> None:
        """The footer shows what can be done on this tab."""
        self.refresh_bindings()

    def action_remove(self) -> None:
        """Removes the bookmark in hand."""
        if self._bookmarks.current:
            self._remove(self._bookmarks.current)

    @work(group="write", exit_on_error=False)
    async def _remove(self, bookmark: Bookmark) -> None:
        await self.desk.write(BookmarkRemove(bookmark.conversation_id, bookmark.message, bookmark))
        self._removed.append(bookmark)
        self.notify("u brings it back.", title="Bookmark removed", markup=False)
        self._read_again()

    def action_undo(self) -> None:
        """Brings back the bookmark that was removed last."""
        if self._removed:
            self._restore(self._removed.pop())

    @work(group="write", exit_on_error=False)
    async def _restore(self, bookmark: Bookmark) -> None:
        await self.desk.write(BookmarkRestore(bookmark.conversation_id, bookmark.message, bookmark))
        self._read_again()

    def action_edit(self) -> None:
        """Writes a title and notes to the bookmark in hand."""
        bookmark = self._bookmarks.current
        if bookmark:
            self.app.push_screen(BookmarkScreen(bookmark), lambda changed: self._edited(bookmark, changed))

    def _edited(self, bookmark: Bookmark, changed: Bookmark | None) -> None:
        if changed:
            self._write(bookmark, changed)

    @work(group="write", exit_on_error=False)
    async def _write(self, before: Bookmark, bookmark: Bookmark) -> None:
        await self.desk.write(BookmarkSet(bookmark, before))
        self._read_again()
