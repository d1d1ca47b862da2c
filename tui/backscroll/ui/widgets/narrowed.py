"""What a search is narrowed to, on one line; a click takes a part of it off again."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from backscroll.searching.narrowing import Choice, Facet
from backscroll.text import safe_line

_LEAD = "Only "
_GAP = "  "
_LONGEST = 32
_WORDS: dict[Facet, str] = {"chat": "in ", "sender": "from "}


class Narrowed(Widget):
    """The choices by their names; nothing where there are none."""

    ALLOW_SELECT = False

    choices: reactive[Sequence[Choice]] = reactive(())

    class TakenOff(Message):
        """Someone clicked on a choice."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def watch_choices(self, choices: Sequence[Choice]) -> None:
        """Takes room only where there is something to say."""
        self.display = bool(choices)

    def render(self) -> Content:
        """`Only in Family ✕  from Ana ✕`, as far as there is room."""
        return (_LEAD + Content(_GAP).join(map(_chip, self.choices))).truncate(self.size.width, ellipsis=True)

    def on_click(self, event: events.Click) -> None:
        """Finds the choice that was clicked."""
        offset = event.get_content_offset(self)
        begin = len(_LEAD)
        for choice in self.choices:
            end = begin + _chip(choice).cell_length
            if offset is not None and begin <= offset.x < end:
                self.post_message(self.TakenOff(choice))
                return
            begin = end + len(_GAP)


def _chip(choice: Choice) -> Content:
    name = Content(safe_line(choice.label) or "untitled").truncate(_LONGEST, ellipsis=True)
    return Content.assemble(_WORDS.get(choice.facet, ""), name.stylize("bold $text-accent"), (" ✕", "dim"))
