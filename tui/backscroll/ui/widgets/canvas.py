"""Lays messages out as lines, in a look that fits the width; the view stays put when the stretch changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.reactive import var

from backscroll.model.code import NO_CODES, Codebook
from backscroll.model.message import Message
from backscroll.model.query import Query
from backscroll.text import safe_line
from backscroll.ui.widgets.blocks import Extent, Stretch
from backscroll.ui.widgets.drawing import Drawing
from backscroll.ui.widgets.look import STYLE_NAMES, Look, Setting, Styles
from backscroll.ui.widgets.message_lines import draw
from backscroll.ui.widgets.painting import Painted

NOTHING = Stretch((), at_start=True, at_end=True)
"""What is laid out where there are no messages."""
_LONGEST_NAME = 20


class Canvas(Drawing):
    """A drawing of the messages of a stretch."""

    lit: var[Query | None] = var(None, init=False)
    """What is lit in the messages."""

    codes: var[Codebook] = var(NO_CODES, init=False)
    """The codes that messages bear."""

    def __init__(self, zone: tzinfo | None = None, *, whole: str = "chat", id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id)
        self.zone = zone
        self._whole = whole
        self.stretch = NOTHING
        self._name_width = 0

    @property
    def cursor_index(self) -> int | None:
        """Which block is under the cursor."""
        return self.blocks.index_of(self.cursor_id) if self.cursor_id else None

    def lay_out(self) -> None:
        """Measures what is new in the stretch and takes its height; to draw it is the caller's."""
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

    def keep_place(self, change: Callable[[], None]) -> None:
        """Makes a change while the message under the cursor, or else the first in view, stays in its row."""
        self.app.animator.force_stop_animation(self, "scroll_y")  # it would go on to where things stood before
        before, index = self._in_view(), self._anchor()
        anchor = self.blocks.messages[index].id if index is not None else None
        row = self.blocks.first_line(index) - self.scroll_offset.y if index is not None else 0
        change()
        index = self.blocks.index_of(anchor) if anchor else None
        if index is not None:
            top = self.blocks.first_line(index) - min(row, self.view_height - 1)
            top = max(0, min(top, self.max_scroll_y))
            # Past the watchers: a page that comes changes no line in view, and a key would have to wait for its frame.
            self.set_reactive(Canvas.scroll_target_y, top)
            self.set_reactive(Canvas.scroll_y, top)
            self.vertical_scrollbar.position = top
        if self._in_view() != before:
            self.refresh()

    def _in_view(self) -> list[Painted]:
        return self._painted(self.scroll_offset.y, self.scroll_offset.y + self.view_height)

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
            codes=self.codes,
        )

    def on_resize(self, event: events.Resize) -> None:
        """Wraps everything anew where the width has changed."""
        if self._look is None or event.size.width:
            self.keep_place(self.lay_out)

    def notify_style_update(self) -> None:
        """Takes the colours of another theme, or of a cursor with or without the focus."""
        super().notify_style_update()
        if self._look is not None and self.is_attached:
            self.call_next(self.keep_place, self.lay_out)  # the styles of the components are not there yet

    def watch_codes(self) -> None:
        """Draws codes as they are now."""
        self.keep_place(self.lay_out)

    def watch_lit(self) -> None:
        """Lights other words."""
        self.keep_place(self.lay_out)

    def _keep_selection(self, moved: int | None) -> None:
        # Lines keep their numbers when others come before them; where that cannot be, nothing stays selected.
        self._origin -= moved or 0
        selection = self.text_selection if self.is_attached else None
        if selection is None:
            return
        ends = [offset.y - self._origin for offset in selection if offset is not None]
        if moved is None or not all(0 <= end < self.blocks.height for end in ends):
            self.screen.clear_selection()
