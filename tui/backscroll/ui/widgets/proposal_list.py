"""A list below the query line out of which one takes what is to stand in it."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backscroll.searching.completing import Proposal
from backscroll.text import safe_line

_WIDEST_LABEL: Final = 60


class ProposalList(OptionList, can_focus=False):
    """Proposals, one a line, in front of what is below; there where there are any."""

    def __init__(self) -> None:
        super().__init__(id="proposals", markup=False)
        self.proposals: tuple[Proposal, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether there is something to take."""
        return bool(self.proposals)

    @property
    def chosen(self) -> Proposal | None:
        """The one that was chosen by the arrow keys."""
        return self.proposals[self.highlighted] if self.highlighted is not None else None

    def offer(self, proposals: Sequence[Proposal], column: int = 0) -> None:
        """Shows these and no others, none of them chosen, below a column of the query line."""
        self.proposals = tuple(proposals)
        labels = [safe_line(proposal.label) for proposal in proposals]
        width = min(_WIDEST_LABEL, max((Content(label).cell_length for label in labels), default=0))
        lines = [
            Content.assemble(Content(label).truncate(width, ellipsis=True, pad=True), (f"  {p.meaning}", "dim"))
            for label, p in zip(labels, proposals, strict=True)
        ]
        self.set_options(Option(line) for line in lines)
        self.highlighted = None
        self.set_class(self.is_open, "-open")
        self.styles.width = max((line.cell_length for line in lines), default=0) + 4
        self.styles.offset = (column, 0)

    def choose(self, step: int) -> None:
        """Moves on to the next one, or back."""
        self.action_cursor_down() if step > 0 else self.action_cursor_up()
