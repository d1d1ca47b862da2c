"""A dialogue in which one types a part of a name and chooses among what fits."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from backscroll.ui.screens.base import BaseModal

Result = TypeVar("Result")
T = TypeVar("T")


class ChoosingScreen(BaseModal[Result | None], Generic[Result, T]):
    """A `BaseModal` with a line to type in and the things `fitting` it; None where nothing was chosen."""

    CSS_PATH: ClassVar[CSSPathType | None] = "choosing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Close", key_display="Esc", priority=True),
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Previous", show=False, priority=True),
    ]

    fitting: Sequence[T] = ()

    @abstractmethod
    def fits(self, typed: str) -> Sequence[T]:
        """What fits the text that was typed, the best first."""

    @abstractmethod
    def line(self, one: T) -> Content:
        """How one of them looks."""

    @abstractmethod
    def choose(self, one: T) -> None:
        """One of them was chosen."""

    def list_to_choose_from(self, placeholder: str, none: str) -> ComposeResult:
        """The line to type in, what fits, and what is said where nothing does."""
        yield Input(placeholder=placeholder, id="typed", compact=True)
        yield OptionList(id="fitting", markup=False)
        yield Static(none, id="none", markup=False)

    def on_mount(self) -> None:
        """Leaves the focus to the line."""
        self._list.can_focus = False

    @property
    def _list(self) -> OptionList:
        return self.query_one("#fitting", OptionList)

    @property
    def chosen(self) -> T | None:
        """What Enter would choose."""
        place = self._list.highlighted
        return self.fitting[place] if place is not None else None

    @on(Input.Changed, "#typed")
    def _typed(self) -> None:
        self.show_fitting()

    def show_fitting(self, place: int = 0) -> None:
        """Lists what fits now, with the one at a place under the cursor, or else the last."""
        self.fitting = self.fits(self.query_one("#typed", Input).value)
        self._list.set_options(Option(self.line(one)) for one in self.fitting)
        self._list.highlighted = min(place, len(self.fitting) - 1) if self.fitting else None
        self.set_class(not self.fitting, "-none")

    @on(OptionList.OptionSelected, "#fitting")
    @on(Input.Submitted, "#typed")
    def _choose(self) -> None:
        if self.chosen is not None:
            self.choose(self.chosen)

    def action_move(self, step: int) -> None:
        """To the next one or the one before."""
        self._list.action_cursor_down() if step > 0 else self._list.action_cursor_up()

    def action_cancel(self) -> None:
        """Closes; nothing is chosen."""
        self.dismiss(None)
