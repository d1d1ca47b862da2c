"""Codes on the messages that one reads: given and taken away by a picker, or by the keys that codes have."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from backscroll.errors import AppError
from backscroll.model.code import Code, Codebook
from backscroll.model.code_writes import CodeWrite
from backscroll.model.conversation import Place
from backscroll.model.message import Message
from backscroll.model.writes import AnnotationWrite, Write
from backscroll.ui.screens.noting import NotingScreen
from backscroll.ui.widgets.history import History
from backscroll.writing.noting import new_annotation

_PATIENCE: Final = 2.0
"""Seconds to wait for what is written on a message already; without it, a code goes to an annotation of its own."""


class CodingScreen(NotingScreen):
    """A `NotingScreen` on which messages get codes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "code", "Code", tooltip="Give the message, or the selected ones, a code; or take it away"),
        Binding("1", "code_by_key('1')", "By key", show=False, key_display="0-9", tooltip="Give the code of this key"),
        *(Binding(key, f"code_by_key('{key}')", show=False) for key in "023456789"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._coding = asyncio.Lock()

    def show_codes(self, book: Codebook) -> None:
        """Draws the codes of messages as they are in this codebook."""
        for history in self.query(History):
            history.codes = book

    def note_written(self, write: Write) -> None:
        """Shows what was written on the messages that are held, or with the codes that there are now."""
        if isinstance(write.payload, CodeWrite):
            from backscroll.model.code_rules import effect  # here, because the first frame need not wait for it

            with suppress(AppError):
                book = self.backscroll.codebook
                self.backscroll.take_codebook(effect(book, write.payload, write.made_at).on(book))
        super().note_written(write)

    def action_code(self) -> None:
        """Asks for a code for the message under the cursor, or for the selected ones together."""
        from backscroll.ui.screens.code_choosing import CodeChooser

        message, book = self.history.current, self.backscroll.codebook
        if message is None:
            return
        ends = self.history.selected
        if ends is not None and ends[0] != ends[1]:
            self.app.push_screen(CodeChooser("Code the selected messages", book), self._code_selected)
            return
        given = self.held(message).codes
        screen = CodeChooser("Code", book, given=given, toggle=lambda code: self._toggle(message, code))
        self.app.push_screen(screen, lambda code: self._chosen(message, code))

    def _chosen(self, message: Message, code: Code | None) -> None:
        if code is not None:
            self._toggle(message, code)

    def action_code_by_key(self, key: str) -> None:
        """Gives the code that has this key to the message under the cursor, or takes it away."""
        message, code = self.history.current, self.backscroll.codebook.with_key(key)
        if message is not None and code is not None:
            self._toggle(message, code)
        elif message is not None:
            self.notify("C opens the codebook, where codes get keys.", title=f"No code has the key {key}", markup=False)

    @work(group="write", exit_on_error=False)
    async def _toggle(self, message: Message, code: Code) -> None:
        from backscroll.writing.coding import toggled

        async with self._coding:  # the second of two quick keys knows what the first one wrote
            overlay, known = self.desk.overlay(), []
            if self.held(message).annotation_count:
                with suppress(TimeoutError, AppError):
                    found = self.archive.annotations.of_message(Place(message.conversation_id, message.cursor))
                    known = await asyncio.wait_for(found, _PATIENCE)
            notes = overlay.on_annotations(message.id, known)
            author = self.backscroll.settings.reviewer
            await self.desk.write(toggled(message, self.chat_title(message), notes, code.id, author))

    def _code_selected(self, code: Code | None) -> None:
        ends, history = self.history.selected, self.history
        first = next((held for held in history.blocks.messages if ends and held.cursor == ends[0]), None)
        if code is None or ends is None or first is None:
            return
        note = new_annotation(first, self.chat_title(first), "", end=ends[1])
        self.put_down(AnnotationWrite(replace(note, codes=(code.id,), author=self.backscroll.settings.reviewer)))
        history.action_end_selection()
