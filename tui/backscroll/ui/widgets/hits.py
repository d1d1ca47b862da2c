"""The hits of a search as a list: where and who on one line, the words that were found on the next."""

from datetime import tzinfo

from textual.content import Content

from backscroll.model.query import Query
from backscroll.searching.finding import Hit
from backscroll.searching.highlight import highlights
from backscroll.text import safe_line
from backscroll.ui.widgets.marked import day_and_time
from backscroll.ui.widgets.paged_list import PagedList

LIT = "$text-warning on $warning-muted bold"
"""How a word that was found looks."""

_LEAD = 30
_LONGEST = 400


class HitList(PagedList[Hit]):
    """Hits of the query `sought`; times are shown in `zone`."""

    sought: Query | None = None
    zone: tzinfo | None = None

    def lines(self, item: Hit) -> int:  # noqa: ARG002  (the list's)
        """Always two."""
        return 2

    def draw(self, item: Hit) -> Content:
        """Two lines: `chat · sender · time`, then the text around the first word that was found."""
        message = item.message
        place = Content.assemble(
            (safe_line(item.chat), "bold"),
            (" · ", "dim"),
            safe_line(message.sender or "system"),
            (f" · {day_and_time(message.clock, self.zone)}", "dim"),
        )
        return Content("\n").join([place, "  " + self._excerpt(item)])

    def _excerpt(self, hit: Hit) -> Content:
        text = hit.message.text
        first = hit.highlights[0][0] if hit.highlights else 0
        begin = _cut(text, first)
        excerpt = lit(("…" if begin else "") + safe_line(text[begin : begin + _LONGEST]), self.sought)
        if excerpt.plain:
            return excerpt
        names = ", ".join(safe_line(a.file_name or "") for a in hit.message.attachments)
        return Content.styled(names or hit.message.kind.value, "dim italic")


def lit(line: str, query: Query | None) -> Content:
    """A line that has passed `safe`, with the query's words lit."""
    content = Content(line)
    for start, end in highlights(line, query) if query else ():
        content = content.stylize(LIT, start, end)
    return content


def _cut(text: str, first: int) -> int:
    """Where to begin so that the word at `first` is in view; at the beginning of a word where there is one near."""
    if first <= _LEAD:
        return 0
    blank = text.find(" ", first - _LEAD, first)
    return blank + 1 if blank >= 0 else first - _LEAD
