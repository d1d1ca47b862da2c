"""Asks which language a chat is in, and goes over its messages so that search knows other forms of their words."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import ProgressBar, Static

from backscroll.model.conversation import Conversation
from backscroll.model.languages import LANGUAGES, language_name
from backscroll.text import safe_line
from backscroll.ui.screens.choosing import ChoosingScreen

_NONE = "none"


class LanguageScreen(ChoosingScreen[bool, str]):
    """Gives True where the chat has another language now; one that is left at work keeps its own."""

    TITLE = "Language"
    CSS_PATH: ClassVar[CSSPathType | None] = ["choosing.tcss", "language.tcss"]

    def __init__(self, chat: Conversation, language: str | None, known: Iterable[str]) -> None:
        super().__init__()
        self._chat = chat
        self._language = language
        codes = [*dict.fromkeys([*known, *LANGUAGES]), _NONE]
        self._names = {code: LANGUAGES.get(code, _NONE) for code in codes}

    def compose(self) -> ComposeResult:
        """A line to type in and the languages that fit: those of the archive first."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Language of the chat"
            dialogue.border_subtitle = "Enter chooses · Esc closes"
            title = safe_line(self._chat.title) or "untitled"
            yield Static(f"{title}: {language_name(self._language)}", id="now", markup=False)
            yield from self.list_to_choose_from("a part of its name", "No language is called so.")
            yield ProgressBar(id="progress", show_eta=True)

    def on_mount(self) -> None:
        """Begins with all languages."""
        self.show_fitting()

    def fits(self, typed: str) -> Sequence[str]:
        """Codes by themselves, or by a part of the language's name."""
        part = typed.strip().lower()
        return [code for code, name in self._names.items() if part in {"", code} or part in name.lower()]

    def line(self, one: str) -> Content:
        """The language's name."""
        return Content(self._names[one])

    def choose(self, one: str) -> None:
        """Goes over the chat's messages."""
        if not self.has_class("-running"):
            self._change(None if one == _NONE else one)

    @work(group="language", exclusive=True, exit_on_error=False)
    async def _change(self, language: str | None) -> None:
        from backscroll.importing.stemming import set_language  # here: nothing else on the screen needs it

        self.add_class("-running")
        self.query_one("#now", Static).update(f"Giving its messages the words of: {language_name(language)}")
        try:
            await set_language(self.archive, self._chat.id, language, progress=self._progressed)
        finally:
            self.remove_class("-running")
        self.dismiss(True)

    def _progressed(self, done: int, total: int) -> None:
        self.query_one(ProgressBar).update(total=max(total, 1), progress=done)

    def action_cancel(self) -> None:
        """Breaks a change off, and closes."""
        self.workers.cancel_group(self, "language")
        self.dismiss(False)
