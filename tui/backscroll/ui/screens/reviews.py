"""The reviews of the archive: which there are, how far each is, and the ways into them."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import ClassVar, Final
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from backscroll.model.review import Pass, Progress, Review
from backscroll.reviewing.decided import decided
from backscroll.reviewing.result import write_result
from backscroll.reviewing.wording import written_words
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.moments import short_time
from backscroll.ui.widgets.paged_list import PagedList

_NONE: Final = "No reviews yet: n begins one."


@dataclass(frozen=True, slots=True)
class ListedReview:
    """A review and how far its reviewers are."""

    review: Review
    progress: tuple[Progress, ...]


class ReviewList(PagedList[ListedReview]):
    """Reviews, two lines each."""

    zone: tzinfo | None = None

    def lines(self, item: ListedReview) -> int:  # noqa: ARG002
        """Two."""
        return 2

    def key(self, item: ListedReview) -> UUID:
        """The review, however far it is."""
        return item.review.id

    def draw(self, item: ListedReview) -> Content:
        """Title, size and age; then who decided how many messages of the first pass."""
        review = item.review
        state = "closed" if review.closed_at else short_time(review.created_at, datetime.now(UTC), self.zone)
        facts = [counted(review.size, "message"), safe_line(review.query)[:60], state]
        alone = [p for p in item.progress if p.made_in is Pass.ALONE]
        who = ", ".join(f"{safe_line(p.author)} {100 * (p.coded + p.skipped) // review.size} %" for p in alone)
        return Content.assemble(
            (safe_line(review.title), "bold"),
            ("  " + " · ".join(fact for fact in facts if fact), "dim"),
            ("\n  " + (who or "not begun"), "dim"),
        )


class ReviewsScreen(BaseScreen[None]):
    """Leads into a review: to code, to settle what reviewers differ on, to see how far they agree."""

    TITLE = "Reviews"
    AUTO_FOCUS = "ReviewList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "code", "Code", tooltip="Code messages where you left off; also Enter"),
        Binding("a", "agreement", "Agreement", tooltip="How far reviewers agree, and where they do not"),
        Binding("s", "settle", "Settle", tooltip="Decide on what reviewers differ on"),
        Binding("n", "begin", "New", tooltip="Begin a review"),
        Binding("w", "write", "Write result", tooltip="Write the result as annotations of your own", show=False),
        Binding("x", "end", "Close, reopen", tooltip="Nothing more is decided in a closed review; again reopens it"),
        Binding("escape,R", "close", "Back", key_display="Esc"),
    ]

    def compose(self) -> ComposeResult:
        """The list in one pane."""
        with Vertical(id="reviews", classes="pane") as pane:
            pane.border_title = "Reviews"
            yield ReviewList()
            yield Static(_NONE, id="no-reviews", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Times are the person's."""
        self.query_one(ReviewList).zone = self.backscroll.zone

    def on_screen_resume(self) -> None:
        """Reads the list again: one may come from a review."""
        self._read()

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        reviews = await self.archive.reviews.all()
        progress = await self.archive.reviews.progress([review.id for review in reviews])
        listed = [ListedReview(review, tuple(progress[review.id])) for review in reviews]
        self.query_one(ReviewList).show(listed)
        self.query_one("#no-reviews").display = not listed

    @property
    def _current(self) -> Review | None:
        current = self.query_one(ReviewList).current
        return current.review if current else None

    @on(PagedList.Selected)
    def action_code(self) -> None:
        """Opens the review where the reviewer left off."""
        self._open(None)

    def action_settle(self) -> None:
        """Opens what reviewers differ on."""
        self._open(Pass.RESULT)

    def _open(self, made_in: Pass | None) -> None:
        from backscroll.ui.screens.review import ReviewScreen

        if self._current is not None:
            self.app.push_screen(ReviewScreen(self._current, made_in))

    def action_begin(self) -> None:
        """Asks for a new review, and opens it."""
        from backscroll.ui.screens.begin_review import BeginReviewScreen

        self.app.push_screen(BeginReviewScreen(), self.backscroll.open_review)

    def action_agreement(self) -> None:
        """Shows how far reviewers agree."""
        from backscroll.ui.screens.agreement import AgreementScreen

        if self._current is not None:
            self.app.push_screen(AgreementScreen(self._current))

    @work(group="write", exit_on_error=False)
    async def action_write(self) -> None:
        """Writes an annotation on each message whose result has codes, each once."""
        if self._current is not None:
            found = await decided(self.archive, self.desk.overlay(), self._current)
            said = written_words(await write_result(self.archive, found))
            self.notify(said, title="The result is written", markup=False)

    @work(group="end", exclusive=True, exit_on_error=False)
    async def action_end(self) -> None:
        """Closes the review, or opens it again."""
        review = self._current
        if review is None:
            return
        if review.closed_at:
            await self.archive.reviews.reopen(review.id)
        else:
            await self.archive.reviews.close(review.id)
            self.notify("Nothing more is decided in it; x reopens it.", title="The review is closed", markup=False)
        self._read()

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss()
