"""A few letters of a code's path, and Enter: to give it to a message, or to merge another one into it."""

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar
from uuid import UUID

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from backscroll.coding.naming import fitting_codes
from backscroll.model.code import Code, Codebook
from backscroll.ui.screens.choosing import ChoosingScreen
from backscroll.ui.widgets.code_marks import code_label


class CodeChooser(ChoosingScreen[Code, Code]):
    """Gives the code that was chosen. `given` ones are ticked; Tab tells `toggle` of one and stays."""

    TITLE = "Code"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "give", "Give and stay", priority=True, tooltip="Give the code or take it away, and stay"),
    ]

    def __init__(
        self,
        title: str,
        book: Codebook,
        *,
        given: Collection[UUID] = (),
        without: Collection[UUID] = (),
        toggle: Callable[[Code], object] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._book = book
        self._given = set(given)
        self._without = without
        self._toggle = toggle

    def compose(self) -> ComposeResult:
        """A line to type in and the codes that fit."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = self._title
            dialogue.border_subtitle = f"Enter chooses{' · Tab and stays' if self._toggle else ''} · Esc closes"
            none = "No code is called so. C opens the codebook." if len(self._book) else "There are no codes yet: C."
            yield from self.list_to_choose_from("a part of the name, or a key", none)

    def on_mount(self) -> None:
        """Begins with all codes."""
        super().on_mount()
        self.show_fitting()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Tab is for codes that are given."""
        return self._toggle is not None if action == "give" else True

    def fits(self, typed: str) -> Sequence[Code]:
        """Codes by their paths, mistakes forgiven."""
        return [code for code in fitting_codes(self._book, typed) if code.id not in self._without]

    def line(self, one: Code) -> Content:
        """Its path, ticked where the message has it, and its key."""
        tick = "✓ " if one.id in self._given else "  " if self._toggle else ""
        label = code_label(self._book, one, is_dark=self.app.current_theme.dark)
        return Content.assemble((tick, "bold $text-success"), label, (f"  {one.key}" if one.key else "", "$text-muted"))

    def choose(self, one: Code) -> None:
        """Gives it back."""
        self.dismiss(one)

    def action_give(self) -> None:
        """Gives the code, or takes it away, and lets one choose on."""
        code, place = self.chosen, self.fitting.index(self.chosen) if self.chosen else 0
        if code is not None and self._toggle is not None:
            self._given ^= {code.id}
            self._toggle(code)
            self.show_fitting(place)
