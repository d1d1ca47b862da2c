"""What was done to a code, or to the whole codebook: when, by whom, and how it was before."""

from datetime import tzinfo
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from backscroll.coding.rows import told_of
from backscroll.dates import local
from backscroll.model.code import NO_CODES, Code, Codebook, CodeChange
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.widgets.paged_list import PagedList

_PAGE: Final = 100
_MANY: Final = 2000


class ChangeList(PagedList[CodeChange]):
    """Changes, two lines each: what was done, and how it was and became."""

    book = NO_CODES
    zone: tzinfo | None = None

    def lines(self, item: CodeChange) -> int:  # noqa: ARG002  (all alike)
        """Two."""
        return 2

    def draw(self, item: CodeChange) -> Content:
        """When, by whom, what, and what became otherwise."""
        code = self.book.get(item.code_id)
        path = safe_line(self.book.path(code)) if code else ""
        when = f"{local(item.changed_at, self.zone):%d %b %Y %H:%M}"
        head = Content.assemble(
            (when, "$text-muted"),
            f"  {path} ",
            (item.change, "$text-accent"),
            f" by {safe_line(item.author or item.user)}",
        )
        return Content("\n").join([head, Content.styled("   " + "; ".join(told_of(self.book, item)), "$text-muted")])


class CodeHistoryScreen(BaseModal[None]):
    """The history of one code; of None: of the codebook."""

    TITLE = "History of a code"
    CSS_PATH = "codebook.tcss"
    AUTO_FOCUS = "ChangeList"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,H", "close", "Close", key_display="Esc")]

    def __init__(self, book: Codebook, code: Code | None) -> None:
        super().__init__()
        self._book = book
        self._code = code
        self._is_whole = False

    def compose(self) -> ComposeResult:
        """The changes, the newest first."""
        with Vertical(id="history") as pane:
            path = f" · {safe_line(self._book.path(self._code))}" if self._code else ""
            pane.border_title = Content(f"History{path}")
            pane.border_subtitle = "Esc closes"
            yield ChangeList()

    @property
    def _changes(self) -> ChangeList:
        return self.query_one(ChangeList)

    def on_mount(self) -> None:
        """Reads the first page."""
        self._changes.book, self._changes.zone = self._book, self.backscroll.zone
        self._read(_PAGE)

    @on(PagedList.EndReached)
    def _end_reached(self, event: PagedList.EndReached) -> None:
        if not self._is_whole:
            self._read(_MANY if event.is_all_wanted else _PAGE)

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _read(self, limit: int) -> None:
        last = self._changes.items[-1] if self._changes.items else None
        page = await self.archive.codes.history(self._code.id if self._code else None, limit=limit, after=last)
        self._is_whole = len(page) < limit
        self._changes.add(page, is_last=self._is_whole)

    def action_close(self) -> None:
        """Closes."""
        self.dismiss()
