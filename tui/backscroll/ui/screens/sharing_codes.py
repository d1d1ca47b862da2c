"""What the codebook's screen stands on: reading and writing the codebook, and sharing it as a file."""

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID

from textual import work
from textual.binding import Binding, BindingType

from backscroll.coding.formats import format_of
from backscroll.coding.taking import taking
from backscroll.errors import AppError
from backscroll.exporting.target import whole_file
from backscroll.model.code import Codebook
from backscroll.model.code_rules import effect
from backscroll.model.code_writes import CodeWrite, opposite
from backscroll.model.writes import Outcome, Write
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.codebook_file import CodebookFileScreen

_REMARKS: Final = 6


class SharingCodesScreen(BaseScreen[None]):
    """Every change goes through `write`; an heir shows the codebook."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "take_in", "Import", show=False, tooltip="Take in a codebook: REFI-QDA, CSV, YAML"),
        Binding("E", "put_out", "Export", show=False, tooltip="Write the codebook to a file"),
    ]

    _in_hand: UUID | None = None
    """The code that is to be in hand once what was written shows."""

    @property
    @abstractmethod
    def book(self) -> Codebook:
        """The codebook as it is shown."""

    @abstractmethod
    def show_book(self, book: Codebook, in_hand: UUID | None = None) -> None:
        """Shows another state of it, with a code in hand."""

    @work(group="read", exclusive=True, exit_on_error=False)
    async def read(self) -> None:
        """Reads it from the archive, with what waits in the outbox laid over it."""
        overlay = self.desk.overlay()
        book = overlay.on_codebook(await self.archive.codes.book())
        self.backscroll.take_codebook(book)
        self.show_book(book)

    @work(group="write", exit_on_error=False)
    async def write(self, writes: Sequence[CodeWrite], in_hand: UUID | None = None) -> None:
        """Keeps changes and shows what comes of them; what breaks a rule is told, and not kept."""
        self._in_hand = in_hand
        for write in writes:
            effect(self.book, write, datetime.now(UTC))
            signed = replace(write, author=self.backscroll.settings.reviewer)
            await self.desk.write(signed, opposite(self.book, signed))

    def note_written(self, write: Write) -> None:
        """Shows what comes of a change, made here or by a key that undoes."""
        if isinstance(write.payload, CodeWrite):
            with suppress(AppError):
                self.show_book(effect(self.book, write.payload, write.made_at).on(self.book), self._in_hand)

    def note_ended(self, write: Write, outcome: Outcome | AppError) -> None:  # noqa: ARG002  (read anew in any case)
        """Counts are others now, or what was refused has to go."""
        if isinstance(write.payload, CodeWrite):
            self.read()

    # Files

    def action_take_in(self) -> None:
        """Asks for a codebook, and takes it in."""
        self.app.push_screen(CodebookFileScreen("read"), self._picked)

    def _picked(self, path: Path | None) -> None:
        if path is not None:
            self._take_in(path)

    @work(group="file", exclusive=True, exit_on_error=False)
    async def _take_in(self, path: Path) -> None:
        read = await asyncio.to_thread(format_of(path).read, path)
        taken = taking(await self.archive.codes.book(), read.entries, datetime.now(UTC))
        await self.archive.codes.take(taken.writes)
        self.read()
        figures = f"{len(taken.new):,} new, {len(taken.changed):,} changed, {len(taken.equal):,} equal"
        remarks = [*read.remarks, *taken.remarks]
        more = [f"… and {len(remarks) - _REMARKS:,} more"] if len(remarks) > _REMARKS else []
        back = ["Undo does not take this back; H shows what each code was."] if taken.writes else []
        said = "\n".join(safe_line(remark) for remark in [*remarks[:_REMARKS], *more, *back])
        self.notify(said or " ", title=f"Taken in: {figures}", timeout=15, markup=False)

    def action_put_out(self) -> None:
        """Asks for a file, and writes the codebook to it."""
        self.app.push_screen(CodebookFileScreen("write"), self._named)

    def _named(self, path: Path | None) -> None:
        if path is not None:
            self._put_out(path)

    @work(group="file", exclusive=True, exit_on_error=False)
    async def _put_out(self, path: Path) -> None:
        form, book = format_of(path), self.book
        try:
            async with whole_file(path) as part:
                await asyncio.to_thread(form.write, part, book)
        except AppError as error:
            if error.code == "file_exists":  # its hint is the command line's
                raise AppError(error.title, "Name another file.", code=error.code) from None
            raise
        self.notify(safe_line(str(path)), title=f"Written as {form.title}", markup=False)
