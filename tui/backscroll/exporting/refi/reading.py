"""Reads notes from a REFI-QDA project that `refi.writing` wrote, also where another program went on with it."""

from collections.abc import Iterator
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import Final, TextIO
from uuid import UUID
from zipfile import BadZipFile, ZipFile, ZipInfo

from backscroll.coding.entry import MOST, Entry
from backscroll.coding.refi import parted
from backscroll.errors import AppError
from backscroll.exporting.refi import layout
from backscroll.exporting.refi.places import Placed, placed
from backscroll.exporting.refi.project import Project, Selection, Source, read_project
from backscroll.exporting.returning.notes_file import UNKNOWN, NotesFile, Piece, Unread
from backscroll.importing.zips import open_zip
from backscroll.model.message import Cursor
from backscroll.model.notes import Annotation, Span
from backscroll.model.storable import storable

_BROKEN: Final = (ValueError, KeyError, OSError, BadZipFile, EOFError, NotImplementedError)


def open_project(path: Path) -> NotesFile:
    """The notes of a project; its zip is never unpacked. Raises AppError where it is not safe to read, or is none."""
    archive, entries = open_zip(path)
    project = Project()
    sources = _sources(archive, entries, path, project)
    first = next(sources, None)  # before it come all users and codes
    if len(project.codes) > MOST:
        raise _refused(path, f"it has more than {MOST:,} codes")
    reader = _Reader(archive, entries, project)
    return NotesFile(_codes(project), reader.pieces(first, sources), 0, quotes_texts=True)


def _sources(archive: ZipFile, entries: dict[str, ZipInfo], path: Path, project: Project) -> Iterator[Source]:
    name = next((name for name in entries if name.endswith(".qde") and "/" not in name), None)
    if name is None:
        raise _refused(path, "it has no project file (.qde)")
    try:
        with archive.open(entries[name]) as file:
            yield from read_project(file, project)
    except _BROKEN as error:
        raise _refused(path, str(error)) from None


def _refused(path: Path, why: str) -> AppError:
    return AppError(f"{path.name} is no REFI-QDA project that can be read", f"{why[:200]}.", code="bad_project")


def _codes(project: Project) -> list[Entry]:
    """The codes, without the folders of categories and tags."""
    places: dict[UUID, int] = {}
    codes: list[Entry] = []
    for code in project.codes:
        if {code.id, code.parent} & {layout.CATEGORIES, layout.TAGS}:
            continue
        places[code.id] = len(codes)
        above = places.get(code.parent) if code.parent else None
        description, examples = parted(code.description)
        codes.append(Entry(code.name, code.id, above, code.colour, None, description, examples))
    return codes


class _Reader:
    """Makes annotations of the selections of a project."""

    def __init__(self, archive: ZipFile, entries: dict[str, ZipInfo], project: Project) -> None:
        self._archive = archive
        self._entries = entries
        self._authors = {layout.author_id(""): ""}
        self._authors = {one: storable(name) for one, name in project.users.items()} | self._authors
        self._labels = {code.id: code for code in project.codes if code.parent in {layout.CATEGORIES, layout.TAGS}}

    def pieces(self, first: Source | None, rest: Iterator[Source]) -> Iterator[tuple[int, Piece]]:
        """One piece for each selection; how much was read is not known."""
        source = first
        while source is not None:
            yield from ((0, piece) for piece in self._of_source(source))
            source = next(rest, None)
        self._archive.close()

    def _of_source(self, source: Source) -> Iterator[Piece]:
        try:
            with self._text(source) as text:
                for one in placed(text, source.selections):
                    if isinstance(one, Placed):
                        yield self._annotation(source, one)
                    else:
                        yield Unread(f"selection {one.id}", "it is on no message")
        except _BROKEN as error:
            yield Unread(f"text {source.id}", str(error)[:200])

    def _text(self, source: Source) -> TextIO:
        if source.content:
            return StringIO(source.content, newline="")
        info = self._entries.get(f"sources/{source.path}") or self._entries.get(f"Sources/{source.path}")
        if info is None:
            raise ValueError("its file is not in the project")
        return TextIOWrapper(self._archive.open(info), "utf-8-sig", newline="")

    def _annotation(self, source: Source, found: Placed) -> Annotation:
        selection = found.selection
        message, end = layout.named_messages(selection.name) or (UNKNOWN, None)
        labels = [self._labels[code] for code in selection.codes if code in self._labels]
        categories = [storable(label.name) for label in labels if label.parent == layout.CATEGORIES]
        return Annotation(
            id=selection.id,
            conversation_id=source.id,
            conversation=storable(source.name),
            message=Cursor(found.head.sent_at, message),
            sender=found.head.sender,
            quote=found.quote,
            text=storable(selection.description),
            category=categories[0] if categories else None,
            tags=tuple(storable(label.name) for label in labels if label.parent == layout.TAGS),
            created_at=selection.created_at,
            updated_at=selection.updated_at,
            span=Span(*found.span) if found.span else None,
            end=Cursor(found.end.sent_at, end or UNKNOWN) if found.end else None,
            codes=tuple(code for code in selection.codes if code not in self._labels),
            author=self._author(selection),
        )

    def _author(self, selection: Selection) -> str:
        return self._authors.get(selection.author, "") if selection.author else ""
