"""All that decides how a message is drawn besides the message itself."""

from dataclasses import dataclass, fields
from datetime import tzinfo

from textual.style import Style

from backscroll.model.code import NO_CODES, Codebook
from backscroll.model.query import Query


@dataclass(frozen=True, slots=True)
class Styles:
    """The history's component styles, as its stylesheet and the theme give them."""

    muted: Style
    day: Style
    quote: Style
    link: Style
    hit: Style
    mark: Style
    unread: Style
    more: Style
    bar: Style
    fenced: Style
    inline: Style
    keyword: Style
    literal: Style
    number: Style
    comment: Style
    definition: Style


STYLE_NAMES = tuple(field.name for field in fields(Styles))


@dataclass(frozen=True, slots=True)
class Look:
    """What all messages of a history share; widths are in cells. Two equal looks draw the same.

    `whole` is the word for what is read: chat or thread. With `is_bare` the words get no styles: enough to measure.
    """

    width: int
    name_width: int
    is_dark: bool
    zone: tzinfo | None
    query: Query | None
    styles: Styles
    whole: str = "chat"
    is_bare: bool = False
    codes: Codebook = NO_CODES

    @property
    def is_stacked(self) -> bool:
        """Whether the sender stands above the words, for want of room beside them."""
        return self.width < 44

    @property
    def indent(self) -> int:
        """Where the words begin."""
        return 2 if self.is_stacked else 10 + self.name_width

    @property
    def text_width(self) -> int:
        """How wide the words may run; one cell stays free at the end."""
        return max(8, self.width - self.indent - 1)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a message's neighbours decide about it: what stands before and after it, and whether its name repeats."""

    day: str | None = None
    repeats_name: bool = False
    is_first: bool = False
    is_last: bool = False
    unread: int = 0
    """How many messages from this one on are new, where the divider stands here; otherwise 0."""
    replies: int = 0
    """How many messages answer the head of a thread, where the line below the head stands here; otherwise 0."""
    hides_quote: bool = False
    """Whether it answers the head of the thread that is read, which need not be said each time."""
    chunks: int = 1
    """How much of a long message is unfolded."""
