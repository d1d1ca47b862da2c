"""Writes annotations as a REFI-QDA project: a chat is a text source, an annotation a selection, a speaker a case.

The parts of the project file that grow with the chats lie in temporary files until all of them are known.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO, cast
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from backscroll import __version__
from backscroll.coding.refi import joined
from backscroll.exporting.collection import Collection
from backscroll.exporting.passages import Passage, passages
from backscroll.exporting.refi import layout
from backscroll.exporting.refi.xml import closing, empty, opening, with_text
from backscroll.model.code import Code, Codebook
from backscroll.model.notes import Annotation, NotedChat


async def write(path: Path, collection: Collection) -> None:
    """Fills a path."""
    with ExitStack() as stack:
        archive = stack.enter_context(ZipFile(path, "w", ZIP_DEFLATED))
        cases, sources = (stack.enter_context(_spool()) for _ in range(2))
        project = _Project(collection, cases, sources)
        for chat in collection.annotated:
            with _entry(archive, f"sources/{chat.conversation_id}.txt") as text:
                await _Source(project, chat, text).write()
        with _entry(archive, layout.PROJECT) as file:
            project.write(file)


@contextmanager
def _entry(archive: ZipFile, name: str) -> Iterator[TextIO]:
    with archive.open(name, "w", force_zip64=True) as entry, TextIOWrapper(entry, "utf-8", newline="\n") as text:
        yield text


def _spool() -> TextIO:
    return cast("TextIO", tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))


@dataclass(slots=True)
class _Project:
    """What the project file is put together from; each set grows as annotations are met."""

    collection: Collection
    cases: TextIO
    sources: TextIO
    authors: set[str] = field(default_factory=set)
    categories: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)

    def meet(self, note: Annotation) -> None:
        """Takes note of what an annotation needs elsewhere in the project."""
        self.authors.add(note.author)
        self.tags.update(note.tags)
        if note.category:
            self.categories.add(note.category)

    def write(self, file: TextIO) -> None:
        """Writes the project file."""
        file.write('<?xml version="1.0" encoding="utf-8"?>\n')
        made = {"origin": f"Backscroll {__version__}", "creationDateTime": _moment(datetime.now(UTC))}
        file.write(opening("Project", xmlns=layout.XML_NAMESPACE, name="Backscroll notes", **made))
        _group(file, ["Users"], list(map(_user, sorted(self.authors))))
        _group(file, ["CodeBook", "Codes"], list(self._codes()))
        for name, part in (("Cases", self.cases), ("Sources", self.sources)):
            if part.tell():
                file.write(opening(name))
                part.seek(0)
                shutil.copyfileobj(part, file)
                file.write(closing(name))
        file.write(closing("Project"))

    def _codes(self) -> Iterator[str]:
        book = self.collection.book
        for code in book.below(None, with_retired=True):
            yield from _code(book, code)
        for folder, name, labels in (
            (layout.CATEGORIES, "Category", self.categories),
            (layout.TAGS, "Tag", self.tags),
        ):
            if labels:
                yield opening("Code", guid=folder, name=name, isCodable="false")
                for label in sorted(labels):
                    yield empty("Code", guid=layout.label_id(folder, label), name=label, isCodable="true")
                yield closing("Code")


class _Source:
    """One chat: its text, its selections and its speakers."""

    def __init__(self, project: _Project, chat: NotedChat, text: TextIO) -> None:
        self._project = project
        self._chat = chat
        self._text = text
        self._position = 0
        self._open: list[tuple[Annotation, int]] = []
        self._speakers: dict[UUID, str] = {}
        self._selected: dict[UUID, list[UUID]] = {}

    async def write(self) -> None:
        """Writes the text, and the parts of the project file that it brings."""
        identity, sources = self._chat.conversation_id, self._project.sources
        sources.write(
            opening("TextSource", guid=identity, name=self._chat.title, plainTextPath=f"internal://{identity}.txt")
        )
        last_end = 0
        async for passage in passages(self._project.collection, self._chat):
            self._close_runs(passage, last_end)
            last_end = self._add(passage)
        for run, start in self._open:
            self._select(run, start, last_end)
        sources.write(closing("TextSource"))
        self._project.cases.writelines(self._cases())

    def _add(self, passage: Passage) -> int:
        """Writes a message and the selections on it; gives where its text ends."""
        head = layout.head_line(passage.sender, passage.cursor, self._project.collection.zone)
        text = layout.body(passage.text)
        start = self._position + len(head)
        self._text.write(f"{head}{text}\n\n")
        self._position = start + len(text) + 2
        speaker = passage.message and passage.message.sender_id
        if speaker:
            self._speakers.setdefault(speaker, passage.sender or "")
        for note in passage.starting:
            self._project.meet(note)
            if speaker:
                self._selected.setdefault(speaker, []).append(note.id)
            if note.end is not None:
                self._open.append((note, start))
            else:
                first, last = passage.stretch(note)
                self._select(note, start + first, start + last)
        return start + len(text)

    def _close_runs(self, passage: Passage, end: int) -> None:
        """Selects the runs that ended before a message."""
        ended = [(run, start) for run, start in self._open if run.end is not None and run.end < passage.cursor]
        for run, start in ended:
            self._select(run, start, end)
            self._open.remove((run, start))

    def _select(self, note: Annotation, start: int, end: int) -> None:
        by = {"creatingUser": layout.author_id(note.author), "creationDateTime": _moment(note.created_at)}
        changed = {"modifyingUser": by["creatingUser"], "modifiedDateTime": _moment(note.updated_at)}
        name = layout.selection_name(note.message.id, note.end.id if note.end else None)
        place = {"startPosition": start, "endPosition": end}
        sources = self._project.sources
        sources.write(opening("PlainTextSelection", guid=note.id, name=name, **place, **by, **changed))
        sources.write(with_text("Description", note.text))
        for code in _codes_of(note):
            sources.write(opening("Coding", guid=layout.coding_id(note.id, code), **by))
            sources.write(empty("CodeRef", targetGUID=code))
            sources.write(closing("Coding"))
        sources.write(closing("PlainTextSelection"))

    def _cases(self) -> Iterator[str]:
        for speaker, name in self._speakers.items():
            yield opening("Case", guid=speaker, name=name)
            yield empty("SourceRef", targetGUID=self._chat.conversation_id)
            yield from (empty("SelectionRef", targetGUID=note) for note in self._selected.get(speaker, ()))
            yield closing("Case")


def _user(author: str) -> str:
    return empty("User", guid=layout.author_id(author), name=author or layout.NOBODY)


def _codes_of(note: Annotation) -> Iterator[UUID]:
    yield from note.codes
    if note.category:
        yield layout.label_id(layout.CATEGORIES, note.category)
    yield from (layout.label_id(layout.TAGS, tag) for tag in dict.fromkeys(note.tags))


def _code(book: Codebook, code: Code) -> Iterator[str]:
    codable = "true" if code.is_alive else "false"
    yield opening("Code", guid=code.id, name=code.name, isCodable=codable, color=code.colour or None)
    yield with_text("Description", joined(code.description, code.examples))
    for below in book.below(code.id, with_retired=True):
        yield from _code(book, below)
    yield closing("Code")


def _group(file: TextIO, names: list[str], pieces: list[str]) -> None:
    """Elements inside of others, which the format does not allow to be empty."""
    if pieces:
        file.writelines(opening(name) for name in names)
        file.writelines(pieces)
        file.writelines(closing(name) for name in reversed(names))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
