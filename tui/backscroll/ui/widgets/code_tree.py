"""The codebook as a tree: one line a code, branches folded and unfolded, one code in hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from textual.binding import Binding, BindingType
from textual.content import Content

from backscroll.coding.rows import state_of
from backscroll.model.code import Code, Codebook
from backscroll.text import safe_line
from backscroll.ui.widgets.code_marks import code_colour
from backscroll.ui.widgets.paged_list import PagedList


@dataclass(frozen=True, slots=True)
class Twig:
    """A code in the tree; `has_below` says whether something stands below it."""

    code: Code
    depth: int
    has_below: bool


class CodeTree(PagedList[Twig]):
    """Shows a codebook; what is folded and what is in hand stays while it changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "fold", "Fold", show=False, tooltip="Fold the branch, or go to the code above"),
        Binding("right,l", "unfold", "Unfold", show=False, tooltip="Unfold the branch"),
    ]

    def __init__(self) -> None:
        super().__init__(id="codes")
        self.book = Codebook()
        self.with_retired = False
        self.cut: UUID | None = None
        """The code that waits to be put elsewhere."""
        self._folded: set[UUID] = set()

    @property
    def code(self) -> Code | None:
        """The code in hand."""
        return self.current.code if self.current else None

    def show_book(self, book: Codebook, *, in_hand: UUID | None = None) -> None:
        """Shows a codebook, with a code in hand where one is named."""
        self.book = book
        code = book.get(in_hand) if in_hand else None
        if code is not None:
            self._folded -= {above.id for above in book.line(code)[:-1]}
        self.show(self._twigs())
        places = [index for index, twig in enumerate(self.items) if twig.code.id == in_hand]
        if places:
            self.highlighted = places[0]

    def _twigs(self) -> Iterator[Twig]:
        hidden: int | None = None
        for depth, code in self.book.walk(with_retired=self.with_retired):
            if hidden is not None and depth > hidden:
                continue
            hidden = depth if code.id in self._folded else None
            yield Twig(code, depth, bool(self.book.below(code.id, with_retired=self.with_retired)))

    def key(self, item: Twig) -> UUID:
        """The code."""
        return item.code.id

    def draw(self, item: Twig) -> Content:
        """Its colour, name and key, and how many annotations bear it (of those of its branch)."""
        code, uses = item.code, self.book.uses(item.code.id)
        sign = ("▸ " if code.id in self._folded else "▾ ") if item.has_below else "  "
        figures = f"{uses.own:,}" if uses.own == uses.whole else f"{uses.own:,} of {uses.whole:,}"
        line = Content.assemble(
            "  " * item.depth,
            (sign, "$text-muted"),
            ("■ ", code_colour(self.book, code, is_dark=self.app.current_theme.dark)),
            (safe_line(code.name), "" if code.is_alive else "$text-muted strike"),
            (f" {code.key} " if code.key else "", "bold $text-accent"),
            (f"  {figures}", "$text-muted"),
            (state_of(self.book, code), "$text-muted"),
        )
        return line.stylize("dim italic") if code.id == self.cut else line

    def action_fold(self) -> None:
        """Folds the branch in hand, or goes to the code above."""
        twig = self.current
        if twig is None:
            return
        if twig.has_below and twig.code.id not in self._folded:
            self._folded.add(twig.code.id)
            self.show(self._twigs())
        elif twig.code.parent_id is not None:
            self.show_book(self.book, in_hand=twig.code.parent_id)

    def action_unfold(self) -> None:
        """Unfolds the branch in hand."""
        if self.code is not None:
            self._folded.discard(self.code.id)
            self.show(self._twigs())
