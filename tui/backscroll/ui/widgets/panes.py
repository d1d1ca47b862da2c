"""The panes side by side; where there is no room for all of them, the one with the focus shows."""

from textual import events
from textual.containers import Horizontal
from textual.reactive import var
from textual.widget import Widget

ORDER = ("chats", "reading", "details")


class Panes(Horizontal):
    """Chats, reading and details; `active` is the one with the focus."""

    active: var[str] = var("chats")

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
        panes = [name for name in ORDER if name != "details" or not self.has_class("-no-details")]
        index = panes.index(self.active) + step if self.active in panes else 0
        self.show(panes[index % len(panes)] if around else panes[max(0, min(index, len(panes) - 1))])

    def show(self, pane: str) -> None:
        """Shows a pane and gives it the focus."""
        self.active = pane
        self.focus_of(pane).focus()

    def focus_of(self, pane: str) -> Widget:
        """What takes the focus in a pane: its list, its history, or itself."""
        found = self.query_one(f"#{pane}")
        return found if found.can_focus else found.query("ChatOptions, History").first(Widget)

    def toggle_details(self, *, is_wide: bool) -> None:
        """Shows or hides the details; where there is no room for them beside the rest, goes there and back."""
        if not is_wide:
            self.show("reading" if self.active == "details" else "details")
            return
        if self.active == "details":
            self.show("reading")
        self.toggle_class("-no-details")
