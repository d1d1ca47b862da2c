"""A conflict: what one wrote beside what somebody else wrote at the same time, to be settled by a key."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from backscroll.model.conversation import Place
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.writes import AnnotationSettle, BookmarkSettle, Keep
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseModal


class ConflictScreen(BaseModal[None]):
    """Shows both texts; one, the other or both stay."""

    TITLE = "Conflict"
    CSS_PATH = "conflict.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "settle('mine')", "Keep this", tooltip="Keep what was written here"),
        Binding("t", "settle('theirs')", "Keep the other", tooltip="Keep what was written elsewhere"),
        Binding("b", "settle('both')", "Keep both"),
        Binding("escape", "cancel", "Later"),
    ]

    def __init__(self, mine: Annotation | Bookmark) -> None:
        super().__init__()
        self._mine = mine
        self._theirs: Annotation | Bookmark | None = None
        self._is_read = False

    def compose(self) -> ComposeResult:
        """The two side by side."""
        with Vertical(classes="dialogue") as dialogue:
            dialogue.border_title = "Changed in two places"
            with Horizontal():
                for side, title in (("mine", "m  Written here"), ("theirs", "t  Written elsewhere")):
                    with VerticalScroll(id=side) as column:
                        column.border_title = title
                        yield Static(_told(self._mine) if side == "mine" else Content(""), markup=False)
            yield Static("m keeps this · t keeps the other · b keeps both · Esc: later", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Reads the other one."""
        self._read()

    @work(exit_on_error=False)
    async def _read(self) -> None:
        mine, overlay = self._mine, self.desk.overlay()
        place = Place(mine.conversation_id, mine.message)
        if isinstance(mine, Annotation):
            known = overlay.on_annotations(mine.message.id, await self.archive.annotations.of_message(place))
            self._theirs = next((note for note in known if note.id == mine.conflicts_with), None)
        else:
            self._theirs = overlay.on_bookmark(mine.message.id, await self.archive.bookmarks.of_message(place))
        told = _told(self._theirs) if self._theirs else Content.styled("It was taken away.", "italic")
        self.query_one("#theirs Static", Static).update(told)
        self._is_read = True

    async def action_settle(self, keep: str) -> None:
        """Settles it."""
        if self._is_read:
            self._settle(Keep(keep))

    @work(exit_on_error=False)
    async def _settle(self, keep: Keep) -> None:
        mine, theirs = self._mine, self._theirs
        if isinstance(mine, Annotation):
            await self.desk.write(AnnotationSettle(mine, theirs if isinstance(theirs, Annotation) else None, keep))
        else:
            await self.desk.write(BookmarkSettle(mine, theirs if isinstance(theirs, Bookmark) else None, keep))
        self.dismiss()

    def action_cancel(self) -> None:
        """Both stay as they are."""
        self.dismiss()


def _told(note: Annotation | Bookmark) -> Content:
    if isinstance(note, Bookmark):
        return Content.assemble((safe_line(note.title), "bold"), "\n", safe(note.notes))
    labels = " ".join([safe_line(note.category or ""), *(f"#{safe_line(tag)}" for tag in note.tags)]).strip()
    return Content.assemble(
        (safe_line(note.author), "$foreground-muted"), (f" {labels}\n", "$text-accent"), safe(note.text)
    )
