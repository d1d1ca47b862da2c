"""One line of tabs: the one that is shown stands out, and the others give up letters where there is little room."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_GAP = " "


class TabLine(Widget):
    """The names of tabs; a click chooses one."""

    shown: reactive[str] = reactive("")

    class Chosen(Message):
        """Someone clicked on a tab."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, tabs: Sequence[str]) -> None:
        super().__init__()
        self._tabs = tabs

    def render(self) -> Content:
        """The names side by side."""
        parts = [
            (label, "bold $text-primary" if tab == self.shown else "$foreground-muted")
            for tab, label in zip(self._tabs, self._labels(), strict=True)
        ]
        return Content(_GAP).join(Content.assemble(part) for part in parts).truncate(self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Finds the tab that was clicked."""
        offset = event.get_content_offset(self)
        end = 0
        for tab, label in zip(self._tabs, self._labels(), strict=True):
            end += len(label) + len(_GAP)
            if offset is not None and offset.x < end:
                self.post_message(self.Chosen(tab))
                return

    def _labels(self) -> list[str]:
        """Whole names, else three letters of each, else the keys alone; the tab that is shown keeps its name."""
        forms = (
            [tab.capitalize() for tab in self._tabs],
            [tab.capitalize()[:3] for tab in self._tabs],
            [str(number) for number in range(1, len(self._tabs) + 1)],
        )
        labels: list[str] = []
        for form in forms:
            labels = [
                tab.capitalize() if tab == self.shown else label for tab, label in zip(self._tabs, form, strict=True)
            ]
            if len(_GAP.join(labels)) <= self.size.width:
                break
        return labels
