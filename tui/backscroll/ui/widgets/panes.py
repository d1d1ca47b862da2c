"""The panes side by side, with borders that can be moved; where there is no room for all, the one in use shows."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from backscroll.ui.widgets.details import Details
from backscroll.ui.widgets.widths import LEAST, USUAL, Widths, fitted, widest

ORDER = ("chats", "reading", "details")
_STEP = 2


@dataclass(frozen=True, slots=True)
class _Drag:
    """A border in hand: whose it is, where it was taken, and how wide the pane was."""

    pane: str
    column: int
    width: int


class Panes(Horizontal):
    """Chats, reading and details; `active` is the one with the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign", "widen(-1)", "Pane narrower", show=False, key_display="<"),
        Binding("greater_than_sign", "widen(1)", "Pane wider", show=False, key_display=">"),
        Binding("equals_sign", "reset", "Panes as wide as usual", show=False, key_display="="),
    ]

    active: var[str] = var("chats", init=False)

    class WidthsSet(Message):
        """Someone has set widths."""

        def __init__(self, widths: dict[str, Widths]) -> None:
            super().__init__()
            self.widths = widths

    def __init__(self, widths: dict[str, Widths]) -> None:
        super().__init__(classes="-chats")
        self._widths = widths
        self._fitted: Widths = {}
        self._drag: _Drag | None = None

    def watch_active(self, before: str, now: str) -> None:
        """Lets the stylesheet know which pane counts."""
        self.remove_class(f"-{before}")
        self.add_class(f"-{now}")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane of the focused widget is the active one."""
        owner = next((node.id for node in event.widget.ancestors_with_self if node.id in ORDER), None)
        if owner:
            self.active = owner

    def move(self, step: int, *, around: bool = False) -> None:
        """Gives the focus to a neighbour, if there is one that can be seen."""
        panes = [name for name in ORDER if name != "details" or not self._hides_details]
        index = panes.index(self.active) + step if self.active in panes else 0
        self.show(panes[index % len(panes)] if around else panes[max(0, min(index, len(panes) - 1))])

    def show(self, pane: str) -> None:
        """Shows a pane and gives it the focus."""
        if pane == "details":
            self._hide_details(hide=False)
        self.active = pane
        self.focus_of(pane).focus()

    def focus_of(self, pane: str) -> Widget:
        """What takes the focus in a pane: its list, its history, or what its tab shows."""
        found = self.query_one(f"#{pane}")
        return found.shown if isinstance(found, Details) else found.query("ChatOptions, History").first(Widget)

    # The details

    @property
    def _size_class(self) -> str:
        return next((name for name in USUAL if self.screen.has_class(name)), "-narrow")

    @property
    def _hides_details(self) -> bool:
        return self._size_class == "-wide" and self.has_class("-no-details")

    def toggle_details(self) -> None:
        """Shows or hides the details; where there is no room for them beside the rest, goes there and back."""
        if self._size_class != "-wide":
            self.show("reading" if self.active == "details" else "details")
            return
        if self.active == "details":
            self.show("reading")
        self._hide_details(hide=not self.has_class("-no-details"))

    def _hide_details(self, *, hide: bool) -> None:
        self.set_class(hide, "-no-details")
        self.fit()

    # Widths

    def fit(self) -> None:
        """Gives the panes their widths, as far as there is room."""
        size, room = self._size_class, self.size.width
        wanted = self._widths.get(size, {})
        if size == "-normal" or self._hides_details:  # one at a time beside the history
            self._fitted = {name: fitted({name: width}, room)[name] for name, width in wanted.items()}
        else:
            self._fitted = fitted(wanted, room)
        for name in LEAST:
            self.query_one(f"#{name}").styles.width = self._fitted.get(name)

    def on_resize(self) -> None:
        """Finds room anew."""
        self.fit()

    def action_widen(self, way: int) -> None:
        """Makes the pane with the focus wider (1) or narrower (-1); the history takes from a neighbour, or gives."""
        shown = self._beside
        if self.active in shown:
            self._set_width(self.active, shown[self.active] + way * _STEP)
        elif shown:
            name = max(shown, key=ORDER.index)
            self._set_width(name, shown[name] - way * _STEP)
        if shown:
            self._say()

    def action_reset(self, *panes: str) -> None:
        """Gives panes their usual widths in terminals of this class; without names all of them."""
        widths = self._widths.get(self._size_class)
        if widths is None:
            return
        widths |= {name: width for name, width in USUAL[self._size_class].items() if not panes or name in panes}
        self.fit()
        self._say()

    @property
    def _beside(self) -> Widths:
        """The widths of the panes that can be seen beside the history."""
        return {name: width for name, width in self._fitted.items() if self.query_one(f"#{name}").region.width}

    def _set_width(self, name: str, width: int) -> None:
        most = widest(name, self._beside, self.size.width)
        self._widths[self._size_class][name] = max(LEAST[name], min(width, most))
        self.fit()

    def _say(self) -> None:
        self.post_message(self.WidthsSet(self._widths))

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Takes a border in hand."""
        name = self._border_at(event.screen_offset.x)
        if name is not None and event.button == 1:
            self._drag = _Drag(name, event.screen_offset.x, self._beside[name])
            self.screen.clear_selection()  # a selection of text would begin here
            self.capture_mouse()
            self.add_class("-dragging")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Moves the border."""
        if self._drag is not None:
            moved = event.screen_offset.x - self._drag.column
            self._set_width(self._drag.pane, self._drag.width + (moved if self._drag.pane == "chats" else -moved))

    def on_mouse_up(self) -> None:
        """Lets it go."""
        if self._drag is not None:
            self._drag = None
            self.release_mouse()
            self.remove_class("-dragging")
            self._say()

    def on_click(self, event: events.Click) -> None:
        """A double click gives the pane its usual width."""
        name = self._border_at(event.screen_offset.x)
        if name is not None and event.chain == 2:
            self.action_reset(name)

    def _border_at(self, column: int) -> str | None:
        """Whose border towards the history stands in a column of the screen."""
        reading = self.query_one("#reading").region
        sides = {"chats": (reading.x - 1, reading.x), "details": (reading.right - 1, reading.right)}
        return next((name for name in self._beside if column in sides[name]), None)
