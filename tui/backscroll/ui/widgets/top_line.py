"""The first line of the screen: the product, the archive, and the keys that lead elsewhere."""

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from backscroll.text import safe_line

_HINTS = (
    ("/", "search", "app.search"),
    ("^K", "go to", "app.switch_chat"),
    ("^P", "commands", "app.command_palette"),
    ("?", "help", "app.help"),
)


class TopLine(Widget):
    """Where one is; every hint can be clicked."""

    archive: reactive[str] = reactive("")
    """The archive's name, once it is open."""

    waiting: reactive[tuple[int, int]] = reactive((0, 0))
    """How many writes wait to be sent, and how many the server refused."""

    def __init__(self) -> None:
        super().__init__(id="top-line")
        self.auto_links = False  # the hints have colours of their own

    def render(self) -> Content:
        """The name at the left and as many hints at the right as there is room for."""
        archive = f" · {safe_line(self.archive)}" if self.archive else ""
        name = Content.assemble(
            (" Backscroll", "bold $text-primary"), (archive, "$foreground-muted"), *unsent(*self.waiting)
        )
        hints = [_hint(*hint) for hint in _HINTS]
        width = self.size.width
        while hints and name.cell_length + sum(hint.cell_length for hint in hints) > width - 1:
            hints.pop()
        right = Content("").join(hints)
        return Content.assemble(name, " " * max(1, width - name.cell_length - right.cell_length), right)


def unsent(waiting: int, refused: int) -> list[tuple[str, str]]:
    """How many writes are not in the archive yet, with their styles; nothing where all are."""
    told = ((waiting, "waiting", "$text-accent"), (refused, "refused", "$text-error"))
    return [(f" · {count:,} {word}", style) for count, word, style in told if count]


def _hint(key: str, meaning: str, action: str) -> Content:
    hint = Content.assemble("  ", (key, "bold $text-accent"), (f" {meaning} ", "$foreground-muted"))
    return hint.stylize(Style.from_meta({"@click": action}))
