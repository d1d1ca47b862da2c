"""What was said around one message: a few lines before and after it, with the day where it changes."""

from collections.abc import Sequence
from datetime import tzinfo

from textual.content import Content
from textual.widgets import Static

from backscroll.dates import local, long_day
from backscroll.model.message import Message
from backscroll.model.query import Query
from backscroll.text import safe, safe_line
from backscroll.ui.widgets.hits import lit
from backscroll.ui.widgets.moments import clock_time
from backscroll.ui.widgets.palette import sender_style

_LONGEST = 600


class Surroundings(Static):
    """Messages around `middle`, which is marked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id, markup=False)

    def show(self, messages: Sequence[Message], middle: Message, query: Query | None, zone: tzinfo | None) -> None:
        """Draws the messages in reading order."""
        lines: list[Content] = []
        day = ""
        for message in messages:
            today = long_day(local(message.clock, zone).date())
            if today != day:
                day = today
                lines.append(Content.styled(f"── {day} ──", "dim"))
            lines.append(self._line(message, clock_time(message.clock, zone), query, is_middle=message.id == middle.id))
        self.update(Content("\n").join(lines))

    def _line(self, message: Message, clock: str, query: Query | None, *, is_middle: bool) -> Content:
        text = safe(message.text[:_LONGEST]).strip()
        text = text or ", ".join(safe_line(a.file_name or "") for a in message.attachments) or message.kind.value
        name = Content(safe_line(message.sender or ""))
        return Content.assemble(
            ("▌" if is_middle else " ", "$warning"),
            (clock + " ", "dim"),
            name.stylize(sender_style(message.sender_id, is_dark=self.app.current_theme.dark)),
            " " if message.sender else "",
            lit(text, query),
        )
