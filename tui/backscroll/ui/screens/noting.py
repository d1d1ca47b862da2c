"""What one writes where messages are read: bookmarks and annotations, on a message, a part of it or a run of them."""

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from msgspec import structs
from textual import on, work
from textual.binding import Binding, BindingType

from backscroll.errors import AppError
from backscroll.model.conversation import Place
from backscroll.model.message import Cursor, Message
from backscroll.model.notes import Annotation
from backscroll.model.writes import AnnotationRemove, AnnotationWrite, BookmarkRemove, BookmarkSet, Outcome, Write
from backscroll.ui.screens.reading import ReadingScreen
from backscroll.ui.widgets.history import History
from backscroll.ui.widgets.notes_sheet import NotesSheet
from backscroll.writing.noting import new_annotation, new_bookmark
from backscroll.writing.overlay import Overlay

if TYPE_CHECKING:
    from backscroll.ui.screens.note import Remark


class NotingScreen(ReadingScreen):
    """A `ReadingScreen` on which what is written shows at once, and is sent afterwards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "bookmark", "Bookmark"),
        Binding("a", "annotate", "Annotate", tooltip="Annotate the message, a part of it, or the selected messages"),
    ]

    def chat_title(self, message: Message) -> str:  # noqa: ARG002  (the heir's)
        """For an heir that knows its chat: what that is called."""
        return ""

    @abstractmethod
    def follow_again(self) -> object:
        """For the heir, which tells of the message under the cursor: its notes are others now."""

    # What is written here or elsewhere in the browser

    def note_written(self, write: Write) -> None:
        """Shows what was written on the messages that are held."""
        overlay = Overlay([write])
        for history in self.query(History):
            for message in history.blocks.messages:
                seen = overlay.on_message(message)
                if seen != message:
                    history.revise(seen)
                    break
        self.follow_again()

    def note_ended(self, write: Write, outcome: Outcome | AppError) -> None:
        """What is in the archive is told so; what ended otherwise than thought is read anew."""
        self.follow_again()
        if outcome is not Outcome.APPLIED:
            self._read_noted(Overlay([write]).messages)

    @work(group="noted", exit_on_error=False)
    async def _read_noted(self, messages: frozenset[UUID]) -> None:
        held = {m.id: m for history in self.query(History) for m in history.blocks.messages if m.id in messages}
        places = [Place(message.conversation_id, message.cursor) for message in held.values()]
        for message in self.mark(await self.archive.messages.at(places)):
            self.revise(message)

    # Bookmarks

    def action_bookmark(self) -> None:
        """Sets or removes the bookmark of the message under the cursor."""
        message = self.history.current
        if message is not None:
            self.revise(structs.replace(message, is_bookmarked=not message.is_bookmarked))
            self._keep_bookmark(message)

    @work(group="write", exit_on_error=False)
    async def _keep_bookmark(self, message: Message) -> None:
        try:
            if message.is_bookmarked:
                await self.desk.write(BookmarkRemove(message.conversation_id, message.cursor))
            else:
                await self.desk.write(BookmarkSet(new_bookmark(message, self.chat_title(message))))
        except BaseException:
            self.revise(message)
            raise

    # Annotations

    def action_annotate(self) -> None:
        """Writes a remark on the message under the cursor, or on the selected ones."""
        from backscroll.ui.screens.note import AnnotateScreen

        history = self.history
        ends, message = history.selected, history.current
        if ends is not None and ends[0] != ends[1]:
            message = next((held for held in history.blocks.messages if held.cursor == ends[0]), None)
            if message is None:
                self.notify("The first of the selected messages is too far away.", severity="warning", markup=False)
                return
        if message is not None:
            end = ends[1] if ends is not None and ends[0] != ends[1] else None
            screen = AnnotateScreen(message.text, is_run=end is not None)
            self.app.push_screen(screen, lambda remark: self._annotated(message, remark, end))

    def _annotated(self, message: Message, remark: "Remark | None", end: Cursor | None) -> None:
        if remark is not None:
            note = new_annotation(message, self.chat_title(message), remark.text, span=remark.span, end=end)
            note = replace(note, category=remark.category, tags=remark.tags, codes=remark.codes)
            note = replace(note, author=self.backscroll.settings.reviewer)
            self.put_down(AnnotationWrite(note))
            if end is not None:
                self.history.action_end_selection()

    @on(NotesSheet.EditWanted)
    def _edit(self, event: NotesSheet.EditWanted) -> None:
        from backscroll.ui.screens.note import AnnotateScreen, remark_of

        note, message = event.note, event.message
        text = message.text if message.cursor == note.message else note.quote
        screen = AnnotateScreen(text, remark_of(note), is_run=note.end is not None)
        self.app.push_screen(screen, lambda remark: self._edited(note, message, remark))

    def _edited(self, note: Annotation, message: Message, remark: "Remark | None") -> None:
        from backscroll.ui.screens.note import rewritten

        if remark is not None:
            self.put_down(AnnotationWrite(rewritten(note, remark, message), note))

    @on(NotesSheet.RemovalWanted)
    def _remove(self, event: NotesSheet.RemovalWanted) -> None:
        self.put_down(AnnotationRemove(event.note))
        self.notify("^Z brings it back.", title="Annotation removed", markup=False)

    @on(NotesSheet.SettlementWanted)
    def _settle(self, event: NotesSheet.SettlementWanted) -> None:
        self.backscroll.settle(event.note)

    @work(group="write", exit_on_error=False)
    async def put_down(self, payload: AnnotationWrite | AnnotationRemove) -> None:
        """Writes an annotation, or takes one away."""
        await self.desk.write(payload)
