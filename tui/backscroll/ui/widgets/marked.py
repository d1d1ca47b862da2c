"""Bookmarks and annotations as lists: where the message stands, what it said, and what was written about it."""

from datetime import datetime, tzinfo
from uuid import UUID

from textual.content import Content

from backscroll.dates import local, long_day
from backscroll.model.code import NO_CODES
from backscroll.model.conversation import Place
from backscroll.model.notes import Annotation, Bookmark
from backscroll.text import safe_line
from backscroll.ui.widgets.code_marks import code_labels
from backscroll.ui.widgets.moments import clock_time
from backscroll.ui.widgets.paged_list import PagedList

_LONGEST = 300


class BookmarkList(PagedList[Bookmark]):
    """Bookmarks; times are shown in `zone`, and `waiting` are those that are not sent yet."""

    zone: tzinfo | None = None
    waiting: frozenset[UUID] = frozenset()

    def lines(self, item: Bookmark) -> int:
        """One more where something was written to it; the last one stays free."""
        return 4 if item.title or item.notes else 3

    def draw(self, item: Bookmark) -> Content:
        """The message's place and words, then the bookmark's title and notes where it has them."""
        lines = [_place(item, self.zone, self.waiting), _quote(item)]
        if item.title or item.notes:
            title = safe_line(item.title[:_LONGEST])
            notes = safe_line(item.notes[:_LONGEST])
            between = " · " if title and notes else ""
            lines.append(Content.assemble(("★ ", "$text-warning"), (title, "bold"), (between + notes, "dim")))
        return Content("\n").join(lines)


class AnnotationList(PagedList[Annotation]):
    """Annotations; times are shown in `zone`, and `waiting` are those that are not sent yet."""

    zone: tzinfo | None = None
    waiting: frozenset[UUID] = frozenset()
    codes = NO_CODES

    def lines(self, item: Annotation) -> int:  # noqa: ARG002  (the list's)
        """Always four; the last one stays free."""
        return 4

    def draw(self, item: Annotation) -> Content:
        """The message's place and words, then the remark with its codes, category and tags."""
        remark = [Content.assemble(("✎ ", "$text-warning"), safe_line(item.text[:_LONGEST]))]
        remark += code_labels(self.codes, item.codes, is_dark=self.app.current_theme.dark)
        if item.category:
            remark.append(Content.styled(safe_line(item.category), "bold"))
        remark += [Content.styled("#" + safe_line(tag), "dim") for tag in item.tags]
        return Content("\n").join([_place(item, self.zone, self.waiting), _quote(item), Content("  ").join(remark)])


def place_of(item: Bookmark | Annotation) -> Place:
    """Where the message stands that this was written about."""
    return Place(item.conversation_id, item.message)


def day_and_time(moment: datetime, zone: tzinfo | None) -> str:
    """When a message was sent, to the minute: Tue 12 Mar 2024 09:14."""
    return f"{long_day(local(moment, zone).date())} {clock_time(moment, zone)}"


def _place(item: Bookmark | Annotation, zone: tzinfo | None, waiting: frozenset[UUID]) -> Content:
    return Content.assemble(
        (safe_line(item.conversation) or "a chat that is gone", "bold"),
        (" · ", "dim"),
        safe_line(item.sender or "system"),
        (f" · {day_and_time(item.message.sent_at, zone)}", "dim"),
        (" · message gone" if item.is_gone else "", "$text-warning"),
        (" · waiting" if item.id in waiting else "", "dim"),
        (" · changed elsewhere too" if item.conflicts_with else "", "$text-error"),
    )


def _quote(item: Bookmark | Annotation) -> Content:
    words = safe_line(item.quote)
    return Content(words) if words else Content.styled("no text", "dim italic")
