"""The summaries of a chat in the details, sentence by sentence: each leads to the messages that it leans on."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message as Signal
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backscroll.model.message import Cursor
from backscroll.model.summary import Method, Summary
from backscroll.summarising.wording import about, change_told, made_of
from backscroll.text import safe

if TYPE_CHECKING:
    from backscroll.summarising.leads import Lead

SUMMARIES_SHOWN: Final = 60
"""Summaries of a chat that are listed: more would take longer to lay out than a chat to open."""
_NONE: Final = "none yet: S makes one"
_MORE: Final = "\nOlder ones: backscroll summaries CHAT"
_Row: TypeAlias = "tuple[Summary, Lead | None] | None"
"""A summary's sentence, or its head; None for what is no summary."""


class SummarySheet(OptionList):
    """Shows summaries, and above them the one that is being made."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("enter", "select", "Open", show=False, tooltip="Open the message of the sentence; again: the next one"),
        Binding("r", "refresh", "Anew", tooltip="Make the summary in hand anew"),
        Binding("delete,D", "remove", "Remove", key_display="D", tooltip="Remove the summary in hand"),
        Binding("escape", "stop", "Stop", tooltip="Stop the summary that is being made"),
    ]

    class PlaceWanted(Signal):
        """The message at a place of a summary's chat is wanted."""

        def __init__(self, summary: Summary, cursor: Cursor) -> None:
            super().__init__()
            self.summary = summary
            self.cursor = cursor

    class About(Signal):
        """Something is wanted of a summary."""

        def __init__(self, summary: Summary) -> None:
            super().__init__()
            self.summary = summary

    class RefreshWanted(About):
        """To be made anew."""

    class RemovalWanted(About):
        """To be taken away."""

    class StopWanted(Signal):
        """What is being made is not wanted any more."""

    def __init__(self, zone: tzinfo | None, *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id, markup=False)
        self._zone = zone
        self._summaries: Sequence[Summary] = ()
        self._rows: list[_Row] = []
        self._turns: dict[int, int] = {}
        self._making = ""

    def show(self, summaries: Sequence[Summary], new: Summary | None = None) -> None:
        """Shows these, the first one first; what is in hand stays there, or is the one that is new."""
        is_listed = new is None or any(one.id == new.id for one in summaries)
        self._summaries = summaries if is_listed or new is None else [new, *summaries]
        self._list(new)

    def tell_making(self, words: str) -> None:
        """Says what is being made (foreign text); empty: nothing is."""
        before, self._making = self._making, words
        if bool(before) == bool(words) and self.option_count and words:
            self.replace_option_prompt_at_index(0, self._made_now())
        else:
            self._list()
            self.refresh_bindings()

    def _list(self, new: Summary | None = None) -> None:
        before = self._in_hand
        self._rows, self._turns = [], {}
        options: list[Option] = []
        if self._making:
            self._add(options, Option(self._made_now(), disabled=True))
        for summary in self._summaries:
            self._add_summary(options, summary)
        if not options or len(self._summaries) >= SUMMARIES_SHOWN:
            words = _MORE if options else _NONE
            self._add(options, Option(Content.assemble((words, "$foreground-muted")), disabled=True))
        self.set_options(options)
        self.highlighted = self._place_of(before, new)

    def _place_of(self, before: _Row, new: Summary | None) -> int | None:
        """Where a new summary is, else the same sentence as before, else the first summary."""
        rows = [(index, row) for index, row in enumerate(self._rows) if row]
        wanted = [index for index, row in rows if new and row[0].id == new.id]
        wanted += [index for index, row in rows if before and (row[0].id, row[1]) == (before[0].id, before[1])]
        return next(iter([*wanted, *(index for index, _ in rows)]), None)

    def _add_summary(self, options: list[Option], summary: Summary) -> None:
        from backscroll.summarising.leads import leads  # here: the rules for sentences take a while to load

        if options:
            self._add(options, Option(Content(" "), disabled=True))
        self._add(options, Option(self._head(summary)), (summary, None))
        for lead in leads(summary):
            said = Content(safe(lead.text))
            if summary.method is Method.EXTRACTIVE:  # who said it stands before it
                said = said.stylize("bold", 0, lead.text.find(": ") + 1)
            self._add(options, Option(said), (summary, lead))

    def _add(self, options: list[Option], option: Option, row: _Row = None) -> None:
        options.append(option)
        self._rows.append(row)

    def _made_now(self) -> Content:
        return Content.assemble((safe(self._making), "$text-success"), ("\nEsc stops it", "$foreground-muted"))

    def _head(self, summary: Summary) -> Content:
        change = change_told(summary)
        return Content.assemble(
            (about(summary.stretch, self._zone, summary.thread), "$text-accent bold"),
            (f"\n{made_of(summary)}", "$foreground-muted"),
            (f"\n{change}: r makes it anew" if change and summary.is_made else "", "$text-warning"),
        )

    # What one does

    @property
    def _in_hand(self) -> _Row:
        place = self.highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        row = self._rows[event.option_index]
        if row is None:
            return
        summary, lead = row
        cursors = lead.cursors if lead else tuple(link.cursor for link in summary.links[:1])
        if not cursors:
            self.app.notify("This names no message.", markup=False)
            return
        turn = self._turns.get(event.option_index, 0)
        self._turns = {event.option_index: turn + 1}
        self.post_message(self.PlaceWanted(summary, cursors[turn % len(cursors)]))

    def action_refresh(self) -> None:
        """The summary in hand is to be made anew."""
        if self._in_hand:
            self.post_message(self.RefreshWanted(self._in_hand[0]))

    def action_remove(self) -> None:
        """The summary in hand is to be taken away."""
        if self._in_hand:
            self.post_message(self.RemovalWanted(self._in_hand[0]))

    def action_stop(self) -> None:
        """What is being made is not wanted any more."""
        self.post_message(self.StopWanted())

    @on(OptionList.OptionHighlighted)
    def _in_another_hand(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys show for what can be done."""
        if action == "stop":
            return bool(self._making)
        if action in {"refresh", "remove"}:
            return self._in_hand is not None and self._in_hand[0].is_made  # nobody can make the others again
        return super().check_action(action, parameters)
