"""The notes of a message in the details: one of them is in hand, to be written anew, taken away or settled."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from textual.binding import Binding, BindingType
from textual.message import Message as Signal
from textual.reactive import reactive

from backscroll.model.message import Message
from backscroll.model.notes import Annotation
from backscroll.ui.widgets.sheet import Sheet


class About(Signal):
    """Something is wanted of an annotation."""

    def __init__(self, note: Annotation, message: Message) -> None:
        super().__init__()
        self.note = note
        self.message = message


class NotesSheet(Sheet):
    """Knows which annotation is in hand; what is drawn of it is the details' matter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "choose(1)", "Down", show=False, tooltip="Next annotation of the message"),
        Binding("up,k", "choose(-1)", "Up", show=False, tooltip="Previous annotation of the message"),
        Binding("e,enter", "edit", "Edit", key_display="e", tooltip="Write the annotation in hand anew"),
        Binding("delete,D", "remove", "Remove", key_display="D", tooltip="Remove the annotation in hand"),
        Binding("s", "settle", "Settle", tooltip="Settle what was changed in two places"),
    ]

    chosen: reactive[int | None] = reactive(None)
    """The annotation in hand; None while this is not what one looks at."""

    class Chosen(Signal):
        """Another annotation is in hand."""

    class EditWanted(About):
        """To be written anew."""

    class RemovalWanted(About):
        """To be taken away."""

    class SettlementWanted(About):
        """It was changed in two places."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.message: Message | None = None
        self.annotations: Sequence[Annotation] = ()
        self.waiting: frozenset[UUID] = frozenset()

    def take(self, message: Message, annotations: Sequence[Annotation], waiting: frozenset[UUID]) -> None:
        """These are the notes now; `waiting` are those that are not sent yet."""
        is_another = self.message is None or self.message.id != message.id
        self.message, self.annotations, self.waiting = message, annotations, waiting
        if self.has_focus:
            self._keep(0 if is_another else self.chosen or 0)

    def _keep(self, index: int) -> None:
        last = len(self.annotations) - 1
        self.chosen = max(0, min(index, last)) if last >= 0 else None

    @property
    def _in_hand(self) -> Annotation | None:
        return self.annotations[self.chosen] if self.chosen is not None else None

    def watch_chosen(self) -> None:
        """Says so."""
        self.post_message(self.Chosen())
        self.refresh_bindings()

    def on_focus(self) -> None:
        """The first annotation is in hand."""
        self._keep(0)

    def on_blur(self) -> None:
        """None is."""
        self.chosen = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keys show for what can be done."""
        note = self._in_hand
        if action == "settle":
            return note is not None and note.conflicts_with is not None
        return note is not None if action in {"edit", "remove"} else True

    def action_choose(self, step: int) -> None:
        """The next or previous annotation; past the ends the sheet scrolls."""
        before = self.chosen
        if before is not None:
            self._keep(before + step)
        if self.chosen == before:
            self.scroll_relative(y=step, animate=False)

    def action_edit(self) -> None:
        """The annotation in hand is to be written anew."""
        self._want(self.EditWanted)

    def action_remove(self) -> None:
        """The annotation in hand is to be taken away."""
        self._want(self.RemovalWanted)

    def action_settle(self) -> None:
        """The annotation in hand is to be settled with the one that stands."""
        self._want(self.SettlementWanted)

    def _want(self, what: type[About]) -> None:
        if self._in_hand is not None and self.message is not None:
            self.post_message(what(self._in_hand, self.message))
