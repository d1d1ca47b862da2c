"""Asks which language a chat is in, and goes over its messages so that search knows other forms of their words."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from backscroll.model.conversation import Conversation
from backscroll.model.languages import LANGUAGES, language_name
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseModal

_NONE = "none"


class LanguageScreen(BaseModal[bool]):
    """Gives True where the chat has another language now; one that is left at work keeps its own."""

    TITLE = "Language"
    CSS_PATH = "language.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel / close", key_display="Esc", priority=True),
        Binding("down", "move(1)", "Next language", show=False, priority=True),
        Binding("up", "move(-1)", "Previous language", show=False, priority=True),
    ]

    def __init__(self, chat: Conversation, language: str | None, known: Iterable[str]) -> None:
        super().__init__()
        self._chat = chat
        self._language = language
        self._codes = [*dict.fromkeys([*known, *LANGUAGES]), _NONE]

    def compose(self) -> ComposeResult:
        """A line to type in and the languages that fit: those of the archive first."""
        with Vertical(id="dialogue") as dialogue:
            dialogue.border_title = "Language of the chat"
            dialogue.border_subtitle = "Enter chooses · Esc closes"
            title = safe_line(self._chat.title) or "untitled"
            yield Static(f"{title}: {language_name(self._language)}", id="now", markup=False)
            yield Input(placeholder="a part of its name", id="typed", compact=True)
            yield OptionList(id="fitting", markup=False)
            yield ProgressBar(id="progress", show_eta=True)

    def on_mount(self) -> None:
        """Begins with all languages."""
        self.query_one("#fitting").can_focus = False
        self._match()

    @on(Input.Changed, "#typed")
    def _match(self) -> None:
        typed = self.query_one("#typed", Input).value.strip().lower()
        languages = self.query_one("#fitting", OptionList)
        names = {code: LANGUAGES.get(code, _NONE) for code in self._codes}
        fitting = [Option(name, code) for code, name in names.items() if typed in {"", code} or typed in name.lower()]
        languages.set_options(fitting)
        languages.highlighted = 0 if fitting else None

    @on(OptionList.OptionSelected, "#fitting")
    @on(Input.Submitted, "#typed")
    def _choose(self) -> None:
        languages = self.query_one("#fitting", OptionList)
        if languages.highlighted is not None and not self.has_class("-running"):
            code = languages.get_option_at_index(languages.highlighted).id
            self._change(None if code == _NONE else code)

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

    def action_move(self, step: int) -> None:
        """To the next or the previous language."""
        languages = self.query_one("#fitting", OptionList)
        languages.action_cursor_down() if step > 0 else languages.action_cursor_up()

    def action_cancel(self) -> None:
        """Breaks a change off, and closes."""
        self.workers.cancel_group(self, "language")
        self.dismiss(False)
