"""What every screen shares: workers live on screens, and a failure that a person can meet becomes a toast."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual import on
from textual.app import SystemCommand
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from backscroll.errors import AppError
from backscroll.text import safe, safe_line
from backscroll.ui.stutter import let_go, let_go_of_lines

if TYPE_CHECKING:
    from textual.app import App

    from backscroll.archive.opening import Archive
    from backscroll.model.writes import Outcome, Write
    from backscroll.ui.app import BackscrollApp
    from backscroll.writing.desk import Desk

Result = TypeVar("Result")
_PAUSE = 0.1
"""Seconds after which nothing of a closed screen is at work any more."""


def toast(app: "App[Any]", error: AppError) -> None:
    """Shows what went wrong and what to do next."""
    app.notify(safe(error.hint) or " ", title=safe_line(error.title), severity="error", markup=False)


class BaseScreen(Screen[Result]):
    """A screen whose workers start with `exit_on_error=False`: an AppError becomes a toast, anything else crashes."""

    hides_notes: bool = False
    """Whether nobody's annotations and codes show, here and wherever one looks from here, while it is open."""

    @property
    def backscroll(self) -> "BackscrollApp":
        """The running app, by its own type."""
        return cast("BackscrollApp", self.app)

    @property
    def archive(self) -> "Archive":
        """The open archive."""
        return self.backscroll.archive

    @property
    def desk(self) -> "Desk":
        """Where what is written goes."""
        return self.backscroll.desk

    def note_written(self, write: "Write") -> None:
        """For an heir that shows what people write: something was written, here or by a key that undoes."""

    def note_ended(self, write: "Write", outcome: "Outcome | AppError") -> None:
        """The same: something was sent, or was refused."""

    def list_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers on this screen besides its keys."""
        return ()

    def on_screen_suspend(self) -> None:
        """Lets go of what nobody sees."""
        if not self.app.screen.is_modal:
            let_go_of_lines(self)

    def on_unmount(self) -> None:
        """Lets go of what was shown, once the screen below is drawn."""
        self.app.set_timer(_PAUSE, let_go)

    @on(Worker.StateChanged)
    def _report_failure(self, event: Worker.StateChanged) -> None:
        report_failure(self.app, event)


class BaseModal(ModalScreen[Result], BaseScreen[Result]):
    """A dialogue with the same rules as `BaseScreen`."""


def report_failure(app: "App[Any]", event: Worker.StateChanged) -> None:
    """Shows the error of a failed worker, or raises it where it is not one that a person can do something about."""
    if event.state is not WorkerState.ERROR:
        return
    error = event.worker.error
    if not isinstance(error, AppError):
        raise error or RuntimeError(f"{event.worker.name} failed")
    toast(app, error)
