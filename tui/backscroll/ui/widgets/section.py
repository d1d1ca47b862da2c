"""One part of a message in full: rows or a long text under a heading, which can be focused, copied and unfolded."""

from typing import Final

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static

from backscroll.model.links import link_spans
from backscroll.reading.account import Section
from backscroll.ui.widgets.hanging import Hanging

CHUNK: Final = 20_000
"""Characters that are drawn at once."""
_NAME_WIDTH: Final = 15
_HINTS: Final = {
    "links": "1 to 9 open them",
    "parent": "Enter goes there",
    "thread": "Enter opens it",
    "raw": "c copies it",
}


class SectionView(Static, can_focus=True):
    """A `Section`, drawn as rows, as JSON (`raw`) or as words with their links lit."""

    def __init__(self, section: Section) -> None:
        super().__init__(id=f"section-{section.key}", classes="section", markup=False)
        self.section = section
        self._chunks = 1
        hint = _HINTS.get(section.key)
        self.border_title = Content.assemble(section.title, (f" · {hint}" if hint else "", "$foreground-muted"))

    def on_mount(self) -> None:
        """Draws the first part of it."""
        self.update(self._drawn())

    def unfold(self) -> bool:
        """Shows more of a long text; says whether there was more."""
        if len(self.section.text) <= CHUNK * self._chunks:
            return False
        self._chunks += 1
        self.update(self._drawn())
        return True

    def _drawn(self) -> VisualType:
        section = self.section
        if section.rows:
            return Hanging(section.rows, _NAME_WIDTH)
        shown = section.text[: CHUNK * self._chunks]
        drawn = _json(shown) if section.key == "raw" else _words(shown)
        hidden = len(section.text) - len(shown)
        if not hidden:
            return drawn
        return Content.assemble(drawn, "\n", (f"… {hidden:,} more characters: Enter shows more", "$text-accent"))


def _words(text: str) -> Content:
    content = Content(text)
    for start, end in link_spans(text):
        content = content.stylize("$text-primary underline", start, end)
    return content


def _json(text: str) -> Content:
    # Paid for only where there is a record: the highlighter takes its time to load.
    from textual.highlight import highlight

    return highlight(text, language="json")
