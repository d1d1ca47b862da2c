"""The browser as far as people write in it: every screen shows what is written, and keys undo it everywhere."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from backscroll.errors import AppError
from backscroll.model.code import Codebook
from backscroll.model.code_writes import CodeWrite
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseScreen, toast
from backscroll.writing.undoing import done

if TYPE_CHECKING:
    from backscroll.archive.opening import Archive
    from backscroll.model.notes import Annotation, Bookmark
    from backscroll.model.writes import Outcome, Payload, Write
    from backscroll.writing.desk import Desk


class NotingApp(App[None]):
    """An app over an open archive, with the desk at which is written to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", "Undo", key_display="^Z", show=False, tooltip="Undo what was written last"),
        Binding("ctrl+y", "redo", "Redo", key_display="^Y", show=False, tooltip="Write again what was undone"),
    ]

    archive: "Archive"
    desk: "Desk"
    is_open: bool = False

    def __init__(self) -> None:
        super().__init__()
        self.codebook = Codebook()
        """The codes as they were read last; nobody waits for them."""

    def take(self, archive: "Archive") -> None:
        """This is the archive, open."""
        from backscroll.writing.desk import Desk
        from backscroll.writing.outbox import Outbox

        self.archive = archive
        self.desk = Desk(Outbox(archive.outbox), archive)
        self.desk.made, self.desk.ended = self._made, self._ended_later

    async def on_unmount(self) -> None:
        """What is not sent by now waits in the outbox."""
        if hasattr(self, "desk"):
            await self.desk.stop()

    @property
    def hides_notes(self) -> bool:
        """Whether a screen that is open, or will be shown again, keeps annotations and codes from being seen."""
        return any(screen.hides_notes for screen in self._noted_on())

    # What is written; screens that are left but kept show it as well

    def _made(self, write: "Write") -> None:
        for screen in self._noted_on():
            screen.note_written(write)
        self.tell_waiting()

    def _ended_later(self, write: "Write", outcome: "Outcome | AppError") -> None:
        """Not in the sender's own task: what fails on a screen must not end the sending."""
        self.call_later(self._ended, write, outcome)

    def _ended(self, write: "Write", outcome: "Outcome | AppError") -> None:
        for screen in self._noted_on():
            screen.note_ended(write, outcome)
        self.tell_waiting()
        if isinstance(outcome, AppError):
            hint = f"{outcome.hint} It is kept: `backscroll outbox` lists it."
            self.notify(safe(hint), title=safe_line(outcome.title), severity="error", timeout=15, markup=False)
        elif outcome == "conflict":
            hint = "Both are kept. B lists them; s settles it."
            self.notify(hint, title="Changed elsewhere meanwhile", severity="warning", timeout=15, markup=False)

    def _noted_on(self) -> "Iterable[BaseScreen[Any]]":
        screens = dict.fromkeys([*self.screen_stack, *self.kept_screens()])
        return [screen for screen in screens if isinstance(screen, BaseScreen)]

    def settle(self, note: "Annotation | Bookmark") -> None:
        """Asks how a conflict is settled."""
        from backscroll.ui.screens.conflict import ConflictScreen

        self.push_screen(ConflictScreen(note))

    def action_undo(self) -> None:
        """Takes back what was written last."""
        self._turn_back(is_undo=True)

    def action_redo(self) -> None:
        """Writes again what was undone last."""
        self._turn_back(is_undo=False)

    @work(group="undo")
    async def _turn_back(self, *, is_undo: bool) -> None:
        if not self.is_open or self.screen.is_modal:
            return
        try:
            write = await (self.desk.undo if is_undo else self.desk.redo)(self._check)
        except AppError as error:
            toast(self, error)
            return
        said = f"There is nothing to {'undo' if is_undo else 'redo'}." if write is None else done(write)
        self.notify(said, markup=False)

    def _check(self, payloads: "Sequence[Payload]") -> None:
        """Raises AppError where a change of the codebook breaks a rule by now: the archive would refuse it."""
        from backscroll.model.code_rules import effect  # here, because the first frame need not wait for it

        book = self.codebook
        try:
            for payload in payloads:
                if isinstance(payload, CodeWrite):
                    book = effect(book, payload, datetime.now(UTC)).on(book)
        except AppError as error:
            raise AppError("It can be changed back no more", f"{error.title}. {error.hint}", code=error.code) from None

    # The codebook

    async def read_codebook(self) -> Codebook:
        """The codes as they are now, with what waits to be sent; shows messages with them. Raises AppError."""
        book = self.desk.overlay().on_codebook(await self.archive.codes.book(is_counted=False))
        self.take_codebook(book)
        return book

    def take_codebook(self, book: Codebook) -> None:
        """This is the state of the codebook."""
        if book is not self.codebook:
            self.codebook = book
            self.show_codes(book)

    def show_codes(self, book: Codebook) -> None:
        """For an heir: messages are to be shown with these codes."""

    # What an heir knows

    def kept_screens(self) -> Iterable[Screen[Any]]:
        """For an heir: the screens that were left and will be shown again."""
        return ()

    def tell_waiting(self) -> None:
        """For an heir: how much waits may be another number now."""
