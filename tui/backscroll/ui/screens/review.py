"""The review screen: one message after another, coded by single keys."""

from datetime import UTC, datetime
from string import ascii_letters, digits
from time import monotonic
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from backscroll.errors import AppError
from backscroll.model.code import Code
from backscroll.model.review import DecisionState, Pass
from backscroll.model.writes import ReviewDecide
from backscroll.text import safe_line
from backscroll.ui.screens.base import toast
from backscroll.ui.screens.code_choosing import CodeChooser
from backscroll.ui.screens.in_hand import InHandScreen
from backscroll.ui.widgets.around import Around
from backscroll.ui.widgets.code_panel import CodePanel


class ReviewScreen(InHandScreen):
    """Codes the messages of a review in one pass; leaving and coming again goes on where one was."""

    TITLE = "Review"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "decide", "Next", tooltip="Keep the codes and go on"),
        Binding("s", "skip", "Skip", tooltip="Leave the message open and go on"),
        Binding("p,backspace", "back", "Back", key_display="p", tooltip="The message before"),
        Binding("f", "flag", "Flag", tooltip="Mark it to be talked about"),
        Binding("r", "remark", "Remark", tooltip="Write a remark"),
        Binding("c", "choose", "Other codes", tooltip="Choose among all codes by a part of their names"),
        Binding("z", "widen", "More context", tooltip="More of what was said around it"),
        Binding("d", "define", "Definitions", tooltip="When each code applies"),
        Binding("i", "inspect", "In full", tooltip="Message in full"),
        Binding("o", "open", "In its chat", tooltip="Open the message in its chat", show=False),
        Binding("down", "look(1)", "Look down", show=False),
        Binding("up", "look(-1)", "Look up", show=False),
        Binding("pagedown,space", "look(10)", "Look further down", key_display="PgDn Space", show=False),
        Binding("pageup", "look(-10)", "Look further up", show=False),
        Binding("escape", "leave", "Leave"),
        # Bindings like the others, so that a code's key and Enter are heard in the order in which they were pressed.
        *(Binding(key, f"code({key!r})", show=False) for key in digits + ascii_letters if key not in "spfrczdio"),
        Binding("ctrl+z,ctrl+y", "say_back", show=False),
    ]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that sets no code is somebody else's."""
        return parameters[0] in self.keys if action == "code" else True

    def action_code(self, key: str) -> None:
        """Gives the message a code, or takes it away."""
        self._toggle(self.keys[key])

    def action_choose(self) -> None:
        """Chooses among all codes of the review, those without a key too."""
        sitting = self.in_hand
        if sitting is not None:
            others = {code.id for _, code in sitting.book.walk()} - {code.id for code in sitting.codes}
            given = sitting.queue.draft.codes
            screen = CodeChooser("Code", sitting.book, given=given, without=others, toggle=self._toggle)
            self.app.push_screen(screen, lambda code: self._toggle(code) if code else None)

    def _toggle(self, code: Code) -> None:
        if self.in_hand is not None:
            self.in_hand.queue.toggle(code.id)
            self.show_codes()

    def action_say_back(self) -> None:
        """A decision is not undone, but made again."""
        self.notify("p goes back to a message; what is set there replaces what was.", markup=False)

    def action_flag(self) -> None:
        """Marks the message to be talked about, or takes the mark away."""
        if self.in_hand is not None:
            self.in_hand.queue.toggle_flag()
            self.show_codes()

    async def action_decide(self) -> None:
        """Keeps the codes and goes on; after the last message of the first pass, to the second."""
        queue = self.sitting.queue if self.sitting else None
        if queue and queue.position is None and queue.made_in is Pass.ALONE:
            self.begin(Pass.TOGETHER)
        else:
            await self._decide(DecisionState.CODED)

    async def action_skip(self) -> None:
        """Leaves the message open and goes on."""
        await self._decide(DecisionState.SKIPPED)

    async def _decide(self, state: DecisionState) -> None:
        queue = self.in_hand.queue if self.in_hand else None
        decision = queue.decide(state, monotonic() - self.shown_at, datetime.now(UTC)) if queue else None
        if queue is None or decision is None:
            return
        try:
            await self.desk.write(ReviewDecide(self.review.id, decision))
        except AppError as error:  # it is not safe yet: the message stays in hand
            queue.take_back(decision)
            toast(self.app, error)
        else:
            self.turn()

    def action_back(self) -> None:
        """The message before this one in the queue."""
        if self.sitting is not None and self.sitting.queue.back():
            self.turn()

    def action_remark(self) -> None:
        """Opens the line for a remark."""
        if self.in_hand is not None:
            line = self.query_one("#remark", Input)
            line.value = safe_line(self.in_hand.queue.draft.remark)
            line.display = True
            line.focus()

    @on(Input.Submitted, "#remark")
    def _remarked(self, event: Input.Submitted) -> None:
        if self.in_hand is not None:
            self.in_hand.queue.note(event.value)
        self._close_remark()
        self.show_codes()

    def _close_remark(self) -> None:
        self.query_one("#remark").display = False
        self.set_focus(None)

    def action_leave(self) -> None:
        """Closes the line for a remark; else leaves the review: what is decided is kept."""
        if isinstance(self.focused, Input):
            self._close_remark()
        else:
            self.dismiss()

    def action_define(self) -> None:
        """Shows or hides when each code applies."""
        panel = self.query_one(CodePanel)
        panel.defines = not panel.defines
        self.show_codes()

    def action_look(self, lines: int) -> None:
        """Looks at what was said before or after."""
        self.query_one(Around).look(lines)

    def action_inspect(self) -> None:
        """Shows the message in full."""
        if self.scene is not None and not self.scene.is_gone:
            self.backscroll.inspect(self.scene.item.place)

    def action_open(self) -> None:
        """Opens the message in its chat; Esc leads back."""
        if self.scene is not None and not self.scene.is_gone:
            if self.hides_notes:
                self.notify("Notes and codes do not show until you are through.", title="A blind pass", markup=False)
            self.backscroll.show_place(self.scene.item.place)
