"""Draws messages line by line: only the lines in view exist, and the view stays put when the stretch changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from functools import partial
from typing import ClassVar
from uuid import UUID

from rich.cells import cell_len
from rich.style import Style as RichStyle
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from backscroll.model.message import Cursor, Message
from backscroll.model.query import Query
from backscroll.text import safe_line
from backscroll.ui.widgets.blocks import Blocks, Extent, Stretch
from backscroll.ui.widgets.look import STYLE_NAMES, Look, Setting, Styles
from backscroll.ui.widgets.message_lines import draw
from backscroll.ui.widgets.painter import Ground, Painter
from backscroll.ui.widgets.painting import Painted, selected_words

NOTHING = Stretch((), at_start=True, at_end=True)
"""What is laid out where there are no messages."""
_LONGEST_NAME = 20


class Canvas(ScrollView):
    """Messages as lines, one of them under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"history--{name}" for name in STYLE_NAMES),
        "history--cursor",
        "history--selected",
    }

    lit: var[Query | None] = var(None, init=False)
    """What is lit in the messages."""
    placeholder: var[str] = var("", init=False)
    """What is said where there are no messages."""

    def __init__(self, zone: tzinfo | None = None, *, whole: str = "chat", id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.zone = zone
        self._whole = whole
        self.stretch = NOTHING
        self.blocks = Blocks()
        self.cursor_id: UUID | None = None
        self.selected: tuple[Cursor, Cursor] | None = None
        """The first and the last of the messages that are selected."""
        self._look: Look | None = None
        self._name_width = 0
        self._painter = Painter()
        self._origin = 0
        self._is_placing = False

    @property
    def view_height(self) -> int:
        """Lines that are in view."""
        return max(1, self.scrollable_content_region.height)

    @property
    def cursor_index(self) -> int | None:
        """Which block is under the cursor."""
        return self.blocks.index_of(self.cursor_id) if self.cursor_id else None

    def is_selected(self, message: Message) -> bool:
        """Whether a message is among the selected ones."""
        return self.selected is not None and self.selected[0] <= message.cursor <= self.selected[1]

    # Layout

    def lay_out(self) -> None:
        """Measures what is new in the stretch and takes its height."""
        look = self._make_look()
        is_same = look == self._look
        if not is_same:
            self._look = look
            self.blocks.forget_heights()
        moved = self.blocks.lay_out(self.stretch, self.zone, self._measure)
        self._keep_selection(moved if is_same else None)
        # What stands where on the screen does not change by it, so nothing is laid out but this.
        self.set_reactive(Canvas.virtual_size, Size(look.width, self.blocks.height))
        self.vertical_scrollbar.window_virtual_size = self.blocks.height
        self.refresh()

    def keep_place(self, change: Callable[[], None]) -> None:
        """Makes a change while the message under the cursor, or else the first in view, stays in its row."""
        index = self._anchor()
        anchor = self.blocks.messages[index].id if index is not None else None
        row = self.blocks.first_line(index) - self.scroll_offset.y if index is not None else 0
        self._is_placing = True
        try:
            change()
            index = self.blocks.index_of(anchor) if anchor else None
            if index is not None:
                row = min(row, self.view_height - 1)
                self.scroll_to(y=self.blocks.first_line(index) - row, animate=False, immediate=True, force=True)
        finally:
            self._is_placing = False

    def _anchor(self) -> int | None:
        top, height = self.scroll_offset.y, self.view_height
        index = self.cursor_index
        if index is not None and top <= self.blocks.first_line(index) < top + height:
            return index
        return self.blocks.at_line(top)

    def _measure(self, message: Message, setting: Setting) -> Extent:
        drawn = draw(message, setting, replace(self._look or self._make_look(), is_bare=True))
        return Extent(len(drawn.lines), drawn.lead, drawn.tail, drawn.is_folded)

    def _make_look(self) -> Look:
        width = max(20, self.scrollable_content_region.width)
        names = {message.sender or "" for message in self.stretch.messages}
        longest = max((cell_len(safe_line(name[:40])) for name in names), default=0)
        self._name_width = max(self._name_width, longest)  # never narrower while one reads on: the words would jump
        parts = (self.get_visual_style(f"history--{name}", partial=True) for name in STYLE_NAMES)
        return Look(
            width=width,
            name_width=max(4, min(self._name_width, _LONGEST_NAME, width // 5)),
            is_dark=self.app.current_theme.dark,
            zone=self.zone,
            query=self.lit,
            styles=Styles(*parts),
            whole=self._whole,
        )

    def on_resize(self, event: events.Resize) -> None:
        """Wraps everything anew where the width has changed."""
        if self._look is None or event.size.width:
            self.keep_place(self.lay_out)

    def notify_style_update(self) -> None:
        """Takes the colours of another theme."""
        super().notify_style_update()
        if self._look is not None and self.is_attached:
            self.keep_place(self.lay_out)

    def watch_lit(self) -> None:
        """Lights other words."""
        self.keep_place(self.lay_out)

    def watch_placeholder(self) -> None:
        """Says something else."""
        self.refresh()

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

    def _keep_selection(self, moved: int | None) -> None:
        # Lines keep their numbers when others come before them; where that cannot be, nothing stays selected.
        self._origin -= moved or 0
        selection = self.text_selection if self.is_attached else None
        if selection is None:
            return
        ends = [offset.y - self._origin for offset in selection if offset is not None]
        if moved is None or not all(0 <= end < self.blocks.height for end in ends):
            self.screen.clear_selection()

    # Drawing

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
