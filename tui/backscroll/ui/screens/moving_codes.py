"""Codes get another place in the tree: a branch is cut and pasted, or moved among those beside it."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from backscroll.model.code import Codebook
from backscroll.model.code_writes import MoveCode
from backscroll.text import safe_line
from backscroll.ui.screens.sharing_codes import SharingCodesScreen
from backscroll.ui.widgets.code_tree import CodeTree


class MovingCodesScreen(SharingCodesScreen):
    """A `SharingCodesScreen` with a `CodeTree`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "cut", "Cut", tooltip="Take the branch in hand, to paste it elsewhere"),
        Binding("p", "paste(True)", "Paste below", tooltip="Put what was cut below the code in hand"),
        Binding("P", "paste(False)", "Paste beside", show=False, tooltip="Put what was cut behind the code in hand"),
        Binding("J,shift+down", "order(1)", "Down", show=False, key_display="⇧↓ J", tooltip="Move the code down"),
        Binding("K,shift+up", "order(-1)", "Up", show=False, key_display="⇧↑ K", tooltip="Move the code up"),
    ]

    @property
    def codes(self) -> CodeTree:
        """The tree."""
        return self.query_one(CodeTree)

    @property
    def book(self) -> Codebook:
        """The codebook as it is shown."""
        return self.codes.book

    def action_cut(self) -> None:
        """Takes the branch in hand, to put it elsewhere; again: leaves it."""
        code = self.codes.code
        if code is not None:
            self.codes.cut = None if self.codes.cut == code.id else code.id
            self.codes.redraw()
            self.refresh_bindings()
            if self.codes.cut:
                self.notify("p puts it below a code, P behind one.", title=safe_line(code.name), markup=False)

    def action_paste(self, is_below: bool) -> None:
        """Puts what was cut below the code in hand, or behind it."""
        cut, code = self.codes.cut, self.codes.code
        if cut is None:
            return
        parent = (code.id if is_below else code.parent_id) if code else None
        self.codes.cut = None
        beside = [one.id for one in self.book.below(parent) if one.id != cut]
        place = beside.index(code.id) + 1 if code and code.id in beside else None
        self.write([MoveCode(cut, parent, place)], cut)

    def action_order(self, step: int) -> None:
        """Moves the code in hand among those beside it."""
        code = self.codes.code
        if code is None:
            return
        place = [one.id for one in self.book.below(code.parent_id)].index(code.id) + step
        if place >= 0:
            self.write([MoveCode(code.id, code.parent_id, place)], code.id)
