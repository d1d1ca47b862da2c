"""The hits of a search as a list, by time or by chat: where and who on one line, the words found on the next."""

from collections.abc import Sequence
from datetime import tzinfo
from uuid import UUID

from textual.content import Content

from backscroll.model.query import Query
from backscroll.searching.finding import Hit
from backscroll.searching.highlight import highlights
from backscroll.text import safe_line
from backscroll.ui.widgets.facts import counted
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

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.found: list[Hit] = []
        """All hits in the order in which they were found; `items` has them as they are listed."""
        self.is_grouped = False
        self._heads: dict[UUID, Content] = {}

    # By time or by chat

    def take(self, hits: Sequence[Hit]) -> None:
        """Shows all hits that are found so far."""
        held, self.found = self.found, list(hits)
        is_more = bool(held) and self.found[: len(held)] == held
        if not is_more or self.is_grouped:
            self.show(self._grouped() if self.is_grouped else self.found)
        elif len(hits) > len(held):
            self.add(self.found[len(held) :])

    def clear(self) -> None:
        """Shows nothing."""
        self.found = []
        super().clear()

    def group(self, *, is_grouped: bool) -> None:
        """Lists the hits by chat, the one with the first hit first, or as they were found."""
        self.is_grouped = is_grouped
        self._heads = {}
        self.show(self._grouped() if is_grouped else self.found)

    def _grouped(self) -> list[Hit]:
        chats: dict[UUID, list[Hit]] = {}
        for hit in self.found:
            chats.setdefault(hit.message.conversation_id, []).append(hit)
        self._heads = {hits[0].message.id: _chat_head(hits) for hits in chats.values()}
        return [hit for hits in chats.values() for hit in hits]

    def _ask_ahead(self) -> None:
        # By chat, the next page may stand anywhere above the end: it is asked for by who wants it, not by the view.
        if not self.is_grouped or self.virtual_size.height < self.view_height:
            super()._ask_ahead()

    def _go(self, index: int, *, is_to_end: bool = False) -> None:
        super()._go(index, is_to_end=is_to_end)
        if self.is_grouped and index >= len(self.items) > 0:
            self.post_message(self.EndReached(is_all_wanted=is_to_end))

    def on_mouse_scroll_down(self) -> None:
        """Who scrolls on at the end wants more."""
        if self.is_grouped and self.items and not self.lines_below:
            self.post_message(self.EndReached(is_all_wanted=False))

    # Drawing

    def lines(self, item: Hit) -> int:  # noqa: ARG002  (the list's)
        """Always two."""
        return 2

    def head(self, item: Hit) -> Content | None:
        """The chat, above its first hit."""
        return self._heads.get(item.message.id) if self.is_grouped else None

    def draw(self, item: Hit) -> Content:
        """Two lines: `chat · sender · time` (without the chat where it stands above), then the text around a word."""
        message = item.message
        chat = Content.assemble((safe_line(item.chat), "bold"), (" · ", "dim"))
        place = Content.assemble(
            "  " if self.is_grouped else chat,
            safe_line(message.sender or "system"),
            (f" · {day_and_time(message.clock, self.zone)}", "dim"),
        )
        return Content("\n").join([place, "  " + self._excerpt(item)])

    def _excerpt(self, hit: Hit) -> Content:
        text = hit.message.text
        first = next(iter(hit.highlights), (0, 0))[0]
        begin = _cut(text, first)
        excerpt = lit(("…" if begin else "") + safe_line(text[begin : begin + _LONGEST]), self.sought)
        if excerpt.plain:
            return excerpt
        names = ", ".join(safe_line(a.file_name or "") for a in hit.message.attachments)
        return Content.styled(names or hit.message.kind.value, "dim italic")


def _chat_head(hits: Sequence[Hit]) -> Content:
    """A chat's title and how many of the hits found so far are in it."""
    title = Content(safe_line(hits[0].chat) or "untitled").stylize("bold $text-accent")
    return Content.assemble(title, (f"  {counted(len(hits), 'hit')}", "dim"))


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
