"""Asks for the address of a live source, and for a mapping where no system is known; suggests one."""

import asyncio
from functools import partial
from itertools import count
from pathlib import Path
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, DirectoryTree, Input, Label, OptionList
from textual.widgets.option_list import Option

from backscroll.errors import AppError
from backscroll.model.sync import Sync
from backscroll.syncing.recognising import UnknownSourceError
from backscroll.syncing.suggesting import Suggestion
from backscroll.text import safe_line
from backscroll.ui.commands.paths import PathSuggester
from backscroll.ui.live_sources import Address
from backscroll.ui.screens.working import WorkingDialogue
from backscroll.ui.widgets.folders import Folders

_WORDS: Final = (
    "It is only read. The address is kept nowhere; a password is better in ~/.pgpass. "
    "`backscroll sync URL --follow` follows it without the browser."
)
_LIKELY: Final = (
    "These tables look like messages: Enter on one writes a mapping of it to a file. "
    "A mapping says which column is what; read it through before you connect."
)
_NONE_LIKELY: Final = "No table looks like messages. A mapping says which column is what."


class SourceAddressScreen(WorkingDialogue):
    """Connects and begins a sync, which goes on when this is closed."""

    TITLE = "Address of a live source"
    AUTO_FOCUS = "#address"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,ctrl+enter", "connect", "Connect", key_display="^J", priority=True, tooltip="Connect and sync"),
        Binding("ctrl+o", "pick", "Pick a mapping", key_display="^O", priority=True, tooltip="Files to pick one from"),
    ]
    cancelled = "Cancelled. Nothing was read."

    def __init__(self, known: Sync | None, *, follow: bool) -> None:
        super().__init__()
        self._known = known
        self._follow = follow
        self._paths: dict[str, Path] = {}
        self._likely: list[Suggestion] = []

    def compose(self) -> ComposeResult:
        """Lines for the address and a mapping, files to pick one from, and what is done with it."""
        mapping = safe_line(str(self._known.found.get("mapping") or "")) if self._known else ""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = f"Address of {safe_line(self._known.name)}" if self._known else "A live source"
            with Horizontal(classes="field"):
                yield Label("Address")
                yield Input(id="address", compact=True, placeholder="postgresql://user@host:5432/database")
            with Horizontal(classes="field"):
                yield Label("Mapping")
                hint = "only where no system is known: a TOML file; ^O picks one"
                yield Input(mapping, id="mapping", suggester=PathSuggester(), compact=True, placeholder=hint)
            yield OptionList(id="likely", markup=False)
            label = "Follow" if self._follow else "Sync"
            yield from self.how_far(_WORDS, Button(label, id="connect", variant="primary", compact=True))

    # The mapping

    async def action_pick(self) -> None:
        """Shows files to pick a mapping from, or shows them no more."""
        if self.query(Folders):
            await self.query(Folders).remove()
            self.query_one("#mapping").focus()
        else:
            await self.query_one("#dialogue").mount(folders := Folders(Path.home(), id="folders"), before="#likely")
            folders.focus()

    @on(DirectoryTree.FileSelected)
    async def _picked(self, event: DirectoryTree.FileSelected) -> None:
        await self.action_pick()
        self._take_mapping(event.path)

    def _take_mapping(self, path: Path) -> None:
        shown = safe_line(str(path))
        self._paths[shown] = path
        line = self.query_one("#mapping", Input)
        line.value = shown
        line.focus()

    def advice(self, error: AppError) -> str:
        """Tables that a mapping may be of, where that is what it lacks."""
        if not isinstance(error, UnknownSourceError):
            return super().advice(error)
        self._likely = list(error.likely)
        listed = self.query_one("#likely", OptionList)
        listed.set_options([Option(safe_line(one.line)) for one in self._likely])
        self.set_class(bool(self._likely), "-likely")
        if self._likely:
            listed.highlighted = 0
            listed.focus()
        return _LIKELY if self._likely else _NONE_LIKELY

    @on(OptionList.OptionSelected, "#likely")
    @work(group="draft", exclusive=True, exit_on_error=False)
    async def _draft(self, event: OptionList.OptionSelected) -> None:
        suggestion = self._likely[event.option_index]
        path = await asyncio.to_thread(_written, suggestion)
        self._take_mapping(path)
        self.set_class(False, "-likely")
        lacks = "" if suggestion.is_whole else " It lacks the column of the ids."
        self.say(f"Written to {path}:{lacks}\n{suggestion.mapping}")

    # Connecting

    @on(Input.Submitted)
    @on(Button.Pressed, "#connect")
    def action_connect(self) -> None:
        """Connects, if something was typed."""
        url, mapping = (self.query_one(line, Input).value.strip() for line in ("#address", "#mapping"))
        if url:
            path = self._paths.get(mapping, Path(mapping).expanduser()) if mapping else None
            self.begin(partial(self._connect, Address(url, path)))

    async def _connect(self, address: Address) -> str:
        await self.backscroll.live.begin(address, self._known, follow=self._follow)
        # Not waited for: this screen goes once its workers are done, and this is one of them.
        self.app.call_later(self.dismiss)
        return "Connected."


def _written(suggestion: Suggestion) -> Path:
    """Writes a mapping to a new file, named after its table. Raises AppError."""
    name = suggestion.table.rpartition(".")[2].replace("/", "_")
    paths = (Path.home() / f"{name}{f'-{number}' if number > 1 else ''}.toml" for number in count(1))
    path = next(path for path in paths if not path.exists())
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(suggestion.mapping)
    except OSError as error:
        raise AppError("The mapping cannot be written", error.strerror or "", code="cannot_write") from None
    return path
