"""What was marked: bookmarks, and on a second tab the annotations of every chat."""

from contextlib import suppress
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import TabbedContent

from backscroll.errors import AppError
from backscroll.model.message import Message
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationWrite,
    BookmarkRemove,
    BookmarkSet,
    Payload,
)
from backscroll.ui.screens.note import AnnotateScreen, BookmarkScreen, remark_of, rewritten
from backscroll.ui.screens.noted import NotedScreen
from backscroll.ui.widgets.marked import place_of
from backscroll.ui.widgets.paged_list import PagedList


class BookmarksScreen(NotedScreen):
    """Bookmarks and annotations, newest first; each opens in its chat."""

    TITLE = "Bookmarks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", tooltip="Back to where you were"),
        Binding("d,delete", "remove", "Remove", key_display="d", tooltip="Remove the bookmark or annotation"),
        Binding("u", "app.undo", "Undo", tooltip="Undo what was written last"),
        Binding("e", "edit", "Edit", tooltip="Write it anew"),
        Binding("s", "settle", "Settle", tooltip="Settle what was changed in two places"),
        Binding("i", "inspect", "In full", tooltip="The message in full"),
        Binding("B", "close", show=False),
    ]

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
        """Shows everything again, else back to where you were."""
        if not self.end_narrowing():
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
        text = message.text if message else note.quote
        screen = AnnotateScreen(text, remark_of(note), is_run=note.end is not None)
        remark = await self.app.push_screen_wait(screen)
        if remark is not None:
            self._write(AnnotationWrite(rewritten(note, remark, message), note))

    @work(group="write", exit_on_error=False)
    async def _write(self, payload: Payload) -> None:
        await self.desk.write(payload)
