"""The line in which one asks: a query, what is searched in which order, and below it what there is to say."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, OptionList, Static

from backscroll.model.query import Remark
from backscroll.searching.completing import Proposal
from backscroll.text import safe, safe_line
from backscroll.ui.widgets.proposal_list import ProposalList
from backscroll.ui.widgets.query_line import QueryLine


class Asking(Vertical):
    """An input in a border that names the `scope` and the `order` of hits, as words.

    What is `offered` opens a list below; `history` holds what was asked before, the last query first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "choose(1)", "Next proposal", show=False, tooltip="Choose what is proposed"),
        Binding("up", "choose(-1)", "Previous proposal", show=False, tooltip="Choose what is proposed"),
        Binding("tab", "take", "Take", show=False, tooltip="Take what is proposed"),
        Binding("escape", "fold", "Fold", show=False, tooltip="Close the proposals"),
        Binding("up", "recall(1)", "Before", show=False, tooltip="What was asked before"),
        Binding("down", "recall(-1)", "After", show=False, tooltip="What was asked after it"),
    ]

    scope: reactive[str] = reactive("")
    order: reactive[str] = reactive("")

    class Changed(Message):
        """The query is another one now; `caret` is before that character of it."""

        def __init__(self, text: str, caret: int) -> None:
            super().__init__()
            self.text = text
            self.caret = caret

    class Submitted(Message):
        """The query is meant so: someone pressed Enter."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, text: str = "") -> None:
        super().__init__(id="asking")
        self.history: Sequence[str] = ()
        self._line = QueryLine(text)
        self._list = ProposalList()
        self._recalled = -1
        self._typed = text

    def compose(self) -> ComposeResult:
        """The input, lines for what is said, and what is proposed, in front of all that is below."""
        yield self._line
        yield Static(id="status", markup=False)
        yield Static(id="remarks", markup=False)
        yield self._list

    @property
    def text(self) -> str:
        """The query as it stands."""
        return self._line.value

    @property
    def is_offering(self) -> bool:
        """Whether there is something to take."""
        return self._list.is_open

    def ask(self, text: str) -> None:
        """Puts another query in place of the one that stands there."""
        self._line.value = text
        self._line.cursor_position = len(text)

    def say(self, words: str, *, is_wrong: bool = False) -> None:
        """Shows a sentence below the query."""
        self.query_one("#status", Static).set_class(is_wrong, "-wrong").update(safe(words))

    def remark(self, remarks: Sequence[Remark], others: Sequence[str] = ()) -> None:
        """Says what is worth saying about a query that is understood, and points at it."""
        said = [*(remark.text for remark in remarks), *others]
        self.query_one("#remarks", Static).set_class(bool(said), "-some").update(safe("\n".join(said)))
        self._line.point([(remark.start, remark.end) for remark in remarks])

    def point(self, start: int, end: int) -> None:
        """Points at what is wrong."""
        self._line.point([(start, end)], is_wrong=True)

    def offer(self, proposals: Sequence[Proposal]) -> None:
        """Proposes what could stand in the query; nothing closes the list, and it stays closed while one recalls."""
        if self._recalled >= 0:
            proposals = ()
        column = min((proposal.start for proposal in proposals), default=0)
        self._list.offer(proposals, Content(self.text[:column]).cell_length)

    def focus_query(self) -> None:
        """Goes to the input."""
        self._line.focus()

    def watch_scope(self, scope: str) -> None:
        """The border says what is searched."""
        self.border_title = Content(f"Search {safe_line(scope)}")

    def watch_order(self, order: str) -> None:
        """The border says what comes first."""
        self.border_subtitle = Content(order)

    @on(Input.Changed, "#query")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._recalled < 0 or self.text != self.history[self._recalled]:
            self._recalled, self._typed = -1, self.text
        self.remark(())
        self.offer(())
        self.post_message(self.Changed(event.value, self._line.cursor_position))

    @on(Input.Submitted, "#query")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._list.chosen:
            self.action_take()
        else:
            self.offer(())
            self.post_message(self.Submitted(event.value))

    @on(OptionList.OptionSelected, "#proposals")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_take()
        self._line.focus()

    def action_choose(self, step: int) -> None:
        """Chooses the next of the proposals, or the one before."""
        self._list.choose(step)

    def action_take(self) -> None:
        """Puts the chosen proposal, else the first one, into the query."""
        taken = self._list.chosen or self._list.proposals[0]
        self._line.value = taken.applied(self.text)
        self._line.cursor_position = taken.start + len(taken.text)

    def action_fold(self) -> None:
        """Closes the list of proposals."""
        self.offer(())

    def action_recall(self, step: int) -> None:
        """Shows what was asked before, or after that; at last what was typed."""
        self._recalled += step
        self.ask(self._typed if self._recalled < 0 else self.history[self._recalled])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Proposals can be chosen where there are any, and else the history."""
        if action == "recall":
            step = parameters[0]
            return self._recalled >= 0 if step == -1 else self._recalled + 1 < len(self.history)
        return self.is_offering if action in {"choose", "take", "fold"} else True
