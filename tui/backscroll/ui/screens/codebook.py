"""The codebook: its tree, what the code in hand means, and what one does with codes."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from backscroll.model.code import Code, Codebook
from backscroll.model.code_fields import FIELDS
from backscroll.model.code_rules import effect
from backscroll.model.code_writes import (
    ChangeCode,
    CodeWrite,
    MakeCode,
    MergeCode,
    Part,
    RestoreCode,
    RetireCode,
    SplitCode,
)
from backscroll.model.ids import new_id
from backscroll.text import safe_line
from backscroll.ui.screens.code_choosing import CodeChooser
from backscroll.ui.screens.code_form import CodeForm, SplitForm
from backscroll.ui.screens.code_history import CodeHistoryScreen
from backscroll.ui.screens.moving_codes import MovingCodesScreen
from backscroll.ui.widgets.code_facts import code_facts
from backscroll.ui.widgets.code_tree import CodeTree
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.paged_list import PagedList


class CodebookScreen(MovingCodesScreen):
    """Codes are made, written, moved, merged, split, retired and restored; it shows at once, and is sent afterwards."""

    TITLE = "Codebook"
    CSS_PATH = "codebook.tcss"
    AUTO_FOCUS = "CodeTree"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,C", "close", "Close", key_display="Esc", tooltip="Back to where you were"),
        Binding("n", "make(False)", "New", tooltip="Make a code beside the one in hand"),
        Binding("N", "make(True)", "New below", tooltip="Make a code below the one in hand"),
        Binding(
            "e,enter", "edit", "Edit", key_display="e", tooltip="Write the code anew: name, key, colour, description"
        ),
        Binding("m", "merge", "Merge", tooltip="Give the code's annotations to another one"),
        Binding("s", "split", "Split", tooltip="Make several codes of one"),
        Binding("d", "retire", "Retire", tooltip="Take the code and those below it out of use"),
        Binding("r", "restore", "Restore", tooltip="Take a retired code into use again; takes a merge back"),
        Binding("A", "show_retired", "Retired ones", show=False, tooltip="Show or hide retired codes"),
        Binding("H", "history", "History", tooltip="What was done to the code"),
        Binding("f", "find", "Find", show=False, tooltip="Find the messages with the code"),
    ]

    def compose(self) -> ComposeResult:
        """The tree, and beside it the code in hand."""
        with Horizontal(id="codebook"):
            yield CodeTree()
            with VerticalScroll(id="code", can_focus=False) as beside:
                beside.border_title = "Code"
                yield Static("", id="facts", markup=False)
        yield Static("No codes yet: n makes one, i takes in a codebook of another program.", id="none", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """What is known is shown at once, and read again."""
        self.codes.show_book(self.backscroll.codebook)
        self._tell()
        self.read()

    def show_book(self, book: Codebook, in_hand: UUID | None = None) -> None:
        """Shows another state of it."""
        self.codes.show_book(book, in_hand=in_hand)
        self._tell()

    @on(PagedList.Highlighted)
    def _tell(self) -> None:
        count = sum(1 for _ in self.book.walk())
        self.codes.border_title = f"Codebook · {count:,}"
        self.codes.border_subtitle = "retired ones too" if self.codes.with_retired else ""
        self.set_class(not self.codes.items, "-none")
        self.query_one("#facts", Static).update(code_facts(self.book, self.codes.code) if self.codes.code else "")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keys show for what can be done with the code in hand."""
        code = self.codes.code if self.is_mounted else None
        if action in {"edit", "history", "find"}:
            return code is not None
        if action in {"cut", "merge", "split", "retire", "order"}:
            return code is not None and code.is_alive
        if action == "paste":
            return self.codes.cut is not None
        return code is not None and not code.is_alive if action == "restore" else True

    # Making and writing

    def action_make(self, is_below: bool) -> None:
        """Makes a code beside the one in hand, or below it."""
        code, identity = self.codes.code, new_id()
        parent = code if is_below else self.book.get(code.parent_id) if code and code.parent_id else None
        above = parent.id if parent and parent.is_alive else None
        beside = code.id if code and not is_below else None

        def made(fields: dict[str, str]) -> CodeWrite:
            return MakeCode(identity, parent=above, position=self._behind(beside), **fields)

        title = f"New code in {self.book.path(parent)}" if parent and above else "New code"
        self._ask(CodeForm(title, {}, self._checking(made)), made, identity)

    def _behind(self, identity: UUID | None) -> int | None:
        """The place behind a code among those beside it."""
        code = self.book.get(identity) if identity else None
        beside = [one.id for one in self.book.below(code.parent_id)] if code else []
        return beside.index(code.id) + 1 if code and code.id in beside else None

    def action_edit(self) -> None:
        """Writes the code in hand anew."""
        code = self.codes.code
        if code is None:
            return
        seen = {name: str(getattr(code, name)) for name in FIELDS}

        def changed(fields: dict[str, str]) -> CodeWrite:
            now = {name: value for name, value in fields.items() if value != seen[name]}
            return ChangeCode(code.id, {name: seen[name] for name in now}, now)

        self._ask(CodeForm(self.book.path(code), seen, self._checking(changed)), changed, code.id)

    def _checking(self, made: Callable[[dict[str, str]], CodeWrite]) -> Callable[[dict[str, str]], None]:
        def check(fields: dict[str, str]) -> None:
            effect(self.book, made(fields), datetime.now(UTC))

        return check

    def _ask(self, form: CodeForm, made: Callable[[dict[str, str]], CodeWrite], identity: UUID) -> None:
        def written(fields: dict[str, str] | None) -> None:
            if fields is not None:
                self.write([made(fields)], identity)

        self.app.push_screen(form, written)

    # Merging, splitting, retiring

    def action_merge(self) -> None:
        """Asks which code takes over."""
        code = self.codes.code
        if code is None:
            return
        screen = CodeChooser(f"Merge {safe_line(code.name)} into", self.book, without=self.book.branch(code.id))
        self.app.push_screen(screen, lambda into: self._merge(code, into))

    def _merge(self, code: Code, into: Code | None) -> None:
        if into is not None:
            self.write([MergeCode(code.id, into.id)], into.id)
            self.notify("A shows retired codes; r there takes it back.", title="Merged", markup=False)

    def action_split(self) -> None:
        """Asks what the code in hand is split into."""
        code = self.codes.code
        if code is None:
            return
        ids = [new_id() for _ in range(100)]

        def made(names: list[str], is_kept: bool) -> CodeWrite:
            parts = tuple(Part(identity, name) for identity, name in zip(ids, names, strict=False))
            return SplitCode(code.id, parts, is_kept)

        def check(names: list[str], is_kept: bool) -> None:
            effect(self.book, made(names, is_kept), datetime.now(UTC))

        def written(said: tuple[list[str], bool] | None) -> None:
            if said is not None:
                self.write([made(*said)], ids[0])

        self.app.push_screen(SplitForm(self.book.path(code), check), written)

    def action_retire(self) -> None:
        """Takes the code in hand, and those below it, out of use."""
        if self.codes.code is not None:
            self.write([RetireCode(self.codes.code.id)])
            self.notify(
                "Annotations keep it. A shows retired codes; r there restores one.", title="Retired", markup=False
            )

    def action_restore(self) -> None:
        """Takes the code in hand into use again."""
        if self.codes.code is not None:
            self.write([RestoreCode(self.codes.code.id)], self.codes.code.id)

    # Looking

    def action_show_retired(self) -> None:
        """Shows or hides retired codes."""
        self.codes.with_retired = not self.codes.with_retired
        self.codes.show_book(self.book)
        self._tell()

    def action_history(self) -> None:
        """What was done to the code in hand."""
        self.app.push_screen(CodeHistoryScreen(self.book, self.codes.code))

    async def action_find(self) -> None:
        """Searches for the messages with the code in hand."""
        if self.codes.code is not None:
            path = self.book.path(self.codes.code).replace('"', " ")
            await self.backscroll.search_for(f'code:"{path}"')

    def action_close(self) -> None:
        """Closes."""
        self.dismiss()
