"""The first screen of an empty archive: what to do, in a few lines."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, ProgressBar, Static

from backscroll.importing.pipeline import Progress
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.importing import ImportScreen

_WELCOME = """\
This archive is empty. Backscroll reads the exports of chats: a WhatsApp text or zip, a Slack export, \
a table with one message a line. Nothing leaves this machine."""


class WelcomeScreen(BaseScreen[bool]):
    """Leads to the first import or the sample archive; gives True once there is something to read."""

    TITLE = "Welcome"
    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "import", "Import", tooltip="Import an export of chats"),
        Binding("s", "sample", "Sample", tooltip="Load the sample archive"),
        Binding("escape", "close", "Later", tooltip="Look at the empty archive"),
    ]

    def compose(self) -> ComposeResult:
        """A greeting, the two ways to begin, and the progress of the second."""
        with Vertical(id="welcome") as panel:
            panel.border_title = "Welcome to Backscroll"
            yield Static(_WELCOME, markup=False)
            with Horizontal(classes="choice"):
                yield Button("Import chats", id="import", variant="primary", compact=True)
                yield Static("i   a file or folder of yours", markup=False)
            with Horizontal(classes="choice"):
                yield Button("Load the sample", id="sample", compact=True)
                yield Static("s   a few made-up chats to look around in", markup=False)
            with Horizontal(classes="choice"):
                yield Button("Help", id="help", compact=True)
                yield Static("?   the keys and the search language", markup=False)
            yield ProgressBar(id="progress", show_eta=False)

    @on(Button.Pressed, "#import")
    def action_import(self) -> None:
        """To the import screen."""
        self.app.push_screen(ImportScreen())

    def on_screen_resume(self) -> None:
        """Gives way once something is in, whichever way it came."""
        self._look()

    @work(group="look", exclusive=True, exit_on_error=False)
    async def _look(self) -> None:
        chats, _ = await self.archive.conversations.totals()
        if chats and self.is_current and not self.has_class("-loading"):
            self.dismiss(True)

    @on(Button.Pressed, "#sample")
    def action_sample(self) -> None:
        """Loads the sample archive."""
        self.add_class("-loading")
        self._load()

    @on(Button.Pressed, "#help")
    async def _help(self) -> None:
        await self.app.run_action("help")

    def action_close(self) -> None:
        """Looks at the empty archive."""
        self.dismiss(False)

    @work(group="sample", exclusive=True, exit_on_error=False)
    async def _load(self) -> None:
        from backscroll.sample.loading import load_sample

        try:
            await load_sample(self.archive, self._show)
        finally:
            self.remove_class("-loading")
        self.dismiss(True)

    def _show(self, progress: Progress) -> None:
        self.query_one(ProgressBar).update(total=progress.total, progress=progress.done)
