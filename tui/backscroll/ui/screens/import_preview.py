"""A look at what was picked for an import: what it is, a few messages as they would be read, and how to read it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static
from textual.worker import Worker

from backscroll.errors import AppError
from backscroll.importing.mappings import Mapping, Mappings
from backscroll.importing.preview import Look, Preview, first_rows, look_at
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseScreen, toast
from backscroll.ui.screens.import_running import ImportRunning
from backscroll.ui.widgets.import_choices import ImportChoices
from backscroll.ui.widgets.import_found import found, table_rows
from backscroll.ui.widgets.key_line import KeyLine

_TYPING_PAUSE = 0.3


class ImportPreview(BaseScreen[None]):
    """Shows what would be read as one sets how, and begins the import."""

    TITLE = "Import: a look"
    CSS_PATH = "importing.tcss"
    AUTO_FOCUS = "#begin"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Back", tooltip="Pick something else"),
        Binding("ctrl+j,ctrl+enter", "begin", "Import", key_display="^J", priority=True, tooltip="Begin the import"),
    ]

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self._paths = tuple(paths)
        self._look: Look | None = None
        self._looking: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """The choices, and below them what they lead to."""
        yield ImportChoices(self.backscroll.settings.timezone, self._mappings())
        with Horizontal(id="buttons"):
            yield Button("Import", id="begin", variant="primary", compact=True)
            yield Button("Back", id="back", compact=True)
        with VerticalScroll(id="found") as shown:
            shown.border_title = safe_line(", ".join(path.name or str(path) for path in self._paths))
            yield Static("Looking at it…", id="words", markup=False)
        yield KeyLine()

    def _mappings(self) -> Sequence[Mapping]:
        try:
            return Mappings(self.backscroll.settings.home).all()
        except AppError as error:
            toast(self.app, error)
            return ()

    def on_mount(self) -> None:
        """Looks once, before anything is chosen."""
        self._looking = self._look_again(0)

    @on(ImportChoices.Changed)
    def _chosen(self) -> None:
        self._look = None
        self._looking = self._look_again(_TYPING_PAUSE)

    @work(group="look", exclusive=True, exit_on_error=False)
    async def _look_again(self, pause: float) -> None:
        await asyncio.sleep(pause)  # the next key comes first
        form = self.query_one(ImportChoices)
        try:
            choices = form.choices
            if choices.into is not None:
                await self.archive.known.target(choices.into)
            look = await asyncio.to_thread(look_at, self._paths, choices, form.format_name)
        except AppError as error:
            await self._failed(error)
            return
        self._look = look
        self._say(found(look, choices.time_zone))
        asked = _asked(look.previews)
        if asked and self.focused is self.query_one("#begin"):
            form.ask_for(asked)

    async def _failed(self, error: AppError) -> None:
        said = Content.assemble((safe(error.title), "$text-error"), "\n", (safe(error.hint), "$text-muted"))
        rows = (
            await asyncio.to_thread(first_rows, self._paths[0])
            if error.code in {"not_recognised", "bad_columns"}
            else []
        )
        self._say(Content("\n\n").join([table_rows(rows), said]) if rows else said)
        if rows and self.focused is self.query_one("#begin"):
            self.query_one(ImportChoices).ask_for("columns")

    def _say(self, words: Content) -> None:
        self.query_one("#words", Static).update(words)

    @on(Input.Submitted)
    @on(Button.Pressed, "#begin")
    async def action_begin(self) -> None:
        """Begins the import, where everything is clear."""
        form = self.query_one(ImportChoices)
        if self._looking is not None:
            await self._looking.wait()
        previews = self._look.previews if self._look else ()
        problem = next((preview.problem for preview in previews if preview.problem), None)
        if any(preview.orders for preview in previews):
            form.ask_for("order")
            self.notify("Choose how the dates are to be read.", severity="warning", markup=False)
        elif problem is not None:
            if _asked(previews):
                form.ask_for("year")
            toast(self.app, problem)
        elif not previews:
            self.notify("Nothing here can be imported so.", severity="warning", markup=False)
        elif self._keep_mapping():
            running = ImportRunning(self._paths, form.choices, form.format_name)
            self.app.call_later(self.app.switch_screen, running)  # not waited for: this screen goes with it

    def _keep_mapping(self) -> bool:
        """Keeps how the files are read, where that has a name; whether it could."""
        try:
            mapping = self.query_one(ImportChoices).mapping
            if mapping is not None:
                Mappings(self.backscroll.settings.home).save(mapping)
        except AppError as error:
            toast(self.app, error)
            return False
        return True

    @on(Button.Pressed, "#back")
    def action_close(self) -> None:
        """Back to picking."""
        self.dismiss()


def _asked(previews: Sequence[Preview]) -> str | None:
    """The choice that a person has to make before anything can be imported."""
    if any(preview.orders for preview in previews):
        return "order"
    return "year" if any(preview.problem and preview.problem.code == "no_year" for preview in previews) else None
