"""Begins a review: which messages, how many of them, which codes, and whether others' codes are hidden at first."""

from typing import ClassVar, Final
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, Label, Select

from backscroll.coding.naming import named_code
from backscroll.errors import AppError
from backscroll.model.query import Query
from backscroll.model.review import Review, Sample, SampleKind, Stratum
from backscroll.reviewing.beginning import EVERYTHING, Plan, begin
from backscroll.searching.language import parse
from backscroll.settings import zone_named
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseModal, toast

_SAMPLES: Final = (
    ("All of them", "all"),
    ("Some by chance", "random"),
    ("Some of each chat", "chat"),
    ("Some of each sender", "sender"),
    ("Some of each month", "month"),
)


class BeginReviewScreen(BaseModal[Review | None]):
    """Asks for a review and draws its messages; gives the review, or None where none was begun.

    Given a `query`, that of a search, its hits are reviewed, narrowed as they are there.
    """

    TITLE = "Begin a review"
    CSS_PATH = "begin_review.tcss"
    AUTO_FOCUS = "#title"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", tooltip="Close without beginning one"),
        Binding("ctrl+j,ctrl+enter", "begin", "Begin", key_display="^J", priority=True, tooltip="Draw the messages"),
    ]

    def __init__(self, query: Query | None = None) -> None:
        super().__init__()
        self._query = query

    def compose(self) -> ComposeResult:
        """One line a question."""
        found = safe_line(self._query.text) if self._query else ""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Begin a review"
            yield _field("Title", Input(id="title", compact=True))
            query = Input(found, id="query", compact=True, placeholder="a search; empty: all messages")
            query.disabled = self._query is not None
            yield _field("Messages", query)
            yield _field("Sample", Select(_SAMPLES, id="sample", allow_blank=False, compact=True))
            yield _field("How many", Input(id="size", compact=True, type="integer", placeholder="as many as there are"))
            yield _field("Seed", Input("1", id="seed", compact=True, type="integer"))
            yield _field(
                "Codes", Input(id="codes", compact=True, placeholder="apart by commas; empty: the whole codebook")
            )
            yield Checkbox("Hide others' codes in the first pass", value=True, id="blind", compact=True)
            with Horizontal(id="buttons"):
                yield Button("Begin", id="begin", variant="primary", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    @on(Button.Pressed, "#begin")
    @on(Input.Submitted)
    def action_begin(self) -> None:
        """Draws the messages; where something is wrong, what was typed stays."""
        self._begin()

    @work(group="begin", exclusive=True, exit_on_error=False)
    async def _begin(self) -> None:
        zone = zone_named(self.backscroll.settings.timezone)
        try:
            typed = self._typed("query")
            query = self._query or (parse(typed, zone) if typed else EVERYTHING)
            plan = Plan(
                self._typed("title"), query, self._sample(), await self._codes(), self.query_one(Checkbox).value
            )
            review = await begin(self.archive, plan, zone)
        except AppError as error:
            toast(self.app, error)
            return
        self.dismiss(review)

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _sample(self) -> Sample:
        chosen = str(self.query_one("#sample", Select).value)
        size = int(self._typed("size")) if self._typed("size") else None
        seed = int(self._typed("seed") or 0)
        if chosen in {"all", "random"}:
            return Sample(SampleKind(chosen), size, seed)
        return Sample(SampleKind.STRATIFIED, size, seed, Stratum(chosen))

    async def _codes(self) -> tuple[UUID, ...]:
        names = [name for name in self._typed("codes").split(",") if name.strip()]
        book = self.desk.overlay().on_codebook(await self.archive.codes.book())
        return tuple(dict.fromkeys(named_code(book, name).id for name in names))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Closes without beginning one."""
        self.dismiss(None)


def _field(label: str, control: Widget) -> Horizontal:
    return Horizontal(Label(label), control, classes="field")
