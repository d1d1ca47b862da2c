"""Draws messages line by line: only the lines in view exist, and the view stays put when the stretch changes."""

from collections.abc import Callable
from datetime import tzinfo
from typing import ClassVar
from uuid import UUID

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from backscroll.model.message import Message
from backscroll.model.query import Query
from backscroll.text import safe_line
from backscroll.ui.widgets.blocks import Blocks, Extent, Stretch
from backscroll.ui.widgets.look import STYLE_NAMES, Look, Setting, Styles
from backscroll.ui.widgets.message_lines import draw

_NOTHING = Stretch((), at_start=True, at_end=True)
_LONGEST_NAME = 20


class Canvas(ScrollView):
    """Messages as lines, one of them under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*(f"history--{name}" for name in STYLE_NAMES), "history--cursor"}
    ALLOW_SELECT = False

    lit: var[Query | None] = var(None, init=False)
    """What is lit in the messages."""
    placeholder: var[str] = var("", init=False)
    """What is said where there are no messages."""

    def __init__(self, zone: tzinfo | None = None, *, whole: str = "chat", id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.zone = zone
        self._whole = whole
        self.stretch = _NOTHING
        self.blocks = Blocks()
        self.cursor_id: UUID | None = None
        self._look: Look | None = None
        self._name_width = 0
        self._strips: LRUCache[tuple[Message, Setting, Look, Style, Style | None], list[Strip]] = LRUCache(600)
        self._is_placing = False

    @property
    def view_height(self) -> int:
        """Lines that are in view."""
        return max(1, self.scrollable_content_region.height)

    @property
    def cursor_index(self) -> int | None:
        """Which block is under the cursor."""
        return self.blocks.index_of(self.cursor_id) if self.cursor_id else None

    # Layout

    def lay_out(self) -> None:
        """Measures what is new in the stretch and takes its height."""
        look = self._make_look()
        if look != self._look:
            self._look = look
            self.blocks.forget_heights()
        self.blocks.lay_out(self.stretch, self.zone, self._measure)
        self.virtual_size = Size(look.width, self.blocks.height)
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
        drawn = draw(message, setting, self._look or self._make_look())
        return Extent(len(drawn.lines), drawn.lead, drawn.tail)

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

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the view; the strips of a message are kept while nothing about it changes."""
        width = self.scrollable_content_region.width
        base = self.visual_style
        line = self.scroll_offset.y + y
        index = self.blocks.at_line(line)
        if index is None or self._look is None:
            return self._blank_line(y, width, base)
        return self._strips_of(index, base, self._look)[line - self.blocks.top(index)]

    def _blank_line(self, y: int, width: int, base: Style) -> Strip:
        if self.placeholder and not self.blocks.messages and y == self.view_height // 3:
            muted = self.get_visual_style("history--muted", partial=True)
            text = Content(self.placeholder).truncate(width, ellipsis=True).center(width)
            return Strip(text.stylize(muted).render_segments(base), width)
        return Strip.blank(width, base.rich_style)

    def _strips_of(self, index: int, base: Style, look: Look) -> list[Strip]:
        message, setting = self.blocks.messages[index], self.blocks.settings[index]
        cursor = self.get_visual_style("history--cursor", partial=True) if message.id == self.cursor_id else None
        key = (message, setting, look, base, cursor)
        strips = self._strips.get(key)
        if strips is None:
            strips = self._strips[key] = _strips(message, setting, look, base, cursor)
        return strips


def _strips(message: Message, setting: Setting, look: Look, base: Style, cursor: Style | None) -> list[Strip]:
    drawn = draw(message, setting, look)
    end = len(drawn.lines) - drawn.tail
    lit = base + cursor if cursor else base
    bar = lit + look.styles.bar
    return [
        _marked(_strip(line, look.width, lit), bar)
        if cursor and drawn.lead <= number < end
        else _strip(line, look.width, base)
        for number, line in enumerate(drawn.lines)
    ]


def _strip(line: Content, width: int, style: Style) -> Strip:
    return Strip(line.render_segments(style), line.cell_length).adjust_cell_length(width, style.rich_style)


def _marked(strip: Strip, bar: Style) -> Strip:
    return Strip([Segment("▌", bar.rich_style), *strip.crop(1)], strip.cell_length)
