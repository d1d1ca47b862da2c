"""What was asked before: the history of searches and those that were saved, and how one is saved."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Input, Static

from backscroll.searching.recalling import Asked, Recalling
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.screens.choosing import ChoosingScreen


class RecallScreen(ChoosingScreen[Asked, Asked]):
    """Gives what is to be asked again."""

    TITLE = "Asked before"
    CSS_PATH: ClassVar[CSSPathType | None] = ["choosing.tcss", "recall.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "cancel", "Close", show=False, priority=True),
        Binding("delete,ctrl+d", "remove", "Remove", priority=True, tooltip="Remove the saved search, or forget it"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._recalling = Recalling((), ())

    def compose(self) -> ComposeResult:
        """A line to type in and what fits: saved searches first, then the history."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Asked before"
            dialogue.border_subtitle = "Enter asks again · Del removes · Esc closes"
            yield from self.list_to_choose_from("a part of it", "Nothing like it was asked before.")

    def on_mount(self) -> None:
        """Reads what was asked."""
        self._read()

    @work(group="asked", exclusive=True, exit_on_error=False)
    async def _read(self, place: int = 0) -> None:
        self._recalling = Recalling(await self.archive.saved.all(), await self.archive.saved.history())
        self.show_fitting(place)

    def fits(self, typed: str) -> Sequence[Asked]:
        """By their names and words, mistakes forgiven."""
        return self._recalling.fitting(typed)

    def line(self, one: Asked) -> Content:
        """The query, behind its name where it was saved."""
        query = safe_line(one.query)
        if not one.saved:
            return Content(query)
        place = " · ".join(safe_line(title) for title in (one.saved.conversation, one.saved.thread) if title)
        where = f"  in {place}" if place else ""
        narrowed = ", ".join(safe_line(choice["value"] or "") for choice in one.saved.narrowed_to)
        only = f"  only {narrowed}" if narrowed else ""
        return Content.assemble((safe_line(one.saved.name), "bold $text-accent"), f"  {query}", (where + only, "dim"))

    def choose(self, one: Asked) -> None:
        """Gives it back."""
        self.dismiss(one)

    def action_remove(self) -> None:
        """Removes the saved search, or forgets that it was asked."""
        if self.chosen is not None:
            self._remove(self.chosen, self.fitting.index(self.chosen))

    @work(group="removing", exit_on_error=False)
    async def _remove(self, asked: Asked, place: int) -> None:
        if asked.saved:
            await self.archive.saved.remove(asked.saved.name)
        else:
            await self.archive.saved.forget(asked.query)
        self._read(place)


class SaveScreen(BaseModal[str | None]):
    """Asks for the name of a search; gives None where it is not to be saved."""

    TITLE = "Save the search"
    CSS_PATH: ClassVar[CSSPathType | None] = ["choosing.tcss", "recall.tcss"]
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
