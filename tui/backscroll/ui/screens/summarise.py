"""Asks what is to be summarised and how, and says what that would send to a language model before it is sent."""

from collections.abc import Sequence
from typing import ClassVar, Final, TypeAlias

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Checkbox, Label, Select, Static

from backscroll.errors import AppError
from backscroll.model.summary import Method, Wish
from backscroll.summarising.bulk import Bulk
from backscroll.summarising.by_model.consent import Consent, told
from backscroll.summarising.by_model.endpoint import Endpoint, endpoint_of
from backscroll.summarising.by_model.modelling import Modelling, Plan
from backscroll.summarising.stretches import meant
from backscroll.text import safe, safe_line
from backscroll.ui.screens.base import BaseModal, toast

_HERE: Final = "Sentences of the chat itself speak for it. Nothing leaves this machine."
_NO_MODEL: Final = "A language model makes them where settings.toml has model_url and model."


Offer: TypeAlias = tuple[str, Wish]
"""Something that may be summarised, with its name."""


class SummariseScreen(BaseModal[Wish | None]):
    """Gives what is wanted of what is offered, or None."""

    TITLE = "Summarise"
    CSS_PATH = "summarise.tcss"
    AUTO_FOCUS = "#what"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", tooltip="Close without making one"),
        Binding("ctrl+j,ctrl+enter", "make", "Summarise", key_display="^J", priority=True, tooltip="Make the summary"),
    ]

    def __init__(self, offers: Sequence[Offer], method: Method) -> None:
        super().__init__()
        self._offers = offers
        self._method = method
        self._endpoint: Endpoint | None = None
        self._remark = ""

    def compose(self) -> ComposeResult:
        """One line a question, and what would happen."""
        ways = [("Its own sentences", Method.EXTRACTIVE)]
        try:
            self._endpoint = endpoint_of(self.backscroll.settings)
            ways.append((f"{safe_line(self._endpoint.model)} at {self._endpoint.host}", Method.MODEL))
        except AppError as error:
            self._remark = _NO_MODEL if error.code == "no_model" else error.title
        way = self._method if len(ways) > 1 else Method.EXTRACTIVE
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Summarise"
            what = [(Content(name), number) for number, (name, _) in enumerate(self._offers)]
            yield Horizontal(Label("What"), Select(what, id="what", allow_blank=False, compact=True), classes="field")
            how = Select(ways, id="how", allow_blank=False, compact=True, value=way)
            yield Horizontal(Label("How"), how, classes="field")
            mask = "Mask participants, numbers, addresses and links"
            yield Checkbox(mask, value=self._offers[0][1].is_masked, id="masked", compact=True)
            yield Static("", id="words", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Summarise", id="make", variant="primary", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    @property
    def _chosen(self) -> Wish:
        wish = self._offers[int(str(self.query_one("#what", Select).value))][1]
        method = Method(str(self.query_one("#how", Select).value))
        return replace(wish, method=method, is_masked=method is Method.MODEL and self.query_one(Checkbox).value)

    @on(Select.Changed)
    @on(Checkbox.Changed)
    def _show_what_happens(self) -> None:
        by_model = self._chosen.method is Method.MODEL
        self.query_one(Checkbox).display = by_model
        self.query_one("#make", Button).disabled = by_model
        if by_model:
            self._plan()
        else:
            self.workers.cancel_group(self, "plan")
            self.query_one("#words", Static).update(safe(f"{_HERE}\n{self._remark}".strip()))

    @work(group="plan", exclusive=True, exit_on_error=False)
    async def _plan(self) -> None:
        words, wish = self.query_one("#words", Static), self._chosen
        if self._endpoint is None:
            return
        words.update("Looking what would be sent …")
        modelling = Modelling(self.archive, self._endpoint, self.backscroll.zone, is_masked=wish.is_masked)
        stretches = await meant(self.archive, wish, self.backscroll.zone)
        if wish.by is not None:
            stretches = await Bulk(self.archive, wish.method, self.backscroll.zone).left(stretches)
        plan = sum([await modelling.plan(stretch) for stretch in stretches], Plan())
        words.update(safe("\n".join(told(plan, self._endpoint, is_masked=wish.is_masked))))
        self.query_one("#make", Button).disabled = not plan.requests

    @on(Button.Pressed, "#make")
    def action_make(self) -> None:
        """Gives what is wanted; who sends something has read what."""
        wish = self._chosen
        if self.query_one("#make", Button).disabled:
            return
        if wish.method is Method.MODEL and self._endpoint is not None:
            try:
                Consent(self.backscroll.settings).give(self._endpoint, is_masked=wish.is_masked)
            except AppError as error:  # it is asked again the next time
                toast(self.app, error)
        self.dismiss(wish)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Closes without making one."""
        self.dismiss(None)
