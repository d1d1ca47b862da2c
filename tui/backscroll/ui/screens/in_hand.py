"""The message of a review that is in hand, in its surroundings, with the codes beside it."""

from contextlib import suppress
from time import monotonic
from typing import Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from backscroll.dates import local, long_day
from backscroll.errors import AppError
from backscroll.model.code import Code
from backscroll.model.review import Pass, Review
from backscroll.reviewing.keys import keys_of
from backscroll.reviewing.scenes import AROUND, Scene, Scenes, bare
from backscroll.reviewing.sitting import Sitting, sit_down
from backscroll.text import safe, safe_line
from backscroll.ui.opening import open_link
from backscroll.ui.screens.base import BaseScreen, toast
from backscroll.ui.widgets.around import Around
from backscroll.ui.widgets.code_panel import CodePanel
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.progress_line import ProgressLine

_WIDER: Final = 4
"""How many times as many messages are around one after each key for more."""
_MOST_AROUND: Final = 1024
_TOLD_EVERY: Final = 2.0
_AHEAD: Final = 3
"""Messages that are fetched before they are wanted: more than one decides on while an answer is on its way."""
_ENDS: Final = {
    Pass.ALONE: "Every message is decided. Enter goes on to those that others see differently.",
    Pass.TOGETHER: "You have seen all on which you and others differ.",
    Pass.RESULT: "Everything that reviewers differ on is settled.",
}


class InHandScreen(BaseScreen[None]):
    """Shows the messages of a queue; its heir decides on them."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""

    def __init__(self, review: Review, made_in: Pass | None = None) -> None:
        super().__init__()
        self.review = review
        self._made_in = made_in
        self.sitting: Sitting | None = None
        self.keys: dict[str, Code] = {}
        self._scenes: Scenes | None = None
        self.scene: Scene | None = None
        self._around = AROUND
        self.shown_at = monotonic()

    def compose(self) -> ComposeResult:
        """How far one is; the message and the codes side by side; a line for a remark; the keys."""
        yield ProgressLine(safe_line(self.review.title))
        with Horizontal():
            with Vertical(id="in-hand", classes="pane"):
                yield Static(id="gone", markup=False)
                yield Around(self.backscroll.zone)
            with VerticalScroll(id="giving", classes="pane", can_focus=False) as pane:
                pane.border_title = "Codes"
                yield CodePanel()
        yield Input(id="remark", placeholder="A remark; Enter keeps it", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Sits down, and says every few seconds what is not sent yet."""
        self.begin(self._made_in)
        self.set_interval(_TOLD_EVERY, self._tell_waiting)

    def _tell_waiting(self) -> None:
        with suppress(AppError):  # who decides is told of a broken outbox
            kept = self.desk.outbox.all()
            refused = sum(each.is_parked for each in kept)
            self.query_one(ProgressLine).waiting = (len(kept) - refused, refused)

    @work(group="begin", exclusive=True, exit_on_error=False)
    async def begin(self, made_in: Pass | None) -> None:
        """Begins a pass, or goes on with it; None: the next in which something is left."""
        name = self.backscroll.settings.reviewer
        try:
            sitting = await sit_down(self.archive, self.desk.overlay(), self.review, name, made_in)
        except AppError as error:
            toast(self.app, error)
            self.dismiss()
            return
        self.keys = {}
        taken = {key for key in self.active_bindings if len(key) == 1}  # no key sets a code just now
        self.sitting, self.keys = sitting, keys_of(sitting.codes, taken)
        self.hides_notes = self.review.is_blind and sitting.queue.made_in is Pass.ALONE
        marked = bare if self.hides_notes else lambda messages: self.desk.overlay().on_messages(messages)
        self._scenes = Scenes(self.archive, self.review.id, marked)
        self.turn()

    @property
    def in_hand(self) -> Sitting | None:
        """The sitting while its message shows; None until then: nobody decides on what they have not seen."""
        sitting, scene = self.sitting, self.scene
        return sitting if sitting and scene and scene.item.position == sitting.queue.position else None

    # The message in hand

    def turn(self) -> None:
        """Shows the message that is in hand now: at once where it was fetched ahead."""
        sitting, scenes = self.sitting, self._scenes
        if sitting is None or scenes is None:
            return
        self._around, position = AROUND, sitting.queue.position
        held = scenes.held(position) if position is not None else None
        if position is None:
            self._show_end(sitting)
        elif held is not None:
            self._show(held)
        self._fetch(position)

    @work(group="fetch", exclusive=True, exit_on_error=False)
    async def _fetch(self, position: int | None) -> None:
        sitting, scenes = self.sitting, self._scenes
        if sitting is None or scenes is None or position is None:
            return
        if self.scene is None or self.scene.item.position != position:
            self._show(await scenes.at(position))
        for following in sitting.queue.ahead(_AHEAD):
            await scenes.at(following)

    def _show(self, scene: Scene) -> None:
        self.scene, self.shown_at = scene, monotonic()
        pane, gone = self.query_one("#in-hand"), self.query_one("#gone", Static)
        day = long_day(local(scene.item.message.sent_at, self.backscroll.zone).date())
        pane.border_title = Content.assemble((safe_line(scene.chat) or "untitled", "bold"), f" · {day}")
        gone.display = scene.is_gone
        if scene.is_gone:
            said = f"{safe_line(scene.item.sender or '')}: {safe(scene.item.quote)}"
            gone.update(Content(f"This message is not in the archive any more. It said:\n{said}"))
        self.query_one(Around).open(scene.window, scene.item.message)
        self.show_codes()

    def show_codes(self) -> None:
        """Draws what is set on the message, and how far one is."""
        sitting = self.sitting
        if sitting is not None and sitting.queue.position is not None:
            reviewers = sitting.reviewers.get(sitting.queue.position, {})
            self.query_one(CodePanel).show(sitting, self.keys, reviewers)
            self.query_one(ProgressLine).show(sitting.queue)

    def _show_end(self, sitting: Sitting) -> None:
        self.scene = None
        queue = sitting.queue
        words = _ENDS[queue.made_in] if queue.positions else "Reviewers do not differ on any message."
        around = self.query_one(Around)
        around.clear()
        around.placeholder = words
        self.query_one("#in-hand").border_title = ""
        self.query_one("#gone").display = False
        self.query_one(CodePanel).clear()
        self.query_one(ProgressLine).show(queue)

    def action_widen(self) -> None:
        """Shows more of what was said around the message."""
        self._around = min(self._around * _WIDER, _MOST_AROUND)
        self._widen()

    @work(group="fetch", exclusive=True, exit_on_error=False)
    async def _widen(self) -> None:
        if self._scenes is not None and self.scene is not None:
            began = self.shown_at
            self._show(await self._scenes.at(self.scene.item.position, self._around))
            self.shown_at = began

    @on(Around.LinkChosen)
    def _open_link(self, event: Around.LinkChosen) -> None:
        open_link(self.app, event.address)
