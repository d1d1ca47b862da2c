"""How far the reviewers of a review agree, by code and pair, and the messages to talk about."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable

from backscroll.model.code import Codebook
from backscroll.model.review import Item, Pass, Review
from backscroll.reviewing.comparing import Figures, Outcome, to_talk_about
from backscroll.reviewing.decided import decided
from backscroll.reviewing.passes import check_sight
from backscroll.reviewing.wording import code_names, figure, interval_words
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.paged_list import PagedList

_COLUMNS = ("Code", "Reviewers", "Messages", "Agreement", "Kappa", "Alpha", "95 % interval")


@dataclass(frozen=True, slots=True)
class Differing:
    """A message on which reviewers differ, and what they think of it."""

    item: Item
    outcome: Outcome
    book: Codebook


class DifferingList(PagedList[Differing]):
    """Two lines each."""

    def lines(self, item: Differing) -> int:  # noqa: ARG002
        """Two."""
        return 2

    def key(self, item: Differing) -> int:
        """Its place in the queue."""
        return item.item.position

    def draw(self, item: Differing) -> Content:
        """What was said; then who gave which codes, and the result."""
        said = item.item
        words = " · ".join(
            f"{safe_line(name)}: {code_names(decision.codes, item.book)}"
            for name, decision in item.outcome.reviewers.items()
        )
        result = item.outcome.result
        settled = f" → {code_names(result.codes, item.book)}" if result else ""
        return Content.assemble(
            (f"{said.position + 1:>5} ", "dim"),
            ("⚑ " if item.outcome.flagged_by else "", "$text-warning"),
            (safe_line(said.sender or ""), "bold"),
            f" {safe_line(said.quote)[:200]}\n",
            (f"      {words}", "$text-warning"),
            (settled, "$text-success"),
        )


class AgreementScreen(BaseScreen[None]):
    """Figures of the first or the second pass above, disagreements and what was flagged below."""

    TITLE = "Agreement"
    CSS_PATH = "agreement.tcss"
    AUTO_FOCUS = "DifferingList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("2", "turn", "Other pass", tooltip="Figures of the first or the second pass"),
        Binding("tab", "app.focus_next", "Table or list", show=False),
        Binding("escape", "close", "Back"),
    ]

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review
        self._pass = Pass.ALONE

    def compose(self) -> ComposeResult:
        """A table and a list, each in a pane."""
        with Vertical(id="figures", classes="pane") as pane:
            pane.border_title = Content(f"Agreement · {safe_line(self._review.title)}")
            table: DataTable[Text] = DataTable(cursor_type="row", zebra_stripes=True)
            table.add_columns(*_COLUMNS)
            yield table
        with Vertical(id="differing", classes="pane") as pane:
            pane.border_title = "Disagreements"
            yield DifferingList()
        yield KeyLine()

    def on_mount(self) -> None:
        """Counts."""
        self._read()

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        found = await decided(self.archive, self.desk.overlay(), self._review)
        # Thousands of draws for an interval: not where keys are heard.
        self._show_figures(await asyncio.to_thread(found.figures, self._pass), found.book)
        author = await self.archive.reviews.reviewer(self._review.id, self.backscroll.settings.reviewer)
        check_sight(self._review, found.decisions, author)
        outcomes = to_talk_about(found.decisions)
        items = await self.archive.reviews.items(self._review.id, [outcome.position for outcome in outcomes])
        rows = [Differing(item, outcome, found.book) for item, outcome in zip(items, outcomes, strict=True)]
        self.query_one(DifferingList).show(rows)
        differing, flagged = sum(o.is_disagreed for o in outcomes), sum(bool(o.flagged_by) for o in outcomes)
        self.query_one("#differing").border_title = f"Disagreements · {differing:,}, flagged · {flagged:,}"

    def _show_figures(self, found: Sequence[Figures], book: Codebook) -> None:
        name = "first" if self._pass is Pass.ALONE else "second"
        words = f"{name} pass" if found else f"{name} pass: fewer than two reviewers"
        self.query_one("#figures").border_subtitle = words
        table = self.query_one(DataTable)
        table.clear()
        for row in found:
            cells = (
                code_names((row.code,), book) if row.code else "all codes at once",
                ", ".join(map(safe_line, row.reviewers)),
                f"{row.messages:,}",
                figure(row.percent, "{:.0f} %"),
                figure(row.kappa),
                figure(row.alpha),
                interval_words(row.interval),
            )
            table.add_row(*map(Text, cells))

    @on(PagedList.Selected)
    def _open(self, event: PagedList.Selected) -> None:
        differing: Differing = event.item
        self.backscroll.show_place(differing.item.place)

    def action_turn(self) -> None:
        """Figures of the other pass."""
        self._pass = Pass.TOGETHER if self._pass is Pass.ALONE else Pass.ALONE
        self._read()

    def action_close(self) -> None:
        """Back to the reviews."""
        self.dismiss()
