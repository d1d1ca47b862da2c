"""Rows of a name and a value, where a long value goes on below itself."""

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Hanging(Visual):
    """Rows at whatever width they get, the names `name_width` cells wide; rows without a value are left out."""

    def __init__(self, rows: Sequence[tuple[str, str]], name_width: int = 8) -> None:
        self._rows = [row for row in rows if row[1]]
        self._name_width = name_width

    @property
    def plain(self) -> str:
        """The rows as text, unwrapped."""
        return "\n".join(f"{name} {value}" for name, value in self._rows)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Every row, its value wrapped beside the name."""
        strips = [strip for line in self._lines(width) for strip in line.render_strips(width, 1, style, options)]
        return strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002  (the protocol's)
        """All that there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002  (the protocol's)
        """As many lines as the values take."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        side = self._name_width
        for name, value in self._rows:
            first, *rest = Content(value).wrap(max(8, width - side)) or [Content("")]
            label = Content(name).truncate(side - 1)
            lines.append(Content.assemble(label.stylize("$foreground-muted"), " " * (side - label.cell_length), first))
            lines += [line.pad_left(side) for line in rest]
        return lines
