"""Help: the keys of every screen, made from their bindings, and the search language by example."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseModal
from backscroll.ui.screens.begin_review import BeginReviewScreen
from backscroll.ui.screens.bookmarks import BookmarksScreen
from backscroll.ui.screens.codebook import CodebookScreen
from backscroll.ui.screens.conflict import ConflictScreen
from backscroll.ui.screens.import_preview import ImportPreview
from backscroll.ui.screens.import_report import ImportReportScreen
from backscroll.ui.screens.import_running import ImportRunning
from backscroll.ui.screens.importing import ImportScreen
from backscroll.ui.screens.kept import KeptScreen
from backscroll.ui.screens.message import MessageScreen
from backscroll.ui.screens.note import AnnotateScreen
from backscroll.ui.screens.opener import OpenerScreen
from backscroll.ui.screens.recall import RecallScreen
from backscroll.ui.screens.review import ReviewScreen
from backscroll.ui.screens.reviews import ReviewsScreen
from backscroll.ui.screens.search import SearchScreen
from backscroll.ui.screens.skipped import SkippedScreen
from backscroll.ui.screens.sources import SourcesScreen
from backscroll.ui.screens.statistics import StatisticsScreen
from backscroll.ui.screens.summarise import SummariseScreen
from backscroll.ui.screens.switcher import QuickSwitcher
from backscroll.ui.screens.welcome import WelcomeScreen
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.search_status import syntax

_OURS = "backscroll."
_SCREENS: tuple[type[Screen[Any]], ...] = (
    SearchScreen,
    RecallScreen,
    BookmarksScreen,
    CodebookScreen,
    MessageScreen,
    StatisticsScreen,
    AnnotateScreen,
    ConflictScreen,
    OpenerScreen,
    QuickSwitcher,
    SummariseScreen,
    ReviewsScreen,
    BeginReviewScreen,
    ReviewScreen,
    ImportScreen,
    ImportPreview,
    ImportRunning,
    ImportReportScreen,
    SkippedScreen,
    SourcesScreen,
    KeptScreen,
    WelcomeScreen,
)


class HelpScreen(BaseModal[None]):
    """What the keys do: first those of the screen below, then those of the others."""

    TITLE = "Help"
    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "close", "Close", key_display="Esc"),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def compose(self) -> ComposeResult:
        """One column of sections."""
        with VerticalScroll(id="help") as column:
            column.border_title = "Help"
            column.border_subtitle = "Esc closes"
            for title, rows in self._sections():
                yield Static(title, markup=False, classes="heading")
                yield Static(_table(rows), markup=False, classes="keys")
            yield Static("The search language", markup=False, classes="heading")
            yield Static(syntax(), markup=False, id="syntax")
        yield KeyLine()

    def action_close(self) -> None:
        """Closes the help."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Moves the text."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)

    def _sections(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        below = self.app.screen_stack[0] if len(self.app.screen_stack) < 2 else self.app.screen_stack[-2]
        nodes: list[DOMNode] = [below, *(node for node in below.walk_children() if _is_ours(type(node)))]
        yield _title(type(below)), self._rows(binding for node in nodes for binding in bindings_of(type(node)))
        yield "Everywhere", self._rows(bindings_of(type(self.app)))
        for screen in _SCREENS:
            if screen is not type(below):
                yield _title(screen), self._rows(bindings_of(screen))

    def _rows(self, bindings: Iterable[Binding]) -> list[tuple[str, str]]:
        keys: dict[str, list[str]] = {}
        for binding in bindings:
            meaning = binding.tooltip or binding.description
            shown = binding.key_display or self.app.get_key_display(binding)
            if meaning and shown not in keys.setdefault(meaning, []):
                keys[meaning].append(shown)
        return [(" ".join(shown), meaning) for meaning, shown in keys.items()]


def bindings_of(node: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that a screen, a widget or the app of ours declares, its own before those it inherits."""
    for one in node.__mro__:
        if _is_ours(one):
            yield from Binding.make_bindings(vars(one).get("BINDINGS", ()))


def _is_ours(node: type) -> bool:
    return node.__module__.startswith(_OURS)


def _title(screen: type[Screen[Any]]) -> str:
    return screen.TITLE or "Here"


def _table(rows: list[tuple[str, str]]) -> Content:
    lines = [Content.assemble((f"{keys:16} ", "$text-accent bold"), safe_line(meaning)) for keys, meaning in rows]
    return Content("\n").join(lines)
