"""The lists of bookmarks and annotations: pages of them, narrowed by a line, with what waits laid over them."""

import asyncio
from dataclasses import replace
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static, TabbedContent, TabPane

from backscroll.errors import AppError
from backscroll.model.note_listing import NoteListing, NoteOrder
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.writes import Outcome, Write
from backscroll.searching.noting import HINT, listing_of, read_line
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.marked import AnnotationList, BookmarkList
from backscroll.ui.widgets.paged_list import PagedList

PAGE: Final = 100
MANY: Final = 2000
_TYPING: Final = 0.15
"""Seconds without a key after which the lists are asked for."""


class NotedScreen(BaseScreen[None]):
    """Bookmarks and annotations, each on a tab; its heir says what keys do with them."""

    CSS_PATH = "noted.tcss"
    AUTO_FOCUS = "#bookmarks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "narrow", "Narrow", tooltip="Only with these words, in a chat, with a tag or code, by someone"),
        Binding("o", "order", "Order", tooltip="The newest first, or in the order of their messages"),
        Binding("t", "turn", "Other list", tooltip="Bookmarks or annotations"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._listing = NoteListing()
        self._known_bookmarks: list[Bookmark] = []
        self._known_annotations: list[Annotation] = []
        self._ended: set[BookmarkList | AnnotationList] = set()

    def compose(self) -> ComposeResult:
        """The line that narrows, and two lists, each on its tab."""
        yield Input(placeholder=HINT, id="narrow", compact=True)
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
        self._annotations.codes = self.backscroll.codebook

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
        bookmarks = await self.archive.bookmarks.listed(self._listing, limit=limits[0])
        annotations = await self._annotations_after(None, limits[1])
        self._ended = {self._bookmarks} if len(bookmarks) < limits[0] else set()
        self._ended |= {self._annotations} if len(annotations) < limits[1] else set()
        self._known_bookmarks, self._known_annotations = bookmarks, annotations
        self._lay()

    async def _annotations_after(self, last: Annotation | None, limit: int) -> list[Annotation]:
        if self.backscroll.hides_notes:
            self.query_one("#no-annotations", Static).update("Annotations do not show while a blind review is open.")
            return []
        return await self.archive.annotations.listed(self._listing, limit=limit, after=last)

    @on(PagedList.EndReached)
    def _end_reached(self, event: PagedList.EndReached) -> None:
        if (self._annotations if self._shows_annotations else self._bookmarks) not in self._ended:
            self._go_on(MANY if event.is_all_wanted else PAGE)

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _go_on(self, limit: int) -> None:
        overlay = self.desk.overlay()
        if self._shows_annotations:
            notes = await self._annotations_after(self._known_annotations[-1], limit)
            self._ended |= {self._annotations} if len(notes) < limit else set()
            self._known_annotations += notes
            shown = overlay.on_annotation_page(notes, self._listing, is_first=False)
            self._annotations.add(shown, is_last=self._annotations in self._ended)
        else:
            marks = await self.archive.bookmarks.listed(self._listing, limit=limit, after=self._known_bookmarks[-1])
            self._ended |= {self._bookmarks} if len(marks) < limit else set()
            self._known_bookmarks += marks
            shown_marks = overlay.on_bookmarks(marks, self._listing, is_first=False)
            self._bookmarks.add(shown_marks, is_last=self._bookmarks in self._ended)
        self._count()

    def _lay(self) -> None:
        """Shows what is known of the archive, with what waits laid over it."""
        overlay = self.desk.overlay()
        self._bookmarks.waiting = self._annotations.waiting = overlay.notes
        self._bookmarks.show(overlay.on_bookmarks(self._known_bookmarks, self._listing, is_first=True))
        self._annotations.show(overlay.on_annotation_page(self._known_annotations, self._listing, is_first=True))
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

    # Narrowing

    def action_narrow(self) -> None:
        """Shows the line that narrows the lists."""
        self.add_class("-narrowing")
        self.query_one("#narrow").focus()

    def action_order(self) -> None:
        """The newest first, or in the order of their messages."""
        is_newest = self._listing.order is NoteOrder.NEWEST
        self._listing = replace(self._listing, order=NoteOrder.PLACE if is_newest else NoteOrder.NEWEST)
        self.notify("In the order of their messages." if is_newest else "The newest first.", markup=False)
        self._begin_again()

    @on(Input.Changed, "#narrow")
    def _narrow(self, event: Input.Changed) -> None:
        self._ask(event.value)

    @on(Input.Submitted, "#narrow")
    def action_to_list(self) -> None:
        """From the line to the list below it."""
        self._listed.focus()

    def end_narrowing(self) -> bool:
        """Shows everything again; says whether it was narrowed."""
        if not self.has_class("-narrowing"):
            return False
        self.query_one("#narrow", Input).value = ""
        self.remove_class("-narrowing")
        self._listed.focus()
        return True

    @work(group="narrow", exclusive=True, exit_on_error=False)
    async def _ask(self, line: str) -> None:
        await asyncio.sleep(_TYPING)  # the next key may come
        try:
            self._listing = await listing_of(self.archive, read_line(line), self._listing.order)
        except AppError as error:
            self.query_one("#narrow", Input).border_subtitle = safe_line(f"{error.title}. {error.hint}")
            return
        self.query_one("#narrow", Input).border_subtitle = ""
        self._begin_again()

    def _begin_again(self) -> None:
        self._known_bookmarks, self._known_annotations = [], []
        self._read_again()

    @property
    def _listed(self) -> BookmarkList | AnnotationList:
        return self._annotations if self._shows_annotations else self._bookmarks
