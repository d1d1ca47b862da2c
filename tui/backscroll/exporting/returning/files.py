"""Opens a file of notes: what it is, is told by what is in it."""

from pathlib import Path
from zipfile import is_zipfile

from backscroll.errors import AppError
from backscroll.exporting.refi.reading import open_project
from backscroll.exporting.returning import lines
from backscroll.exporting.returning.notes_file import NotesFile


def is_notes(path: Path) -> bool:
    """Whether a path is a file of notes, by its first line, or a project of REFI-QDA, by its ending."""
    return path.is_file() and (path.suffix.lower() == ".qdpx" or lines.is_notes(path))


def open_notes(path: Path) -> NotesFile:
    """The notes of a file. Raises AppError where it cannot be read, or holds none."""
    try:
        if path.suffix.lower() == ".qdpx" or is_zipfile(path):
            return open_project(path)
        return lines.open_lines(path)
    except OSError as error:
        raise AppError(f"{path.name} cannot be read", f"{error.strerror}.", code="cannot_read") from error
