"""Draws blocks of messages line by line: only the lines in view exist, and the mouse finds the words in them."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Region
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from backscroll.model.message import Cursor, Message
from backscroll.ui.widgets.blocks import Blocks
from backscroll.ui.widgets.look import STYLE_NAMES, Look
from backscroll.ui.widgets.painter import Ground, Painter
from backscroll.ui.widgets.painting import Painted, selected_words


class Drawing(ScrollView):
    """Messages as lines, one of them under the cursor; an heir lays them out."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"history--{name}" for name in STYLE_NAMES),
        "history--cursor",
        "history--selected",
    }

    placeholder: var[str] = var("", init=False)
    """What is said where there are no messages."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.blocks = Blocks()
        self.cursor_id: UUID | None = None
        self.selected: tuple[Cursor, Cursor] | None = None
        """The first and the last of the messages that are selected."""
        self._look: Look | None = None
        self._painter = Painter()
        self._origin = 0

    @property
    def view_height(self) -> int:
        """Lines that are in view."""
        return max(1, self.scrollable_content_region.height)

    def is_selected(self, message: Message) -> bool:
        """Whether a message is among the selected ones."""
        return self.selected is not None and self.selected[0] <= message.cursor <= self.selected[1]

    def watch_placeholder(self) -> None:
        """Says something else."""
        self.refresh()

    # Frames

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a frame.

        Textual's own would make each strip anew for a border that is not there, and keep it for one place only.
        """
        filters, background = self.get_line_filters(), self.background_colors[1]
        strips = [strip.adjust_cell_length(self.size.width) for strip in self._strips(crop.y, crop.bottom)]
        for line_filter in filters:
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        is_whole = crop.column_span == (0, self.size.width)
        return strips if is_whole else [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One line of the view that knows its place: by this Textual finds the words under the mouse."""
        (strip,) = self._strips(y, y + 1)
        return strip.apply_offsets(0, self._origin + self.scroll_offset.y + y)

    def _strips(self, first: int, after: int) -> list[Strip]:
        """The lines of the view from one to before another."""
        top = self.scroll_offset.y
        lines = enumerate(self._painted(top + first, top + after), top + first)
        strips = [self._strip(line, place) for place, line in lines]
        return strips + [self._blank_line(y) for y in range(first + len(strips), after)]

    def _strip(self, line: Painted, place: int) -> Strip:
        span = self.text_selection.get_span(self._origin + place) if self.text_selection else None
        return line.selected(span, self._selection_style()) if span else line.strip

    def _blank_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.visual_style
        if self.placeholder and not self.blocks.messages and y == self.view_height // 3:
            muted = self.get_visual_style("history--muted", partial=True)
            text = Content(self.placeholder).truncate(width, ellipsis=True).center(width)
            return Strip(text.stylize(muted).render_segments(base), width)
        return Strip.blank(width, base.rich_style)

    def _painted(self, first: int, after: int) -> list[Painted]:
        """The lines from one to before another, as far as there are such."""
        index, lines = self.blocks.at_line(first), list[Painted]()
        if index is None or self._look is None:
            return lines
        part = partial(self.get_visual_style, partial=True)
        ground = Ground(self.visual_style, part("history--selected"), part("history--cursor"))
        self._painter.take(self._look, ground)
        start = self.blocks.top(index)
        while index < len(self.blocks.messages) and start + len(lines) < after:
            message, setting = self.blocks.messages[index], self.blocks.settings[index]
            has_cursor, is_selected = message.id == self.cursor_id, self.is_selected(message)
            lines += self._painter.lines(message, setting, is_selected=is_selected, has_cursor=has_cursor)
            index += 1
        return lines[first - start : after - start]

    def refresh_block(self, index: int) -> None:
        """Draws the lines of one message anew."""
        top = self.blocks.top(index)
        self.refresh_lines(top, self.blocks.top(index + 1) - top)

    def paint_ahead(self, way: int) -> None:
        """Paints the next screenful in a direction (1 or -1), so that a key that leads there finds it ready."""
        top = self.scroll_offset.y + way * self.view_height
        filters, background = self.get_line_filters(), self.background_colors[1]
        for line in self._painted(max(0, top), top + self.view_height):
            strip = line.strip.adjust_cell_length(self.size.width)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            strip.render(self.app.console)

    # Text selected with the mouse

    @property
    def select_container(self) -> Widget:
        """Three clicks do not select the whole pane."""
        return self

    def text_select_all(self) -> None:
        """Two clicks do not select everything: they open a message."""

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Draws what is selected."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that are selected, as they were written."""
        if self._look is None:
            return None
        first = max(0, selection.start.y - self._origin) if selection.start else 0
        after = selection.end.y - self._origin + 1 if selection.end else self.blocks.height
        lines = enumerate(self._painted(first, after), self._origin + first)
        found = ((painted.line, selection.get_span(number)) for number, painted in lines)
        return selected_words((line, span) for line, span in found if span), "\n"

    def _selection_style(self) -> RichStyle:
        """Only a background: the words keep their colours."""
        return RichStyle(bgcolor=self.screen.get_component_rich_style("screen--selection").bgcolor)
