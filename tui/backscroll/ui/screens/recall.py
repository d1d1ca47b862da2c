"""What was asked before: the history of searches and those that were saved, and how one is saved."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from backscroll.searching.recalling import Asked, Recalling
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseModal


class RecallScreen(BaseModal[Asked | None]):
    """Gives what is to be asked again, None where nothing is."""

    TITLE = "Asked before"
    CSS_PATH = "recall.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+r", "cancel", "Close", key_display="Esc", priority=True),
        Binding("down", "move(1)", "Next search", show=False, priority=True),
        Binding("up", "move(-1)", "Previous search", show=False, priority=True),
        Binding("delete,ctrl+d", "remove", "Remove", priority=True, tooltip="Remove the saved search, or forget it"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._recalling = Recalling((), ())
        self._fitting: list[Asked] = []

    def compose(self) -> ComposeResult:
        """A line to type in and what fits: saved searches first, then the history."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Asked before"
            dialogue.border_subtitle = "Enter asks again · Del removes · Esc closes"
            yield Input(placeholder="a part of it", id="typed", compact=True)
            yield OptionList(id="fitting", markup=False)
            yield Static("Nothing like it was asked before.", id="none")

    def on_mount(self) -> None:
        """Reads what was asked."""
        self.query_one("#fitting").can_focus = False
        self._read()

    @work(group="asked", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        self._recalling = Recalling(await self.archive.saved.all(), await self.archive.saved.history())
        self._match()

    @on(Input.Changed, "#typed")
    def _match(self) -> None:
        self._fitting = self._recalling.fitting(self.query_one("#typed", Input).value)
        listed = self.query_one("#fitting", OptionList)
        place = listed.highlighted or 0
        listed.set_options(Option(_line(asked)) for asked in self._fitting)
        listed.highlighted = min(place, len(self._fitting) - 1) if self._fitting else None
        self.set_class(not self._fitting, "-none")

    @property
    def _chosen(self) -> Asked | None:
        place = self.query_one("#fitting", OptionList).highlighted
        return self._fitting[place] if place is not None else None

    @on(OptionList.OptionSelected, "#fitting")
    @on(Input.Submitted, "#typed")
    def _choose(self) -> None:
        if self._chosen:
            self.dismiss(self._chosen)

    def action_move(self, step: int) -> None:
        """To the next one or the one before."""
        listed = self.query_one("#fitting", OptionList)
        listed.action_cursor_down() if step > 0 else listed.action_cursor_up()

    def action_remove(self) -> None:
        """Removes the saved search, or forgets that it was asked."""
        if self._chosen:
            self._remove(self._chosen)

    @work(group="removing", exit_on_error=False)
    async def _remove(self, asked: Asked) -> None:
        if asked.saved:
            await self.archive.saved.remove(asked.saved.name)
        else:
            await self.archive.saved.forget(asked.query)
        self._read()

    def action_cancel(self) -> None:
        """Closes; the query stays."""
        self.dismiss(None)


class SaveScreen(BaseModal[str | None]):
    """Asks for the name of a search; gives None where it is not to be saved."""

    TITLE = "Save the search"
    CSS_PATH = "recall.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Close", priority=True)]

    def __init__(self, query: str) -> None:
        super().__init__()
        self._asked = query

    def compose(self) -> ComposeResult:
        """The query and a line for its name."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Save the search"
            dialogue.border_subtitle = "Enter saves · Esc closes"
            yield Static(safe_line(self._asked), markup=False, id="asked")
            yield Input(placeholder="its name; a search of the same name is replaced", id="typed", compact=True)

    @on(Input.Submitted, "#typed")
    def _save(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value.strip())

    def action_cancel(self) -> None:
        """Closes without saving."""
        self.dismiss(None)


def _line(asked: Asked) -> Content:
    query = safe_line(asked.query)
    if not asked.saved:
        return Content(query)
    place = " · ".join(safe_line(title) for title in (asked.saved.conversation, asked.saved.thread) if title)
    where = f"  in {place}" if place else ""
    return Content.assemble((safe_line(asked.saved.name), "bold $text-accent"), f"  {query}", (where, "dim"))
