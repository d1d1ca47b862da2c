"""A message and what was said around it: one looks about while the mark stays on the message."""

from textual import events

from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.message_words import ADDRESS


class Around(History, can_focus=False):
    """A history whose cursor is put by the screen alone; keys are the screen's, too."""

    def look(self, lines: int) -> None:
        """Moves the view."""
        self.scroll_relative(y=lines, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Follows a link."""
        if address := event.style.meta.get(ADDRESS):
            self.post_message(self.LinkChosen(self, address))

    def _clamp_cursor(self) -> None:
        """The cursor stays where it is, in view or not."""
